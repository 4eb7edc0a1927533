import Foundation
import Testing

/// Cases in a text file, as tree-sitter writes them: a name between two rules of `=`, an input, and
/// what is expected after `---`.
///
/// With `RECORD=1` the file is written anew from what the program does, and the test fails.
struct Corpus {
  struct Case {
    var name: String
    var input: String
    var expected: String
  }

  var file: URL
  var cases: [Case]

  static func folder(_ name: String, testFile: String = #filePath) -> URL {
    URL(filePath: testFile).deletingLastPathComponent().appending(path: "Corpus/\(name)")
  }

  init(_ file: URL) throws {
    self.file = file
    let rule = String(repeating: "=", count: 18)
    let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: rule + "\n")
    cases = stride(from: 1, to: parts.count - 1, by: 2).map { index in
      let halves = parts[index + 1].components(separatedBy: "\n---\n")
      return Case(
        name: parts[index].trimmingCharacters(in: .newlines), input: halves[0],
        expected: (halves.count > 1 ? halves[1] : "").trimmingCharacters(in: .newlines))
    }
  }

  static func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Self.folder(folder).path)
      .filter { $0.hasSuffix(".txt") }.sorted()
  }

  /// Compares what `run` makes of each input with what is expected.
  func check(_ run: (String) -> String) throws {
    #expect(!cases.isEmpty, "\(file.lastPathComponent) holds no cases")
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      let rule = String(repeating: "=", count: 18)
      let text = cases.map { "\(rule)\n\($0.name)\n\(rule)\n\($0.input)\n---\n\(run($0.input))\n" }
      try text.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
      Issue.record("Recorded \(file.lastPathComponent); run again to compare")
      return
    }
    for item in cases {
      let actual = run(item.input).trimmingCharacters(in: .newlines)
      #expect(actual == item.expected, "\(file.lastPathComponent): \(item.name)\n\(actual)")
    }
  }
}
