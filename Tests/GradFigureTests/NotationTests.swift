import Testing

@testable import GradFigure

@Suite struct NotationTests {
  @Test(
    arguments: [
      ("dvar", "db = 6"), ("leibniz", "dJ/db = 6"), ("partial", "∂J/∂b = 6"),
      ("grad", "b.grad = 6"),
    ] as [(String, String)])
  func derivativesInTheLecture(_ name: String, _ row: String) throws {
    let notation = try #require(Notation.all.first { $0.name == name })
    let figure = try figure(lecture) { $0.notation = notation }
    #expect(figure.texts(.derivative)[1] == row)
    #expect(figure.summary.contains(row.dropLast(4)))
    #expect(figure.nodes[1].tooltip.contains(row.dropLast(4)))
  }

  @Test func theSumIsWrittenInEveryNotation() throws {
    let names = [
      "dvar": "db", "leibniz": "de/db", "partial": "∂e/∂b", "grad": "b.grad", "bar": "b̄",
    ]
    for notation in Notation.all {
      let row = try figure(colah) { $0.notation = notation }.texts(.derivative)[1]
      #expect(row.hasSuffix(" = 2 + 3 = 5"))
      if let name = names[notation.name] { #expect(row.hasPrefix("\(name) = ")) }
    }
  }

  @Test func aWordIsSetApart() throws {
    let texts = try [Notation.dvar, .leibniz, .partial, .grad, .bar].map { notation in
      try figure("velocity=2; t=3; yhat=velocity*t; J=yhat**2") { $0.notation = notation }
        .texts(.derivative)[0].split(separator: " = ")[0]
    }
    #expect(
      texts == ["d velocity", "dJ/d velocity", "∂J/∂ velocity", "velocity.grad", "v̄elocity"])
    let names = try figure("velocity=2; yhat=3*velocity; J=yhat**2").nodes.map(\.tooltip)
    #expect(names[1].contains("dŷ = dJ · ∂J/∂ŷ"))
    #expect(names[0].contains("d velocity = dŷ · ∂ŷ/∂ velocity"))
  }

  @Test func partialsAreTheSameInAll() {
    let texts = Notation.all.map { $0.partial(MathText("u"), MathName.text("x1")).plain }
    #expect(Set(texts) == ["∂u/∂x₁"])
  }
}
