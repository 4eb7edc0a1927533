import GradCore
import GradLanguage
import Testing

@testable import GradFigure

/// The sentences of steps.
@Suite struct StepTests {
  private func sentences(
    _ program: String, of output: String? = nil, _ options: FigureOptions = FigureOptions()
  ) throws -> [String] {
    let trace = try Program(Source("test", text: program)).trace(of: output).trace
    return Reading(trace, options).steps.map(\.sentence)
  }

  @Test func valuesAreWrittenOut() throws {
    let sentences = try sentences("a = 5; b = 3; u = a * b; v = -u; w = v; J = (w - 1) ** 2 / a")
    #expect(
      Array(sentences.prefix(5)) == [
        "Given: a = 5, b = 3.", "u = a·b = 5 · 3 = 15", "v = −u = −15", "w = v = −15",
        "J = (w − 1)² / a = (−15 − 1)² / 5 = 51.2",
      ])
  }

  @Test(arguments: [
    ("x = -2; y = x * 3", "y = x·3 = (−2) · 3 = −6"),
    ("x = -2; y = 3 * x", "y = 3·x = 3 · (−2) = −6"),
    ("x = -2; y = 3 + x", "y = 3 + x = 3 + (−2) = 1"),
    ("x = -2; y = x + 3", "y = x + 3 = −2 + 3 = 1"),
    ("x = -2; y = x ** 2", "y = x² = (−2)² = 4"),
    ("x = -2; y = exp(x)", "y = exp(x) = exp(−2) = 0.1353"),
  ])
  func numbersWithSignsStandInBrackets(program: String, sentence: String) throws {
    #expect(try sentences(program)[1] == sentence)
  }

  /// Every number says which it is, so that a page can put others in their places.
  @Test func numbersSayWhatTheyTell() throws {
    let (trace, _) = try Program(Source("test", text: "b = 3; c = 2; u = b * c; J = u ** b"))
      .trace()
    let steps = Reading(trace).steps
    func roles(_ text: MathText) -> [NumberSlot.Role] {
      text.pieces.compactMap { piece in
        if case .number(let slot) = piece.meaning { slot.role } else { nil }
      }
    }
    #expect(roles(steps[1].text) == [.operand(0), .operand(1), .value(2)])
    #expect(roles(steps[2].text) == [.operand(2), .operand(0), .value(3)])
    let last = try #require(steps.last { $0.sentence.hasPrefix("db = ") })
    #expect(
      roles(last.text) == [
        .sum(node: 0, count: 1), .sum(node: 0, count: 1), .derivative(2), .partial(0),
        .derivative(0),
      ])
  }

  @Test func derivativesAreTheChainRule() throws {
    let sentences = try sentences("a = 5; b = 3; c = 2; u = b * c; v = a + u; J = 3 * v")
    #expect(sentences[4] == "Back from the output: dJ = 1.")
    #expect(sentences[8] == "db = du · ∂u/∂b = 3 · 2 = 6")
  }

  @Test func sumsGrowTermByTerm() throws {
    let sentences = try sentences("b = 2; c = 3 * b; d = -b; e = b + 1; J = c * d * e")
    #expect(
      sentences.filter { $0.hasPrefix("db") } == [
        "db = de · ∂e/∂b + … = −12 · 1 + … = −12 + …",
        "db = −12 + dd · ∂d/∂b + … = −12 + 18 · (−1) + … = −30 + …",
        "db = −30 + dc · ∂c/∂b = −30 − 6 · 3 = −48",
      ])
  }

  @Test func nothingComesBackFromWhatIsNotUsed() throws {
    let sentences = try sentences("a = 2; b = 3 * a; J = a * a", of: "J")
    #expect(
      sentences.contains {
        $0.hasPrefix("db · ∂b/∂a = 0 · 3 = 0. Faint, because the output does not depend on it.")
      })
    #expect(sentences.contains("da = dJ · ∂J/∂a = 1 · 4 = 4"))
  }

  @Test func sentencesFollowNotationAndLanguage() throws {
    var options = FigureOptions()
    options.notation = .leibniz
    options.language = .traditionalChinese
    let sentences = try sentences("b = 3; J = 2 * b", options)
    #expect(
      sentences == [
        "已知：b = 3。", "J = 2·b = 2 · 3 = 6", "由輸出開始反向：dJ/dJ = 1。",
        "dJ/db = dJ/dJ · ∂J/∂b = 1 · 2 = 2",
      ])
  }
}
