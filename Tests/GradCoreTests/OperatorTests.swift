import GradCore
import TestSupport
import Testing

/// What the table promises of every row.
@Suite struct OperatorTests {
  @Test(arguments: OperatorRow.all.map { $0.row.name })
  func partialsMatchFivePointDifferences(_ name: String) throws {
    let type = try #require(OperatorRow.all.first { $0.row.name == name })
    let row = type.row
    var random = SeededRandom(seed: 1)
    var compared = 0
    for _ in 0..<100 {
      var point = row.operands.map { Double.random(in: $0.domain, using: &random) }
      if row.isVariadic {
        point += (0..<3).map { _ in .random(in: row.operands[0].domain, using: &random) }
      }
      let partials = partials(of: type, at: point)
      #expect(partials.count == point.count)
      for index in point.indices {
        let result = { (x: Double) in
          var moved = point
          moved[index] = x
          return value(of: type, at: moved)
        }
        let difference = fivePointDifference(at: point[index], step: 1e-3, result)
        // Across a kink, differences depend on the step.
        let wider = fivePointDifference(at: point[index], step: 2e-3, result)
        if abs(difference - wider) > 1e-6 * (1 + abs(difference)) { continue }
        let expected = name == "stop_gradient" ? 0 : difference
        expectClose(partials[index], expected, tolerance: 2e-8, "\(name)\(point), operand \(index)")
        compared += 1
      }
    }
    #expect(compared >= 90)
  }

  @Test func everyRowIsNamedByItsOwnOpcode() {
    for opcode in Opcode.allCases { #expect(opcode.type.map { $0.opcode == opcode } ?? true) }
    #expect(OperatorRow.all.count == Opcode.allCases.count - 4)
    #expect(Opcode.input.type == nil)
    #expect(Opcode.constant.type == nil)
    #expect(Opcode.foreign.type == nil)
  }

  @Test func namesAndAliasesAreUnique() {
    let names = OperatorRow.all.flatMap { [$0.row.name] + $0.row.aliases }
    #expect(Set(names).count == names.count)
    for name in OperatorRow.names { #expect(OperatorRow.named(name) != nil) }
  }

  @Test func everyFunctionOfTheLanguageHasARow() {
    let functions = """
      exp expm1 log log1p log2 log10 sqrt cbrt square abs sign sin cos tan asin acos atan atan2 sinh \
      cosh tanh asinh acosh atanh sigmoid logsigmoid softplus relu leaky_relu elu gelu silu gelu_tanh mish \
      selu celu softsign tanhshrink hardtanh relu6 hardsigmoid hardswish pow max \
      min maximum minimum clip where hypot erf erfc stop_gradient ln arcsin arctan2 detach logistic expit \
      swish fabs absolute clamp
      """
    for name in functions.split(separator: " ") {
      #expect(OperatorRow.named(String(name)) != nil, "\(name)")
    }
    #expect(OperatorRow.named("ln")?.row.name == "log")
    #expect(OperatorRow.named("where")?.row.condition == true)
    #expect(OperatorRow.named("where_else") == nil)
    #expect(OperatorRow.named("frobnicate") == nil)
  }

  @Test func rowsAreComplete() {
    for row in (OperatorRow.all.map { $0.row }) {
      #expect(row.partials.count == (row.isVariadic ? 2 : row.operands.count), "\(row.name)")
      #expect(Set(row.operands.map(\.name)).isSubset(of: ["x", "y", "w"]), "\(row.name)")
      #expect(row.symbol?.contains("□") != true || row.operands.count == 1, "\(row.name)")
      let isOptional = row.operands.map { $0.fallback != nil }
      #expect(isOptional == isOptional.sorted { !$0 && $1 }, "\(row.name)")
    }
  }
}

/// The value of an operator, by way of a tape.
func value(of type: any Operator.Type, at point: [Double]) -> Double {
  let tape = Tape()
  return type.record(point.map { tape.input($0) }).value
}

/// The partials of an operator, by way of a tape.
func partials(of type: any Operator.Type, at point: [Double]) -> [Double] {
  let tape = Tape()
  let result = type.record(point.map { tape.input($0) })
  return tape.edges(into: Int(result.index)).map { tape.edge($0).partial }
}

/// A central five-point difference; its error is of order h⁴.
func fivePointDifference(
  at x: Double, step h: Double, _ f: (Double) -> Double
) -> Double {
  (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h)
}
