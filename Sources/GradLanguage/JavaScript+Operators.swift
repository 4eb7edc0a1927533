package import GradCore

extension JavaScript {
  /// JavaScript that computes operators of the table: for each `value_NAME(x, y)` and, in one object
  /// `operators` by opcode, `{ value, partials }`, where `partials` are functions of the operands and
  /// the result.
  ///
  /// Operators that others are computed by are defined too. What a row calls by its own name is
  /// `primitive("NAME")`: a function that JavaScript has, or a library beside it. A variadic operator
  /// is `{ fold, share }`: its value of two operands, and the partial of any operand, given the result
  /// and how many operands are equal to it. Where literals take the derivative of a tie, an entry has
  /// `literalsTakeTies: true`, and whoever runs it sees to that. A row with a condition names the opcode of the
  /// `other` outcome.
  ///
  /// - Parameter opcodes: The operators wanted; inputs and constants are passed over.
  /// - Returns: The text of a JavaScript object.
  package static func definitions(of opcodes: Set<Opcode>) -> String {
    var functions: [Opcode: String] = [:]
    var entries: [Opcode: String] = [:]
    var pending = opcodes.filter { $0.type != nil }
    let wanted = pending
    // What these are computed by is found when they are written, and so on: a few rounds at most, each
    // read at once.
    while !pending.isEmpty {
      let found = pending.sorted { $0.rawValue < $1.rawValue }
      let rows = found.compactMap { $0.type?.row }
      pending = []
      let scripts = scripts(of: rows, withPartials: found.map(wanted.contains))
      for (opcode, (row, scripts)) in zip(found, zip(rows, scripts)) {
        functions[opcode] =
          "const \(function(of: row)) = \(definition(of: row, scripts[0], opcode));"
        for script in scripts { pending.formUnion(script.calls) }
        if wanted.contains(opcode) {
          entries[opcode] = "  \(opcode.rawValue): \(entry(of: row, Array(scripts.dropFirst()))),"
        }
      }
      pending.subtract(functions.keys)
    }
    return
      (inOrder(functions) + ["const operators = {"] + inOrder(entries) + ["};"])
      .joined(separator: "\n") + "\n"
  }

  private static func inOrder(_ texts: [Opcode: String]) -> [String] {
    texts.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
  }

  /// For each of `rows` its value, and its partials if they are wanted.
  private static func scripts(
    of rows: [OperatorRow], withPartials isWanted: [Bool]
  ) -> [[JavaScript]] {
    let formulas = zip(rows, isWanted).map { row, isWanted in
      [row.computedFormula] + (isWanted ? row.computedPartials : [])
    }
    let owners = zip(rows, formulas).flatMap { row, formulas in formulas.map { _ in row } }
    var written = scripts(of: Array(formulas.joined())) { index, name in
      owners[index].operands.contains { $0.name == name } || ["z", "n"].contains(name) ? name : nil
    }[...]
    return zip(rows, formulas).map { row, formulas in
      formulas.map { formula in
        guard let script = written.popFirst() ?? nil else {
          preconditionFailure("\(row.name): '\(formula)' cannot be written as JavaScript")
        }
        return script
      }
    }
  }

  private static func definition(
    of row: OperatorRow, _ formula: JavaScript, _ opcode: Opcode
  ) -> String {
    let operands = row.operands.map(\.name).joined(separator: ", ")
    if formula.calls.contains(opcode) { return "primitive(\"\(row.name)\")" }
    return "(\(operands)) => \(formula.text)"
  }

  private static func entry(of row: OperatorRow, _ partials: [JavaScript]) -> String {
    let name = function(of: row)
    let literals = row.literalsTakeTies ? ", literalsTakeTies: true" : ""
    if row.isVariadic {
      return "{ fold: \(name), share: (x, z, n) => \(partials[0].text)\(literals) }"
    }
    let operands = (row.operands.map(\.name) + ["z"]).joined(separator: ", ")
    let functions = partials.map { "(\(operands)) => \($0.text)" }.joined(separator: ", ")
    var other = ""
    if let condition = row.condition,
      let type = OperatorRow.all.first(where: {
        $0.row.operation == row.operation && $0.row.condition == !condition
      })
    {
      other = ", other: \(type.opcode.rawValue)"
    }
    return "{ value: \(name), partials: [\(functions)]\(other)\(literals) }"
  }
}
