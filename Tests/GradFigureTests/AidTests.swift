import GradCore
import Testing

@testable import GradFigure

/// Focus, legend, what is faint and what is marked, and the languages of the words.
@Suite struct AidTests {
  @Test func theFocusLightsItsPaths() throws {
    let figure = try figure(colah) { $0.focus = "b" }
    #expect(figure.nodes.filter(\.isFaded).map { figure.trace.nodes[$0.traceNode].id } == ["a"])
    #expect(figure.edges.filter(\.isFaded).count == 1)
    #expect(figure.notes.map(\.plain) == ["db over 2 paths: 1·2 + 1·3 = 5"])
  }

  @Test func aSinglePathIsOne() throws {
    let figure = try figure(lecture) { $0.focus = "c" }
    #expect(figure.notes.map(\.plain) == ["dc over 1 path: 3·1·3 = 9"])
  }

  @Test func pathsAreCountedInWholeNumbers() throws {
    let figure = try figure("x = 2; y = x*x; z = x*3; J = y + z*y") {
      $0.focus = "x"
      $0.numbers.decimals = 1
    }
    #expect(figure.notes.map(\.plain) == ["dx over 2 paths: 4.0·7.0 + 3.0·4.0 = 40.0"])
  }

  @Test func aLongPathIsWrittenInPart() throws {
    let chain = (1...12).map { "x\($0) = \($0) * x\($0 - 1)" }.joined(separator: "; ")
    let figure = try figure("x0 = 1; \(chain)") { $0.focus = "x0" }
    #expect(figure.notes.map(\.plain) == ["dx₀ over 1 path: 1·2·3·…·10·11·12 = 4.79e8"])
  }

  @Test func aNudgeIsShownWhateverDecimalsNumbersHave() throws {
    let figure = try figure(lecture) {
      $0.nudge = Nudge("b", by: 0.001)
      $0.numbers.decimals = 1
    }
    #expect(figure.notes.map(\.plain) == ["ΔJ/Δb = 0.006 / 0.001 = 6, db = 6.0"])
  }

  @Test func whatCannotChangeTheOutputIsFaintWithTheReason() throws {
    let unused = try figure("a = 1; b = 2; y = a * 3; z = b * 4; J = y + 1")
    #expect(
      unused.nodes.filter(\.isFaded).map { unused.trace.nodes[$0.traceNode].id } == ["b", "z"])
    #expect(unused.nodes[1].tooltip.hasSuffix(Language.english.figure.unused.plain))
    let dead = try figure("x = -2; h = relu(x); w = 3; y = h * w")
    #expect(dead.nodes[0].isFaded)
    #expect(dead.nodes[0].tooltip.hasSuffix(Language.english.figure.inactive.plain))
    let detached = try figure("x = 2; u = stop_gradient(x * x); z = u * x")
    #expect(!detached.nodes[0].isFaded)
    #expect(detached.edges.filter(\.isBackwardFaded).count == 1)
  }

  @Test func theOriginOfInfinityIsMarked() throws {
    let figure = try figure("x = 0; y = 1 / x; z = y * 2")
    #expect(figure.nodes.filter(\.isMarked).map { figure.trace.nodes[$0.traceNode].id } == ["y"])
    #expect(figure.nodes[1].tooltip.contains("∞ begins here."))
  }

  @Test func theLegendExplainsTheSignsThatAreUsed() throws {
    func signs(_ change: (inout FigureOptions) -> Void) throws -> [Figure.LegendItem.Sign] {
      try figure(lecture) {
        $0.hasLegend = true
        change(&$0)
      }.legend.map(\.sign)
    }
    let all = try signs { _ in }
    #expect(all == [.forwardLine, .backwardLine, .partial, .input, .operation, .output])
    #expect(try !signs { $0.show = .forward }.contains(.backwardLine))
    #expect(try !signs { $0.edgeLabels = .none }.contains(.partial))
    #expect(try signs { $0.style = .circuit }.starts(with: [.value, .derivative]))
    #expect(try figure(lecture).legend.isEmpty)
  }

  @Test func theLegendIsOfWhatIsDrawn() throws {
    func legend(_ program: String, _ change: (inout FigureOptions) -> Void) throws -> [String] {
      try figure(program) {
        $0.hasLegend = true
        change(&$0)
      }.legend.map(\.text.plain)
    }
    #expect(
      try legend(lecture) { $0.edgeLabels = .contribution }
        .contains(Language.english.figure.contribution.plain))
    #expect(
      try legend(lecture) { $0.edgeLabels = .product }.contains(
        Language.english.figure.product.plain))
    #expect(
      try legend(lecture) {
        $0.style = .circuit
        $0.direction = .down
      }.starts(with: [
        Language.english.figure.valueLeft.plain, Language.english.figure.derivativeRight.plain,
      ]))
    let blank = try legend(lecture) { $0.blanks.kinds = [.partials] }
    #expect(
      blank.contains(Language.english.figure.blank.plain)
        && !blank.contains(Language.english.figure.partial.plain))
    #expect(try legend(lecture) { $0.focus = "b" }.last == "faint: on no path from b")
    let nudged = try legend(lecture) { $0.nudge = Nudge("b", by: 0.1) }
    #expect(
      nudged.suffix(2) == [
        Language.english.figure.moved.plain, Language.english.figure.faintUnmoved.plain,
      ])
    #expect(
      try legend("x=-1; y=relu(x); z=y*2") { _ in }.last == Language.english.figure.faintDead.plain)
    #expect(try !legend(lecture) { _ in }.contains(Language.english.figure.faintDead.plain))
  }

  @Test(arguments: ["max(0, x)", "maximum(0, x)", "clip(x, 0, 1)", "min(x + 3, 1)", "relu(x)"])
  func whatAChoicePassesOverIsFaint(_ formula: String) throws {
    let figure = try figure("x=-1; w=2; y=\(formula); z=y*w")
    #expect(figure.nodes[0].isFaded)
    let over = try GradFigureTests.figure("x=5; w=2; y=min(x, 1); z=y*w")
    #expect(over.nodes[0].isFaded && over.nodes[0].tooltip.contains("min"))
  }

  @Test func everyLanguageSaysEveryNumber() throws {
    for language in Language.all {
      let figure = try figure(colah) {
        $0.language = language
        $0.focus = "b"
        $0.hasLegend = true
      }
      #expect(figure.summary.contains("db = dc · ∂c/∂b + dd · ∂d/∂b = 2 · 1 + 3 · 1 = 2 + 3 = 5"))
      #expect(figure.summary.contains("e = c·d = 6"))
      #expect(figure.legend.allSatisfy { !$0.text.isEmpty })
      #expect(figure.notes.allSatisfy { $0.plain.hasSuffix("1·2 + 1·3 = 5") })
    }
    #expect(try figure(colah) { $0.language = .traditionalChinese }.heading.contains("e"))
    #expect(
      try figure(colah) { $0.language = .traditionalChinese }.heading != figure(colah).heading)
  }
}
