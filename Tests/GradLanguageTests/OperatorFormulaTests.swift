import GradCore
import GradLanguage
import TestSupport
import Testing

/// Every row of the operator table against its own formulas, read by this language.
@Suite struct OperatorFormulaTests {
  private var rows: [OperatorRow] { OperatorRow.all.map { $0.row } }

  /// The value of `formula` with the operands and the result `z` given.
  private func value(_ formula: String, _ names: [String], _ values: [Double]) throws -> Double {
    let program = Program(Source("formula", text: "formula_value = 1 * (\(formula))"))
    let settings = zip(names, values).filter { formula.contains($0.0) }.map {
      InputValue($0.0, $0.1)
    }
    .filter { setting in
      program.diagnostics(settings: [setting]).allSatisfy { $0.code != "unknown-setting" }
    }
    let (trace, _) = try program.trace(settings: settings)
    return trace.nodes[trace.output].value
  }

  @Test(arguments: OperatorRow.all.map { $0.row.name }) func formulas(_ name: String) throws {
    let type = try #require(OperatorRow.all.first { $0.row.name == name })
    let row = type.row
    var random = SeededRandom(seed: 1)
    for _ in 0..<20 {
      let values = row.operands.map { Double.random(in: $0.domain, using: &random) }
      let tape = Tape()
      let result = type.record(values.map { tape.input($0) })
      let names = row.operands.map(\.name) + ["z"]
      let edges = tape.edges(into: Int(result.index))
      for formula in [row.formula, row.computedFormula] {
        expectClose(
          result.value, try value(formula, names, values + [result.value]),
          "\(row.name)\(values): \(formula)")
      }
      for (position, edge) in edges.enumerated() {
        var formulas = [row.partials[position]]
        var arguments = values
        if row.isVariadic {
          // The one for machines is of any operand `x`.
          arguments.swapAt(0, position)
          formulas = position == 0 ? formulas + row.computedPartials : row.computedPartials
        } else {
          formulas.append(row.computedPartials[position])
        }
        let ties = Double(values.count { $0 == result.value })
        for formula in formulas {
          expectClose(
            tape.edge(edge).partial,
            try value(formula, names + ["n"], arguments + [result.value, ties]),
            "\(row.name)\(values): \(formula)")
        }
      }
    }
  }

  @Test func aliases() throws {
    for row in rows where row.condition == nil {
      for name in [row.name] + row.aliases {
        let arguments = row.operands.map { String($0.domain.upperBound) }.joined(separator: ", ")
        let program = Program(Source(name, text: "x0 = 1\ny = \(name)(\(arguments))\nz0 = y * x0"))
        #expect(program.diagnostics().isEmpty, "\(name)")
        let called = Program(
          Source(
            name,
            text: "x0 = \(row.operands[0].domain.upperBound)\ny = np.\(name)(x0"
              + row.operands.dropFirst().map { ", \($0.domain.upperBound)" }.joined() + ")"))
        let trace = try called.trace().trace
        #expect(trace["y"]?.operation == row.operation, "\(name)")
      }
    }
  }

  @Test func keywordsAndDefaults() throws {
    for row in rows where row.condition == nil && !row.isVariadic {
      for (position, operand) in row.operands.enumerated() where position > 0 {
        for keyword in operand.keywords {
          let before = row.operands[..<position].filter { $0.fallback == nil }
            .map { String($0.domain.upperBound) }.joined(separator: ", ")
          let text = "x = \(before)\ny = \(row.name)(x, \(keyword)=\(operand.domain.lowerBound))"
          let (trace, _) = try Program(Source(row.name, text: text)).trace()
          let node = try #require(trace.index(of: "y"))
          let edge = trace.edges(into: node)[trace.edges(into: node).startIndex + position]
          #expect(trace.nodes[edge.source].value == operand.domain.lowerBound, "\(text)")
        }
      }
    }
  }
}
