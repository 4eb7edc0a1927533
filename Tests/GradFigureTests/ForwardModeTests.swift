import GradCore
import Testing

@testable import GradFigure

/// Figures of tangents and of nudges.
@Suite struct ForwardModeTests {
  private let baydin = "x1=2; x2=5; v1=log(x1); v2=x1*x2; v3=sin(x2); v4=v1+v2; v5=v4-v3"

  @Test func tangentsStandInTheNodes() throws {
    let figure = try figure(baydin) {
      $0.mode = .forward
      $0.wrt = ["x1"]
    }
    #expect(
      figure.texts(.derivative) == [
        "dx₁/dx₁ = 1", "dx₂/dx₁ = 0", "dv₁/dx₁ = 0.5", "dv₂/dx₁ = 5 + 0 = 5", "dv₃/dx₁ = 0",
        "dv₄/dx₁ = 0.5 + 5 = 5.5", "dv₅/dx₁ = 5.5 + 0 = 5.5",
      ])
    #expect(figure.mode == .forward)
    #expect(figure.nodes.allSatisfy { $0.derivativeStep == $0.step })
    for edge in figure.edges { #expect(edge.step == figure.nodes[edge.target].step) }
    #expect(
      figure.summary.hasPrefix(
        "v₅ = 11.65, computed from x₁ and x₂; its derivative is dv₅/dx₁ = 5.5. "))
    #expect(figure.summary.contains("Derivatives by x₁, along with the values: dx₁/dx₁ = 1;"))
    #expect(figure.summary.contains("dv₄/dx₁ = dv₁/dx₁ · ∂v₄/∂v₁ + dv₂/dx₁ · ∂v₄/∂v₂"))
  }

  @Test(arguments: [
    ("dvar", "dv₁/dx₁ = 0.5"), ("leibniz", "dv₁/dx₁ = 0.5"), ("partial", "∂v₁/∂x₁ = 0.5"),
    ("grad", "dv₁/dx₁ = 0.5"), ("bar", "v̇₁ = 0.5"),
  ])
  func notations(_ name: String, _ expected: String) throws {
    let notation = try #require(Notation.all.first { $0.name == name })
    let figure = try figure(baydin) {
      $0.mode = .forward
      $0.wrt = ["x1"]
      $0.notation = notation
    }
    #expect(figure.texts(.derivative)[2] == expected)
  }

  @Test func theOnlyInputIsTheSeed() throws {
    var options = FigureOptions()
    options.mode = .forward
    #expect(options.seed(in: try trace("w=3; J=w**2")) == Trace.Place(node: 0))
    #expect(options.seed(in: try trace(baydin)) == nil)
    options.wrt = ["v2"]
    #expect(options.seed(in: try trace(baydin)) == Trace.Place(node: 3))
    options.mode = .reverse
    #expect(options.seed(in: try trace(baydin)) == nil)
  }

  private let neuron = """
    X = [[1, 2], [3, 4], [5, 6]]
    w = [0.5, -0.25]
    b = 0.1
    Z = X @ w + b
    A = sigmoid(Z)
    J = mean((A - [0, 1, 1])**2)
    """

  @Test func anEntryOfAnArrayIsTheSeed() throws {
    var options = FigureOptions()
    (options.mode, options.wrt, options.notation) = (.forward, ["w[1]"], .bar)
    let trace = try trace(neuron)
    #expect(options.seed(in: trace) == Trace.Place(node: 1, entry: 1))
    let reading = Reading(trace, options)
    #expect(
      reading.trace.nodes.map { $0.arrayDerivative?.entries ?? [$0.derivative] }.prefix(4) == [
        [0, 0, 0, 0, 0, 0], [0, 1], [0], [2, 4, 6],
      ])
    // The tangent of the output is the derivative that comes back.
    let back = try #require(trace["w"]?.arrayDerivative?.entries[1])
    #expect(abs(reading.derivative(of: reading.trace.output) - back) < 1e-15)
    let labels = Figure(reading).labelTexts
    #expect(labels == ["Ẋ · w", "X · ẇ", "×1", "→ 3", "⊙ σ′(Z)", "mean(Ȧ ⊙ 2·(A − [0, 1, 1]))"])
    #expect(reading.summary.contains("Derivatives by w[1], along with the values:"))
    #expect(reading.summary.contains("Ż = Ẋ · w + X · ẇ + ḃ = [2, 4, 6]"))
    options.wrt = ["X"]
    #expect(options.seed(in: trace) == nil)
  }

  /// What the edges into each node that is computed add, in the words of forward mode.
  @Test(arguments: [
    ("A = [[1, 2], [3, 4]]; B = A.T; J = sum(B)", "A[0, 1]", ["Ȧᵀ", "Σ Ḃ"]),
    ("A = [[1, 2], [3, 4]]; B = A[:, 0]; J = B @ B", "A[1, 0]", ["Ȧ[:, 0]", "Ḃ · B + B · Ḃ"]),
    (
      "A = [[1, 2], [3, 4]]; B = reshape(A, (4,)); J = max(B)", "A[0, 0]",
      ["Ȧ reshaped to 4", "Σ (Ḃ ⊙ [B = J])"]
    ),
    (
      "t = 0; X = [1, 2]; V = [3, -1]; Y = X + t*V; J = sum(Y**2)", "t",
      ["Ẋ", "ṫ · V", "t · V̇", "Σ (Ẏ ⊙ 2·Y)"]
    ),
    ("A = [[2, 1], [1, 3]]; B = inv(A); J = sum(B)", "A[0, 1]", ["−B · Ȧ · B", "Σ Ḃ"]),
    ("x = [1, 2, 3]; p = softmax(x); J = p[0]", "x[0]", ["p ⊙ (ẋ − Σ p ⊙ ẋ)", "ṗ[0]"]),
  ])
  func formulasOfMaps(_ program: String, _ seed: String, _ expected: [String]) throws {
    var options = FigureOptions()
    (options.mode, options.wrt, options.notation) = (.forward, [seed], .bar)
    (options.detail, options.style) = (.statements, .lecture)
    let reading = Reading(try trace(program), options)
    let formulas = reading.trace.edges.indices.filter { reading.trace.edges[$0].isOfArrays }
      .map { reading.edgeFormula(ofEdge: $0).text.plain }
    #expect(formulas == expected)
  }

  @Test func accentsSurviveLaTeX() {
    let adjoint = Notation.bar.derivative(MathName.text("J"), MathName.text("v1"))
    #expect(adjoint.plain == "v̄₁" && adjoint.latex == "\\bar{v}_1")
    let tangent = Notation.bar.tangent(MathName.text("theta"), MathName.text("x"))
    #expect(tangent.latex == "\\dot{\\theta}")
    #expect(MathName.text("sigy").accented("\u{304}").latex == "\\bar{\\mathrm{sigy}}")
  }

  @Test func aNudgeLightsItsPath() throws {
    let figure = try figure(lecture) { $0.nudge = Nudge("b", by: 0.001) }
    #expect(
      figure.texts(.value) == ["5", "3 → 3.001", "2", "6 → 6.002", "11 → 11.002", "33 → 33.006"])
    #expect(figure.nodes.map(\.isFaded) == [true, false, true, false, false, false])
    #expect(figure.edges.map(\.isFaded) == [false, true, true, false, false])
    #expect(figure.notes.map(\.plain) == ["ΔJ/Δb = 0.006 / 0.001 = 6, db = 6"])
  }

  @Test(arguments: [
    (33.0, 33.006, 0.006), (121, 121.066009, 0.066009), (1e6, 1e6 + 0.25, 0.25), (5, 5, 0),
    (0, 0.001, 0.001), (-12, -12.003, -0.003),
  ])
  func differencesHaveNoDust(_ before: Double, _ after: Double, _ change: Double) {
    #expect(difference(before, after) == change)
  }
}
