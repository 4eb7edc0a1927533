import Foundation
import GradCore
import GradLanguage
import TestSupport
import Testing

/// Programs as notebooks hold them, with their numbers: blocks, lists, functions as values, classes.
///
/// `Notebooks/NAME.grad` or `NAME.py` is the program; `NAME.json` names its output and gives for each
/// name the value of its newest version and its derivative, for a list those of its elements.
@Suite struct NotebookTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Notebooks")

  static let files =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { $0.hasSuffix(".grad") || $0.hasSuffix(".py") }.sorted() ?? []

  @Test(arguments: files) func numbers(_ file: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    let name = file.prefix { $0 != "." }
    let expected = try #require(
      JSONSerialization.jsonObject(
        with: Data(contentsOf: Self.folder.appending(path: "\(name).json"))) as? [String: Any])
    let trace = try Program(Source(file, text: text)).trace().trace
    #expect(trace.nodes[trace.output].name == expected["output"] as? String)
    for (name, numbers) in expected {
      guard let numbers = numbers as? [Any], numbers.count == 2 else { continue }
      check(numbers[0], numbers[1], name, trace)
    }
  }

  private func check(_ value: Any, _ derivative: Any, _ name: String, _ trace: Trace) {
    if let values = value as? [Any], let derivatives = derivative as? [Any] {
      for (place, pair) in zip(values, derivatives).enumerated() {
        check(pair.0, pair.1, "\(name)[\(place)]", trace)
      }
      return
    }
    guard let value = value as? Double, let derivative = derivative as? Double,
      let numbers = trace.numbers(at: name)
    else {
      Issue.record("\(name) is not found")
      return
    }
    expectClose(numbers.value, value, "\(name)")
    expectClose(numbers.derivative, derivative, "derivative by \(name)")
  }

  @Test func casesAreFound() { #expect(!Self.files.isEmpty) }
}
