public import GradCore

extension JavaScript {
  /// JavaScript that computes operators of the table: for each `value_NAME(x, y)` and, in one object
  /// `operators` by opcode, `{ value, partials }`, where `partials` are functions of the operands and
  /// the result.
  ///
  /// Operators that others are computed by are defined too. What a row calls by its own name is
  /// `primitive("NAME")`: a function that JavaScript has, or a library beside it. A variadic operator
  /// is `{ fold, share }`: its value of two operands, and the partial of any operand, given the result
  /// and how many operands are equal to it. A row with a condition names the opcode of the
  /// `other` outcome.
  ///
  /// - Parameter opcodes: The operators wanted; inputs and constants are passed over.
  /// - Returns: The text of a JavaScript object.
  public static func definitions(of opcodes: Set<Opcode>) -> String {
    var functions: [Opcode: String] = [:]
    var entries: [Opcode: String] = [:]
    var pending = opcodes.filter { $0.type != nil }
    let wanted = pending
    while let opcode = pending.popFirst() {
      guard functions[opcode] == nil, let type = opcode.type else { continue }
      let row = type.row
      let formula = expression(row.computedFormula, row)
      pending.formUnion(formula.calls.subtracting([opcode]))
      functions[opcode] = "const \(function(of: row)) = \(definition(of: row, formula, opcode));"
      guard wanted.contains(opcode) else { continue }
      let partials = row.computedPartials.map { expression($0, row) }
      for partial in partials { pending.formUnion(partial.calls) }
      entries[opcode] = "  \(opcode.rawValue): \(entry(of: row, partials)),"
    }
    return
      (inOrder(functions) + ["const operators = {"] + inOrder(entries) + ["};"])
      .joined(separator: "\n") + "\n"
  }

  private static func inOrder(_ texts: [Opcode: String]) -> [String] {
    texts.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
  }

  private static func expression(_ text: String, _ row: OperatorRow) -> JavaScript {
    let names = row.operands.map(\.name) + ["z", "n"]
    guard let script = JavaScript(text, names: { names.contains($0) ? $0 : nil }) else {
      preconditionFailure("\(row.name): '\(text)' cannot be written as JavaScript")
    }
    return script
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
    if row.isVariadic { return "{ fold: \(name), share: (x, z, n) => \(partials[0].text) }" }
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
    return "{ value: \(name), partials: [\(functions)]\(other) }"
  }
}
