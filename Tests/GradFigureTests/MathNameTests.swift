import Testing

@testable import GradFigure

@Suite struct MathNameTests {
  @Test(
    arguments: [
      ("b", "b"), ("x_1", "x₁"), ("W1", "W₁"), ("theta1", "θ₁"), ("theta", "θ"), ("Sigma", "Σ"),
      ("x_out", "x_out"), ("x_12", "x₁₂"), ("layer1", "layer1"), ("loss_fn", "loss_fn"),
      ("lambda_", "λ"), ("_", "_"), ("x_", "x_"), ("_x", "_x"), ("alpha_t", "αₜ"), ("損失", "損失"),
      ("x_1_2", "x_1,2"), ("inf", "∞"),
    ] as [(String, String)])
  func namesAsMathematics(_ name: String, _ text: String) {
    #expect(MathName.text(name).plain == text)
  }

  @Test func indicesAreLowered() {
    let text = MathName.text("theta12")
    #expect(text.runs == [.init("θ"), .init("12", .lowered)])
    #expect(MathName.text("x_out").runs == [.init("x"), .init("out", .lowered)])
  }

  @Test func laterVersionsHavePrimes() {
    let texts = (1...4).map { MathName.text("c", version: $0).plain }
    #expect(texts == ["c", "c′", "c″", "c⁽⁴⁾"])
    #expect(Set(texts).count == 4)
  }

  @Test func versionsOfAProgramAreToldApart() throws {
    let figure = try figure("c = 2\nc = c * c\nc = c + 1\ny = c")
    #expect(figure.texts(.title) == ["c", "c′ = c·c", "c″ = c′ + 1", "y = c″"])
  }
}
