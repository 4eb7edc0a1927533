import Testing

@testable import GradFigure

@Suite struct MathNameTests {
  @Test(
    arguments: [
      ("b", "b"), ("x_1", "x₁"), ("W1", "W₁"), ("theta1", "θ₁"), ("theta", "θ"), ("Sigma", "Σ"),
      ("x_out", "x_out"), ("x_12", "x₁₂"), ("layer1", "layer1"), ("loss_fn", "loss_fn"),
      ("lambda_", "λ"), ("_", "_"), ("x_", "x_"), ("_x", "_x"), ("alpha_t", "αₜ"), ("損失", "損失"),
      ("x_1_2", "x_1,2"), ("inf", "∞"), ("yhat", "ŷ"), ("y_hat", "ŷ"), ("yhat1", "ŷ₁"),
      ("y_hat_1", "ŷ₁"), ("theta_hat", "θ\u{302}"), ("thetahat", "θ\u{302}"), ("xbar", "x\u{304}"),
      ("ubar", "ū"), ("wtilde", "w\u{303}"), ("velocity", "velocity"), ("hat", "hat"),
      ("chat", "ĉ"),
      ("cheat_hat", "cheat_hat"),
    ] as [(String, String)])
  func namesAsMathematics(_ name: String, _ text: String) {
    #expect(MathName.text(name).plain == text)
  }

  @Test func indicesAreLowered() {
    let text = MathName.text("theta12")
    #expect(text.runs == [.init("θ"), .init("12", .lowered)])
    #expect(MathName.text("x_out").runs == [.init("x"), .init("out", .lowered)])
    // What a module owns is a path, and keeps its name.
    #expect(MathName.text("mu_l.weight").runs == [.init("mu_l.weight")])
  }

  @Test func laterVersionsHaveTags() {
    let texts = (1...4).map { MathName.text("c", version: $0).plain }
    #expect(texts == ["c", "c@2", "c@3", "c@4"])
    #expect(MathName.text("x1", version: 2).plain == "x₁@2")
    #expect(MathName.text("c", version: 2).runs == [.init("c"), .init("2", .tag)])
    #expect(MathName.text("c", version: 2).latex == "c{\\scriptstyle\\textcolor{gray}{2}}")
    #expect(MathName.text("yhat").latex == "\\hat{y}")
  }

  @Test func versionsOfAProgramAreToldApart() throws {
    let figure = try figure("c = 2\nc = c * c\nc = c + 1\ny = c")
    #expect(figure.texts(.title) == ["c", "c@2 = c·c", "c@3 = c@2 + 1", "y = c@3"])
  }
}
