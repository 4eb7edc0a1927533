import GradCore
import GradFigure
import Testing

@testable import GradLesson

/// Exercise sheets and marks.
@Suite struct ExerciseTests {
  private let options = FigureOptions.with { $0.blanks.kinds = [.derivatives] }

  private func sheet(_ options: FigureOptions, seed: Int? = nil) throws -> Sheet {
    let picture = Sheet.Picture(alternative: "graph", link: "sheet.svg", tikz: "")
    return .exercise(Reading(try trace(lecture), options), picture: picture, seed: seed)
  }

  @Test func questionsComeBeforeTheirAnswers() throws {
    let items = try sheet(options).items
    #expect(items.count == 12)
    #expect(items[0] == "dJ = ____________" && items[6] == "dJ = 1")
    #expect(items[4] == "db = ____________" && items[10] == "db = du · ∂u/∂b = 3 · 2 = 6")
    let markdown = SheetFormat.markdown.write(try sheet(options))
    #expect(markdown.contains("![graph](sheet.svg)"))
  }

  @Test func everyKindHasAnAnswer() throws {
    let options = FigureOptions.with { $0.blanks.names = ["u", "∂u/∂b", "db"] }
    #expect(
      try sheet(options).items.suffix(3) == [
        "u = b·c = 3·2 = 6", "∂u/∂b = c = 2", "db = du · ∂u/∂b = 3 · 2 = 6",
      ])
  }

  @Test func aVariantSaysWhichItIs() throws {
    #expect(try sheet(options, seed: 7).paragraphs[0].hasPrefix("Variant 7. Name:"))
    #expect(try sheet(options).paragraphs[0].hasPrefix("Name:"))
  }

  private func grading(
    _ given: [String: Double], asked: Set<String> = [], tolerance: Double = 1e-3
  ) throws -> Grading {
    let options = FigureOptions.with { $0.blanks.names = asked }
    return Grading(
      given.mapValues { NumberArray($0) }, Reading(try trace(lecture), options),
      tolerance: tolerance)
  }

  @Test func answersPassWithinTheTolerance() throws {
    let grading = try grading(["db": 6.005, "dJ/dc": 9, "u": 6.1])
    #expect(grading.marks.map(\.key) == ["u", "dc", "db"])
    #expect(grading.marks.map(\.isRight) == [false, true, true])
    #expect(grading.marks[0].difference == 0.1)
    #expect(!grading.isPassed)
    #expect(try self.grading(["db": 6.005], tolerance: 1e-4).isPassed == false)
    #expect(try self.grading(["db": 6.005]).isPassed)
  }

  @Test func whatIsAskedMustBeAnswered() throws {
    let grading = try grading(["db": 6], asked: ["db", "da"])
    #expect(grading.marks.map(\.given) == [6, nil] && !grading.isPassed)
    #expect(GradingFormat.table.write(grading).contains("da                  3          missing"))
  }

  @Test func anAnswerToNothingDoesNotPass() throws {
    let grading = try grading(["db": 6, "dq": 1])
    #expect(grading.unknown == ["dq"] && !grading.isPassed)
    #expect(GradingFormat.json.write(grading).contains("\"unknown\": [\"dq\"]"))
  }

  @Test func wholeNumbersDependOnTheSeedAlone() {
    var (first, second, other) = (
      WholeNumbers(seed: 1), WholeNumbers(seed: 1), WholeNumbers(seed: 2)
    )
    let values = [5.0, -3, 2, 0.5]
    let drawn = first.values(instead: values, attempt: 0)
    #expect(drawn == second.values(instead: values, attempt: 0))
    #expect(drawn != other.values(instead: values, attempt: 0))
    #expect(
      zip(drawn, values).allSatisfy { ($0 < 0) == ($1 < 0) && (1...9).contains($0.magnitude) })
  }
}
