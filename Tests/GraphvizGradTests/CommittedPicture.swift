import Foundation
import GraphvizGrad
import Testing

/// A picture in the repository that the library must still draw.
///
/// `RECORD=1 swift test` draws it anew; such a run fails, so that it cannot pass unnoticed. It is
/// compared byte for byte where Graphviz and the processor are those of `samples/drawn-with`, else by
/// everything but places.
struct CommittedPicture {
  let file: URL

  private static let note = Sample.folder.appending(path: "drawn-with")
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] != nil

  /// The processor in the words of `uname -m`.
  private static var processor: String {
    var names = utsname()
    uname(&names)
    return withUnsafeBytes(of: &names.machine) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// Whether this machine puts everything where that of the note did.
  private static func drawsAsNoted() throws -> Bool {
    let note = try String(contentsOf: Self.note, encoding: .utf8)
    let match = try #require(note.firstMatch(of: /^Graphviz (\S+), (\S+)\n$/))
    return try match.output.2 == processor
      && Installation.agree(String(match.output.1), Installation.currentVersion())
  }

  private static var machine: String {
    get throws { "Graphviz \(try Installation.currentVersion()), \(processor)\n" }
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
    if try Self.drawsAsNoted() {
      #expect(svg == committed, "\(file.lastPathComponent) is out of date")
    } else {
      let (lines, expected) = (PictureContent(svg).lines, PictureContent(committed).lines)
      #expect(lines == expected, "\(file.lastPathComponent) says something else")
    }
  }
}
