import Foundation
import GraphvizGrad
import Testing

/// The committed pictures are those that the samples give now.
///
/// `RECORD=1 swift test --filter SamplePictures` draws them anew; such a run fails, so that it cannot
/// pass unnoticed. They are compared byte for byte where Graphviz and the processor are those of
/// `samples/drawn-with`, else by their structure and texts.
@Suite struct SamplePicturesTests {
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

  @Test(arguments: Sample.all)
  func isUpToDate(_ sample: Sample) throws {
    let svg = try Computation(parsing: sample.text(), named: sample.name).picture(.svg).text
    let file = Sample.folder.appending(path: "\(sample.name).svg")
    if Self.isRecording {
      try svg.write(to: file, atomically: true, encoding: .utf8)
      try Self.machine.write(to: Self.note, atomically: true, encoding: .utf8)
      Issue.record("drew \(sample.name).svg; run again to compare")
      return
    }
    let committed = try String(contentsOf: file, encoding: .utf8)
    if try Self.machine == String(contentsOf: Self.note, encoding: .utf8) {
      #expect(svg == committed, "samples/\(sample.name).svg is out of date")
    } else {
      #expect(structure(of: svg) == structure(of: committed))
    }
  }

  @Test func everyProgramHasItsNumbers() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Sample.folder.path)
    let programs = files.filter { $0.hasSuffix(".grad") }.map { String($0.dropLast(5)) }
    #expect(Set(programs) == Set(Sample.all.map(\.name)))
  }

  /// Elements with their classes, data and texts, but without places.
  private func structure(of svg: String) -> [String] {
    svg.split(separator: "\n").map { line in
      var kept = ""
      for part in line.split(separator: " ") {
        let isPlace = [
          "x=", "y=", "d=", "id=", "aria-", "width=", "height=", "viewBox=", "cx=", "cy=",
        ]
        .contains { part.hasPrefix($0) }
        let isPath = part.first.map { "-0123456789".contains($0) } ?? false
        if !isPlace && !isPath { kept += " \(part)" }
      }
      return kept
    }
  }
}
