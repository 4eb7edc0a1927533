import GradCore
import Testing

@testable import GradFigure

/// The backward pass as a computation of its own, and rows of derivatives above order 1.
@Suite struct BackwardGraphTests {
  private func graph(
    _ text: String, order: Int = 1, _ change: (inout FigureOptions) -> Void = { _ in }
  ) throws -> Figure {
    try figure(text) {
      $0.backward = .graph
      $0.order = order
      change(&$0)
    }
  }

  /// The titles of the boxes of the backward pass, each with its number.
  private func boxes(_ figure: Figure) -> [String] {
    figure.nodes.filter(\.isBackward).map { node in
      node.rows.joined().map(\.content.text.plain).joined(separator: " | ")
    }
  }

  @Test func copiesHaveNoBoxInTheLecture() throws {
    let figure = try graph(lecture)
    #expect(boxes(figure) == ["dv = du = da | 3", "db = c·du | 6", "dc = b·du | 9"])
    let saved = figure.edges.filter { $0.flow == .saved }.map { edge in
      [edge.source, edge.target].map { figure.nodes[$0].rows[0][0].content.text.plain }
    }
    #expect(
      saved == [["c", "db = c·du"], ["b", "dc = b·du"], ["J = 3·v", "dv = du = da"]])
    #expect(figure.edges.count { $0.flow == .derivative } == 2)
    #expect(figure.edges.allSatisfy { !$0.hasDerivative || $0.traceEdge == nil })
  }

  @Test func whatIsOnTheWayIsWrittenIntoFormulas() throws {
    #expect(try boxes(graph("x=2; y=x**4-2*x**2")) == ["dx = 4·x³ − 4·x | 24"])
    #expect(try boxes(graph("x=1; y=tanh(x)")) == ["dx = 1 − y² | 0.42"])
  }

  @Test func eachDerivativeIsPassedOnByName() throws {
    #expect(try boxes(graph("w=3; a=2+3*w; J=a**2")) == ["da = 2·a | 22", "dw = 3·da | 66"])
  }

  @Test func aStyleOfOperationsDrawsEachOfThem() throws {
    let figure = try graph("x=1; y=tanh(x)") { $0.style = .circuit }
    let texts = figure.nodes.filter(\.isBackward).map { $0.rows[0][0].content.text.plain }
    #expect(texts.count == 3 && texts.last == "dx", "\(texts)")
  }

  @Test func theSecondSweepStandsBehindTheFirst() throws {
    let boxes = try boxes(graph("x=2; y=x**4-2*x**2", order: 2) { $0.notation = .partial })
    #expect(boxes.last == "∂²y/∂x² = 12·x² − 4 | 44")
  }

  @Test(
    arguments: [
      ("dvar", "d²x = 44", "d³x = 48"), ("leibniz", "d²y/dx² = 44", "d³y/dx³ = 48"),
      ("partial", "∂²y/∂x² = 44", "∂³y/∂x³ = 48"), ("grad", "d²y/dx² = 44", "d³y/dx³ = 48"),
    ])
  func higherDerivativesAreRowsOfInputs(_ name: String, _ second: String, _ third: String) throws {
    let notation = try #require(Notation.all.first { $0.name == name })
    for style in Style.all {
      let figure = try figure("x=2; y=x**4-2*x**2") {
        $0.order = 3
        $0.notation = notation
        $0.style = style
      }
      let texts = figure.texts(.derivative)
      #expect(texts.contains(second) && texts.contains(third), "\(style.name): \(texts)")
    }
  }

  @Test func aKinkIsSaid() throws {
    for language in Language.all {
      let kink = try figure("x=0; y=relu(x)*3") {
        $0.order = 2
        $0.language = language
      }
      #expect(kink.notes.count == 1)
    }
    #expect(try figure("x=1; y=relu(x)*3") { $0.order = 2 }.notes.isEmpty)
  }

  @Test func arraysHaveABackwardPassToo() throws {
    let figure = try graph(
      "X=np.array([[1.0,2],[3,4]]); w=np.array([1.0,-1]); y=X@w; J=mean(y*y)"
    ) {
      $0.wrt = ["w"]
    }
    #expect(boxes(figure).last?.hasPrefix("dw = ") == true)
  }

  @Test func stepsWithoutANameAreCalledByTheirFormulas() throws {
    let figure = try graph("x=2; y=x**4-2*x**2") { $0.style = .record }
    let titles = figure.nodes.filter(\.isBackward).map { node in
      node.rows[0].map(\.content.text.plain).joined(separator: " | ")
    }
    #expect(titles == ["x³ | x³", "×4 | 4·x³", "×4 | 4·x", "− | dx"], "\(titles)")
  }

  @Test func eachDerivativeHasAStepOfItsOwn() throws {
    var options = FigureOptions()
    options.backward = .graph
    let reading = try Reading(trace(lecture), options)
    #expect(
      reading.steps.map(\.sentence) == [
        "Given: a = 5, b = 3, c = 2.", "u = b·c = 3 · 2 = 6", "v = a + u = 5 + 6 = 11",
        "J = 3·v = 3 · 11 = 33", "dv = du = da = 3", "db = c·du = 2 · 3 = 6",
        "dc = b·du = 3 · 3 = 9",
      ])
    #expect(
      reading.steps.map(\.pass) == [.forward, .forward, .forward, .forward] + [
        .backward, .backward, .backward,
      ])
    options.show = .forward
    #expect(try Reading(trace(lecture), options).steps.count == 4)
  }

  @Test func focusLightsHowADerivativeIsComputed() throws {
    let figure = try graph(lecture) { $0.focus = "b" }
    let lit = figure.nodes.filter { !$0.isFaded }.map { $0.rows[0][0].content.text.plain }
    #expect(lit == ["b", "c", "u = b·c", "v = a + u", "J = 3·v", "dv = du = da", "db = c·du"])
  }

  @Test func derivativesAreLeftOutByTheirNames() throws {
    func blanks(_ names: Set<String>, _ kinds: Set<Blanks.Kind> = []) throws -> [String] {
      let figure = try graph(lecture, order: 2) {
        $0.blanks.names = names
        $0.blanks.kinds = kinds
      }
      return figure.nodes.filter { $0.rows.joined().contains(where: \.content.hasBlank) }.map {
        $0.rows[0][0].content.text.plain
      }
    }
    #expect(try blanks(["dc"]) == ["dc = b·du"])
    #expect(try blanks(["da", "dJ/db"]) == ["dv = du = da", "db = c·du"])
    #expect(try blanks(["d²c", "u"]).first == "u = b·c")
    #expect(try blanks([], [.values]) == ["u = b·c", "v = a + u", "J = 3·v"])
    #expect(try blanks([], [.derivatives]).contains("db = c·du"))
  }
}
