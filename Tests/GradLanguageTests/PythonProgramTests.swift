import Foundation
import GradCore
import GradLanguage
import TestSupport
import Testing

/// Programs of Python with what Python itself computes for their `y`.
///
/// `Tests/Scripts/python_programs.py` runs them in Python, and records the numbers.
@Suite struct PythonProgramTests {
  struct Program: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let value: Double
    var testDescription: String { name }
  }

  static let programs: [Program] =
    ((try? Corpus.files("Python")) ?? []).flatMap { file in
      ((try? Corpus(Corpus.folder("Python").appending(path: file)))?.cases ?? []).map {
        Program(name: "\(file): \($0.name)", text: $0.input, value: Double($0.expected) ?? .nan)
      }
    }

  @Test(arguments: programs) func value(_ given: Program) throws {
    let program = GradLanguage.Program(Source("program.py", text: given.text))
    let trace = try program.trace(of: "y").trace
    let node = trace.nodes[trace.output]
    let value = node.array?.entries.first ?? node.value
    expectClose(value, given.value, tolerance: 1e-11, "\(given.name)")
  }

  @Test func programsAreFound() { #expect(Self.programs.count >= 60) }
}
