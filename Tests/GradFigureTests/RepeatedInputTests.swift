import GradCore
import Testing

@testable import GradFigure

@Suite struct RepeatedInputTests {
  /// A recurrence, in which `w` is used in every step.
  private let recurrence = "w=2; h0=1; h1=w*h0; h2=w*h1; h3=w*h2; h4=w*h3; J=h4*w"

  private func figure(
    _ style: Style = .lecture, _ inputs: FigureOptions.Inputs = .auto
  ) throws -> Figure {
    try GradFigureTests.figure(recurrence) {
      ($0.repeatsInputs, $0.style, $0.inputs) = (true, style, inputs)
    }
  }

  @Test func anInputIsDrawnAgainFarFromItsFirstUse() throws {
    let figure = try figure()
    let copies = figure.nodes.filter(\.isRepeated)
    #expect(copies.map(\.traceNode) == [0, 0])
    #expect(copies.allSatisfy { !$0.isMain && $0.role == .input })
    // The first serves two steps, and so does each of the others; the last has the output too.
    let sources = figure.edges.filter { figure.nodes[$0.source].traceNode == 0 }.map(\.source)
    #expect(sources == [0, 0, 7, 7, 8])
    // As they stand without copies, the edges have their lines, labels and steps.
    let plain = try GradFigureTests.figure(recurrence)
    #expect(figure.edges.map(\.step) == plain.edges.map(\.step))
    #expect(figure.labelTexts == plain.labelTexts)
    #expect(figure.summary == plain.summary)
  }

  @Test func theFirstAloneHasTheDerivative() throws {
    for style in Style.all {
      let figure = try figure(style)
      for node in figure.nodes where node.isRepeated {
        #expect(!node.rows.joined().contains { $0.kind == .derivative })
        #expect(node.data.map(\.key) == [.name, .value])
        #expect(node.explanation.last == "Drawn again; its derivative stands where it is first.")
      }
      #expect(figure.nodes.contains { $0.isRepeated })
    }
  }

  @Test func nothingIsRepeatedUnlessAsked() throws {
    let plain = try GradFigureTests.figure(recurrence)
    #expect(!plain.nodes.contains { $0.isRepeated })
    // Two uses side by side are near each other.
    let near = try GradFigureTests.figure("a=1; b=2; u=a*b; v=a+b; J=u*v") {
      $0.repeatsInputs = true
    }
    #expect(!near.nodes.contains { $0.isRepeated })
  }

  @Test func copiesStandInTablesToo() throws {
    let program = "w=2; u=3; h0=1; h1=w*h0+u; h2=w*h1+u; h3=w*h2+u"
    let figure = try GradFigureTests.figure(program) {
      ($0.repeatsInputs, $0.inputs) = (true, .table)
    }
    #expect(figure.tables.count == 1)
    #expect(figure.tables[0].nodes.allSatisfy { figure.nodes[$0].isRepeated })
    #expect(figure.tables[0].nodes.allSatisfy { figure.nodes[$0].rows[0].count == 2 })
  }

  @Test func theLegendSaysWhatIsDrawnAgain() throws {
    let figure = try GradFigureTests.figure(recurrence) {
      ($0.repeatsInputs, $0.hasLegend) = (true, true)
    }
    #expect(figure.legend.map(\.text.plain).contains("input, drawn again"))
  }
}
