import Foundation
import GraphvizGrad
import Testing

/// A picture in the repository that the library must still draw.
///
/// `RECORD=1 swift test` draws it anew; such a run fails, so that it cannot pass unnoticed. It is
/// compared byte for byte where Graphviz and the processor are those of `samples/drawn-with`, else by its
/// structure and texts.
struct CommittedPicture {
  let file: URL

  private static let note = Sample.folder.appending(path: "drawn-with")
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] != nil

  private static var machine: String {
    get throws {
      #if arch(x86_64)
      let processor = "x86_64"
      #elseif arch(arm64)
      let processor = "arm64"
      #else
      let processor = "another processor"
      #endif
      return "Graphviz \(try Installation.inspect().version), \(processor)\n"
    }
  }

  /// Records an issue if the file is not `svg`.
  func expect(_ svg: String) throws {
    if Self.isRecording {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try svg.write(to: file, atomically: true, encoding: .utf8)
      try Self.machine.write(to: Self.note, atomically: true, encoding: .utf8)
      Issue.record("drew \(file.lastPathComponent); run again to compare")
      return
    }
    let committed = try String(contentsOf: file, encoding: .utf8)
    if try Self.machine == String(contentsOf: Self.note, encoding: .utf8) {
      #expect(svg == committed, "\(file.lastPathComponent) is out of date")
    } else {
      #expect(structure(of: svg) == structure(of: committed))
    }
  }

  /// Elements with their classes, data and texts, but without places.
  private func structure(of svg: String) -> [String] {
    svg.split(separator: "\n").map { line in
      var kept = ""
      for part in line.split(separator: " ") {
        let isPlace = [
          "x=", "y=", "d=", "id=", "aria-", "width=", "height=", "viewBox=", "cx=", "cy=",
          "data-stamp=",
        ]
        .contains { part.hasPrefix($0) }
        let isPath = part.first.map { "-0123456789".contains($0) } ?? false
        if !isPlace && !isPath { kept += " \(part)" }
      }
      return kept
    }
  }
}
