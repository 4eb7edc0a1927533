import GradCore

extension Trace {
  /// The operation of node `index` without its operands, as a gate bears it: `×`, `σ`; with a
  /// constant among the operands `+1`, `×−1`, `1/x`.
  func gate(of index: Int, isWired: (Int) -> Bool) -> MathText {
    if nodes[index].opcode == .foreign { return MathText(nodes[index].operation) }
    if let gate = arrayGate(of: index) { return gate }
    guard let row = nodes[index].row else { return MathText() }
    if nodes[index].condition != nil { return MathText(row.operation) }
    let operands = operands(of: index)
    let fixed = operands.filter { !isWired($0) }
    if fixed.isEmpty { return row.gate(operandCount: operands.count) }
    if fixed.count == operands.count {
      return mathFormula(
        of: index, in: nodes[index].call, downTo: { _ in false },
        mention: { MathText(nodes[$0].id) })
    }
    let constant = mathFormula(
      of: fixed[0], in: nodes[fixed[0]].call, downTo: { _ in false },
      mention: { MathText(nodes[$0].id) })
    let isFirst = operands.first == fixed[0]
    // A sum or a quotient beside a sign would seem to end at its first operand.
    let isLoose =
      switch nodes[fixed[0]].row?.spelling {
      case .additive, .multiplicative, .prefix: true
      default: false
      }
    let whole = isLoose || constant.plain.hasPrefix("−") ? MathText("(") + constant + ")" : constant
    switch row.spelling {
    case .additive("+"): return MathText("+") + whole
    case .additive where !isFirst: return MathText("−") + whole
    case .multiplicative("*"): return MathText("×") + (isLoose ? whole : constant)
    case .multiplicative where !isFirst: return MathText("÷") + whole
    case .multiplicative: return (isLoose ? whole : constant) + "/x"
    default:
      return mathFormula(
        of: index, in: nodes[index].call, downTo: isWired, mention: { _ in MathText("x") })
    }
  }
}

extension OperatorRow {
  /// The operator at operands that all come over wires.
  fileprivate func gate(operandCount: Int) -> MathText {
    switch spelling {
    case .additive("+"): return MathText("+")
    case .additive: return MathText("−")
    case .multiplicative("*"): return MathText("×")
    case .multiplicative: return MathText("÷")
    case .prefix: return MathText("×−1")
    case .identity: return MathText("=")
    case .power:
      var text = MathText("x")
      text.append("y", .raised)
      return text
    case .function:
      var text = MathText()
      text.append(unicode: (symbol ?? name).replacing("□", with: "x"))
      return text
    }
  }
}

extension String {
  /// The text with every `letter` replaced.
  fileprivate func replacing(_ letter: Character, with other: Character) -> String {
    String(map { $0 == letter ? other : $0 })
  }
}
