import GradCore
import Testing

@testable import GradFigure

/// Figures of programs whose inputs are parameters and data: data has a value and nothing else.
@Suite struct ParameterTests {
  private let marked = """
    x = torch.tensor(2.0)
    w = torch.tensor(3.0, requires_grad=True)
    b = torch.tensor(1.0, requires_grad=True)
    u = x - 1
    z = w*u + b
    J = z*z
    """
  private let plain = "x = 2.0; w = 3.0; b = 1.0; u = x - 1; z = w*u + b; J = z*z"

  @Test(arguments: Style.all.map(\.name)) func dataHasNoDerivative(_ name: String) throws {
    let style = try #require(Style.all.first { $0.name == name })
    for text in [marked, plain] {
      let figure = try figure(text) {
        $0.style = style
        if text == plain { $0.wrt = ["w", "b"] }
      }
      let data = figure.trace.nodes.indices.filter { figure.trace.nodes[$0].isData }
      #expect(data.map { figure.trace.nodes[$0].id } == ["x", "u"])
      for node in figure.nodes where data.contains(node.traceNode) {
        #expect(!node.rows.joined().contains { $0.kind == .derivative })
        #expect(!node.tooltip.contains("dJ") && !node.tooltip.contains("dx"))
        #expect(!node.isFaded)
        #expect(!node.data.contains { $0.key == .derivative })
      }
      for edge in figure.edges {
        let isData = data.contains(figure.nodes[edge.source].traceNode)
        #expect(edge.hasDerivative == !isData)
        if isData { #expect(edge.labels.allSatisfy { $0.kind == .value } && !edge.isPair) }
      }
      let texts = figure.texts(.derivative) + figure.labelTexts
      #expect(texts.contains { $0.hasSuffix("8") })
    }
  }

  @Test func sentencesPassDataOver() throws {
    var options = FigureOptions()
    options.wrt = ["w"]
    let figure = try figure(plain) { $0 = options }
    #expect(figure.summary.contains("dw = dz · ∂z/∂w = 8 · 1 = 8"))
    for name in ["dx", "db", "du"] { #expect(!figure.summary.contains(name)) }
    let steps = Reading(try trace(plain), options).steps
    #expect(steps.map(\.number) == Array(0..<steps.count))
    #expect(steps.filter { $0.pass == .backward }.count == 3)
    #expect(!steps.contains { $0.sentence.contains("∂x") || $0.sentence.contains("∂b") })
    #expect(figure.lastStep == steps.count - 1)
  }

  @Test func dataIsNotAskedFor() throws {
    var options = FigureOptions()
    options.wrt = ["w"]
    options.blanks.kinds = [.derivatives, .partials]
    let answers = Reading(try trace(plain), options).answers.map(\.key)
    #expect(answers.contains("dw") && answers.contains("dz"))
    for key in ["dx", "db", "du", "∂z/∂b", "∂u/∂x"] { #expect(!answers.contains(key)) }
  }

  @Test func whatFollowsTheOutputIsNotDrawn() throws {
    let text = "w = 2.0; x = 3.0; J = w*x; J.backward(); w2 = w - 0.1*w.grad; y = w2*x"
    #expect(try figure(text).trace.nodes.map(\.id) == ["w", "x", "J"])
    #expect(try trace(text).nodes.count > 6)
    let cleared = "; w.grad.zero_(); x.grad.zero_()"
    let later = try Figure(Reading(trace(text + cleared + "\ny.backward()")))
    #expect(later.trace.nodes[later.trace.output].id == "y")
    // What comes before is drawn, though faintly.
    #expect(later.trace.nodes.map(\.id) == ["w", "x", "J", "w2", "y"])
    // Where nothing is cleared, derivatives add up.
    let both = try Figure(Reading(trace(text + "\ny.backward()")))
    #expect(both.trace.nodes.map(\.id) == ["w", "x", "J", "w2", "y", "out"])
  }

  @Test func theSeedOfForwardModeHidesNothing() throws {
    let tangents = try figure(marked) {
      $0.mode = .forward
      $0.wrt = ["x"]
    }
    #expect(tangents.texts(.derivative).count == 6)
  }

  @Test func theOneParameterIsTheSeed() throws {
    let single = "w = torch.tensor(3.0, requires_grad=True); x = 2; y = w*x"
    let tangents = try figure(single) { $0.mode = .forward }
    #expect(tangents.texts(.derivative).last == "dy/dw = 2 + 0 = 2")
  }
}
