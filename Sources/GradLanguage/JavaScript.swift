package import GradCore

import GradBase

/// An expression of the language written as JavaScript.
///
/// Operators with a sign become JavaScript's, but for the power, which is `power(x, y)`: `**` takes no
/// signed operand there, and NaN to the power of 0 differs. Another operator of the table is called
/// by ``function(of:)``, whose definition ``definitions(of:)`` writes.
package struct JavaScript: Sendable, Equatable {
  /// The expression.
  package let text: String
  /// The operators that it calls, by their opcodes.
  package let calls: Set<Opcode>

  /// Writes `expression`; `nil` for a text that is no expression, or that calls or names what
  /// JavaScript would not know.
  ///
  /// - Parameters:
  ///   - expression: An expression of the language; conditions may be values.
  ///   - names: How each name that is no constant is written; `nil` for one that is not known.
  package init?(_ expression: String, names: (String) -> String?) {
    guard let script = Self.scripts(of: [expression], names: { names($1) })[0] else { return nil }
    self = script
  }

  /// Writes expressions that are read all at once; `nil` for each that cannot be written.
  ///
  /// - Parameters:
  ///   - expressions: Expressions of the language; where one is none, nothing is written.
  ///   - names: How a name is written in the expression of a number; `nil` for one that is not known.
  /// - Returns: As many scripts as expressions.
  static func scripts(
    of expressions: [String], names: (_ expression: Int, _ name: String) -> String?
  ) -> [JavaScript?] {
    let lines = expressions.enumerated().map { "value\($0) = \($1)" }
    let program = Program(Source("expressions", text: lines.joined(separator: "\n")))
    guard !program.syntax.hasErrors, program.tree.statements.count == expressions.count,
      program.tree.values.count == expressions.count
    else { return expressions.map { _ in nil } }
    return program.tree.values.enumerated().map { index, value in
      JavaScript(program, root: Int(value.root)) { names(index, $0) }
    }
  }

  private init?(_ program: Program, root: Int, names: (String) -> String?) {
    var text = ""
    var calls: Set<Opcode> = []
    var isKnown = true
    Formula.write(root) { node in
      guard let template = program.script(at: node, names, &calls) else {
        isKnown = false
        return .atom("")
      }
      return template
    } to: { piece in
      if case .text(let part) = piece { text += part }
    }
    guard isKnown else { return nil }
    self.text = text
    self.calls = calls
  }

  /// The JavaScript function that computes the operator of `row`.
  package static func function(of row: OperatorRow) -> String {
    "value_\(String(row.name.map { $0 == "." ? "_" : $0 }))"
  }
}

extension Program {
  /// How node `index` is written as JavaScript.
  fileprivate func script(
    at index: Int, _ names: (String) -> String?, _ calls: inout Set<Opcode>
  ) -> Formula.Template? {
    let node = tree.nodes[index]
    let (first, second, third) = (Int(node.first), Int(node.second), Int(node.third))
    switch node.kind {
    case .number: return .literal(Self.number(numbers[first]))
    case .truth: return .atom(first == 1 ? "true" : "false")
    case .name:
      let name = self.names[node.first]
      if let known = names(name) { return .atom(known) }
      return vocabulary.constant(of: node.first).map { .literal(Self.number($0)) }
    case .attribute:
      guard isModule(node.first, { _ in nil }) else { return nil }
      return vocabulary.constant(of: node.second).map { .literal(Self.number($0)) }
    case .plus: return Formula.Template(.prefix, [.node(first, least: .prefix)])
    case .not: return Formula.Template(.prefix, [.text("!"), .node(first, least: .power)])
    case .negate: return Formula.Template(.prefix, [.text("-"), .node(first, least: .power)])
    case .power: return .call("power", [first, second])
    case .conditional:
      return Formula.Template(
        .lowest,
        [
          .node(second, least: .additive), .text(" ? "), .node(first, least: .additive),
          .text(" : "), .node(third, least: .additive),
        ])
    case .call: return scriptOfCall(Int32(index), names, &calls)
    case .string, .tuple, .none, .list, .dictionary, .subscript, .slice, .ellipsis, .lambda,
      .comprehension, .starred, .floorDivide, .modulo, .matrixMultiply, .bitAnd, .bitOr, .contained,
      .notContained,
      .identical, .notIdentical:
      return nil
    default: break
    }
    if let row = arithmeticRow(node.kind)?.row { return row.programTemplate([first, second]) }
    if node.isChained {
      // `a < b < c` is `a < b and b < c`.
      let middle = Int(tree.nodes[first].second)
      return Formula.Template(
        .lowest,
        [
          .node(first, least: .additive), .text(" && "), .node(middle, least: .additive),
          .text(" \(sign(of: node.kind)) "), .node(second, least: .additive),
        ])
    }
    return Formula.Template(
      .lowest,
      [
        .node(first, least: .additive), .text(" \(sign(of: node.kind)) "),
        .node(second, least: .additive),
      ])
  }

  /// A comparison, or `and` and `or`.
  private func sign(of kind: SyntaxTree.Kind) -> String {
    switch kind {
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .equal: "==="
    case .notEqual: "!=="
    case .and: "&&"
    default: "||"
    }
  }

  private func scriptOfCall(
    _ index: Int32, _ names: (String) -> String?, _ calls: inout Set<Opcode>
  ) -> Formula.Template? {
    guard
      let resolution = try? resolve(
        index, { name in names(self.names[name]) == nil ? nil : .value })
    else { return nil }
    guard case .row(let type) = resolution.callee else {
      return Formula.Template(.lowest, [.node(Int(resolution.written[0]), least: .lowest)])
    }
    var pieces: [Formula.Piece] = []
    if resolution.condition >= 0 {
      let operands = resolution.order.map { Int(resolution.written[$0]) }
      return Formula.Template(
        .lowest,
        [
          .node(Int(resolution.written[resolution.condition]), least: .additive), .text(" ? "),
          .node(operands[0], least: .additive), .text(" : "),
          .node(operands[1], least: .additive),
        ])
    }
    calls.insert(type.opcode)
    for (position, argument) in resolution.order.enumerated() {
      if position > 0 { pieces.append(.text(", ")) }
      if argument >= 0 {
        pieces.append(.node(Int(resolution.written[argument]), least: .lowest))
      } else if let fallback = type.row.operands[position].fallback {
        pieces.append(.text(Self.number(fallback)))
      }
    }
    return Formula.Template(
      .atom, [.text("\(JavaScript.function(of: type.row))(")] + pieces + [.text(")")])
  }

  private static func number(_ number: Double) -> String {
    if number.isFinite { return shortestText(number) }
    return number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity"
  }
}
