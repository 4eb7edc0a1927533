import Foundation
import GradCore
import GradLanguage
import TestSupport
import Testing

/// Programs that were once read wrongly or not at all, with their numbers.
///
/// `Faults/NAME.grad` is the program; `Faults/NAME.json` names its output and gives for each name its
/// value and derivative.
@Suite struct FaultTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Faults")

  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { $0.hasSuffix(".grad") }.map { String($0.dropLast(5)) }.sorted() ?? []

  @Test(arguments: names) func numbers(_ name: String) throws {
    let program = Self.folder.appending(path: "\(name).grad")
    let text = try String(contentsOf: program, encoding: .utf8)
    let expected = try #require(
      JSONSerialization.jsonObject(
        with: Data(contentsOf: Self.folder.appending(path: "\(name).json"))) as? [String: Any])
    let trace = try Program(Source(name, text: text)).trace().trace
    #expect(trace.nodes[trace.output].name == expected["output"] as? String)
    for (name, numbers) in expected {
      guard let numbers = numbers as? [Double] else { continue }
      let node = try #require(trace[name], "\(name)")
      expectClose(node.value, numbers[0], "\(name)")
      expectClose(node.derivative, numbers[1], "derivative by \(name)")
    }
  }

  @Test func casesAreFound() { #expect(!Self.names.isEmpty) }
}
