import TestSupport
import Testing

@testable import GradCore

/// Formulas of the operator table as trees.
@Suite struct RowFormulaTests {
  /// Recorded by its formula, a partial is the number that the rule gives.
  @Test(arguments: OperatorRow.all.map { $0.row.name }) func partialsAreThoseOfTheRule(
    _ name: String
  ) throws {
    let type = try #require(OperatorRow.all.first { $0.row.name == name })
    var random = SeededRandom(seed: 3)
    for _ in 0..<20 {
      let tape = Tape()
      let operands = type.row.operands.map {
        tape.input(.random(in: $0.domain, using: &random))
      }
      let result = type.record(operands)
      var names = ["z": result]
      for (row, operand) in zip(type.row.operands, operands) { names[row.name] = operand }
      let edges = tape.edges(into: Int(result.index))
      #expect(!edges.isEmpty)
      for (operand, edge) in edges.enumerated() {
        let formula = try #require(RowFormula.partial(of: type.opcode, by: operand))
        let recorded = try #require(SymbolicArithmetic(tape: tape).record(formula, names))
        expectClose(recorded.value, tape.edge(edge).partial, "\(name), operand \(operand)")
      }
    }
  }

  @Test(arguments: [
    (
      "1 - z**2",
      RowFormula.apply(.subtract, [.number(1), .apply(.power, [.name("z"), .number(2)])])
    ),
    ("-x**2", .apply(.negate, [.apply(.power, [.name("x"), .number(2)])])),
    ("x - y - z", .apply(.subtract, [.apply(.subtract, [.name("x"), .name("y")]), .name("z")])),
    ("2**-x", .apply(.power, [.number(2), .apply(.negate, [.name("x")])])),
    ("tanh(x)", .apply(.tanh, [.name("x")])),
    (
      "0 if x < y or x != x else pi",
      .choice(
        [
          .init(left: .name("x"), sign: .less, right: .name("y")),
          .init(left: .name("x"), sign: .unequal, right: .name("x")),
        ], .number(0), .letter("pi", .pi))
    ),
  ])
  func readsWithPythonsPrecedence(_ text: String, _ expected: RowFormula) {
    #expect(RowFormula(text) == expected)
  }

  @Test(arguments: [
    "", "x +", "(x", "x)", "nothing(x)", "sin(x, y)", "x if x", "x if x < 1", "2 x", "§",
  ])
  func whatIsNoFormulaIsRefused(_ text: String) { #expect(RowFormula(text) == nil) }
}
