import Foundation
import GradCore
import GradLanguage
import TestSupport
import Testing

/// Programs as courses and blogs write them, with the numbers that NumPy and PyTorch gave.
///
/// `Courses/NAME.py` is the program; `Courses/NAME.json` has its output, and the values and derivatives of
/// its names. `Tests/Scripts/courses.py` runs the programs themselves and writes those files.
@Suite struct CourseTests {
  private struct Expected: Decodable {
    var output: String
    var values: [String: ArrayProgramTests.Nested]
    var derivatives: [String: ArrayProgramTests.Nested]
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Courses")

  static let files =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { $0.hasSuffix(".py") }.sorted() ?? []

  @Test(arguments: files) func numbers(_ file: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: Self.folder.appending(path: "\(file.dropLast(3)).json"))
    )
    let trace = try Program(Source(file, text: text)).trace().trace
    #expect(trace.nodes[trace.output].name == expected.output)
    for (name, value) in expected.values {
      check(ArrayProgramTests.numbers(try #require(versions(name, trace).last)).value, value, name)
    }
    for (name, derivative) in expected.derivatives {
      check(
        ArrayProgramTests.numbers(try #require(versions(name, trace).first)).derivative ?? [],
        derivative,
        "derivative by \(name)")
    }
  }

  /// The versions of a name of the program itself.
  private func versions(_ name: String, _ trace: Trace) -> [Trace.Node] {
    trace.nodes.filter { $0.name == name && !$0.id.contains("#") }
  }

  private func check(_ own: [Double], _ expected: ArrayProgramTests.Nested, _ name: String) {
    #expect(own.count == expected.numbers.count, "\(name)")
    for (a, b) in zip(own, expected.numbers) {
      #expect(abs(a - b) <= 1e-11 + 1e-10 * abs(b), "\(name): \(a) \(b)")
    }
  }

  @Test func casesAreFound() { #expect(Self.files.count >= 25) }
}
