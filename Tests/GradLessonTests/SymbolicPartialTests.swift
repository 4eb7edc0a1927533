import GradCore
import GradFigure
import Testing

@testable import GradLesson

/// Partials as formulas.
@Suite struct SymbolicPartialTests {
  /// The formulas on the edges of a program's figure, with statements as nodes.
  private func formulas(_ program: String, _ detail: Detail = .statements) throws -> [String?] {
    let reading = Reading(try trace(program), .with { $0.detail = detail })
    return reading.trace.edges.indices.map {
      SymbolicPartial(reading, edge: $0)?.text.plain
    }
  }

  @Test(arguments: [
    ("b=3; c=2; u=b*c", ["c", "b"]),
    ("x=2; y=5; z=x/y", ["1/y", "−(z/y)"]),
    ("x=2; y=x**3", ["3·x²"]),
    ("x=2; y=sigmoid(x)", ["y·(1 − y)"]),
    ("x=2; y=tanh(x)", ["1 − y²"]),
    ("x=2; y=cos(x)", ["−sin(x)"]),
    ("x=2; y=exp(-x)", ["−y"]),
    ("x=2; y=relu(x)", ["1"]),
    ("x=-2; y=relu(x)", ["0"]),
    ("x=2; y=max(x, 1)", ["1"]),
    ("x=1; y=1; z=max(x, y)", ["1/2", "1/2"]),
    ("x=2; y=x*x", ["x + x"]),
    ("x=2; y=2*pi*x", ["2·π"]),
    ("x=2; y=where(x > 0, x, 3*x)", ["1"]),
    ("x=2; y=stop_gradient(x)*x", ["sg(x)"]),
    (
      "a=0.7; y=1; L=-(y*log(a)+(1-y)*log(1-a))",
      ["log(1 − a) − log(a)", "(1 − y) / (1 − a) − y/a"]
    ),
  ])
  func readAsOnTheBoard(_ program: String, _ expected: [String]) throws {
    #expect(try formulas(program).compactMap(\.self).sorted() == expected.sorted())
  }

  @Test func twoOperandsHaveTheirOwn() throws {
    #expect(try formulas("x=3; y=x*x", .operations) == ["x", "x"])
  }

  @Test func aLongFormulaIsLeftOut() throws {
    let long = (1...12).map { "sin(\($0)*x)" }.joined(separator: "*")
    #expect(try formulas("x=2; y=\(long)") == [nil])
  }

  /// A formula is only shown if its value is the partial's, so there must be one for every operator.
  @Test(arguments: OperatorRow.all.map { $0.row.name }) func everyOperatorHasFormulas(
    _ name: String
  ) throws {
    let type = try #require(OperatorRow.all.first { $0.row.name == name })
    let tape = Tape()
    let operands = type.row.operands.enumerated().map { index, operand in
      tape.input((operand.domain.lowerBound + 2 * operand.domain.upperBound) / 3, "x\(index)")
    }
    let reading = Reading(tape.trace(of: type.record(operands).named("y")), FigureOptions())
    #expect(reading.trace.edges.count == operands.count)
    for edge in reading.trace.edges.indices {
      let isLong = type.row.partials[edge].count > 30
      #expect(
        isLong || SymbolicPartial(reading, edge: edge) != nil, "operand \(edge)")
    }
  }
}
