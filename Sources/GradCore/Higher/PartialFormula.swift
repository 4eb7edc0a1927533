/// The partial of an operator as it is recorded: a formula over operands by their numbers.
indirect enum PartialFormula: Sendable {
  case number(Double)
  case operand(Int)
  /// The value of the operator itself.
  case result
  case apply(Opcode, [PartialFormula])
  /// The first formula where one of the comparisons holds, else the second.
  case choice([Comparison], PartialFormula, PartialFormula)

  struct Comparison: Sendable {
    var left: PartialFormula
    var sign: RowFormula.Sign
    var right: PartialFormula
  }

  /// A formula of a row; `nil` for one that names something else, as those of variadic rows do.
  init?(_ formula: RowFormula, _ row: OperatorRow) {
    switch formula {
    case .number(let value), .letter(_, let value): self = .number(value)
    case .name("z"): self = .result
    case .name(let name):
      guard let operand = row.operands.firstIndex(where: { $0.name == name }) else { return nil }
      self = .operand(operand)
    case .apply(let opcode, let operands):
      let parts = operands.compactMap { PartialFormula($0, row) }
      guard parts.count == operands.count else { return nil }
      self = .apply(opcode, parts)
    case .choice(let comparisons, let first, let second):
      let own = comparisons.compactMap { comparison -> Comparison? in
        guard let left = PartialFormula(comparison.left, row),
          let right = PartialFormula(comparison.right, row)
        else { return nil }
        return Comparison(left: left, sign: comparison.sign, right: right)
      }
      guard own.count == comparisons.count, let first = PartialFormula(first, row),
        let second = PartialFormula(second, row)
      else { return nil }
      self = .choice(own, first, second)
    }
  }

  /// Whether it is a number everywhere between its kinks.
  var isPiecewiseConstant: Bool {
    switch self {
    case .number: true
    case .operand, .result: false
    case .apply(_, let parts): parts.allSatisfy(\.isPiecewiseConstant)
    case .choice(_, let first, let second):
      first.isPiecewiseConstant && second.isPiecewiseConstant
    }
  }

  /// The value at operands, of which `operand` tells the numbers.
  func value(_ operand: (Int) -> Double, _ result: Double) -> Double {
    switch self {
    case .number(let value): return value
    case .operand(let number): return operand(number)
    case .result: return result
    case .apply(let opcode, let parts):
      let a = parts[0].value(operand, result)
      guard parts.count == 2 else {
        return opcode == .negate ? -a : evaluate(opcode, parts.count, a, operand, parts, result)
      }
      let b = parts[1].value(operand, result)
      return switch opcode {
      case .add: a + b
      case .subtract: a - b
      case .multiply: a * b
      case .divide: a / b
      default: evaluate(opcode, 2, a, operand, parts, result)
      }
    case .choice(let comparisons, let first, let second):
      let holds = comparisons.contains {
        $0.sign.holds($0.left.value(operand, result), $0.right.value(operand, result))
      }
      return (holds ? first : second).value(operand, result)
    }
  }

  /// The value of an operator by its row.
  private func evaluate(
    _ opcode: Opcode, _ count: Int, _ first: Double, _ operand: (Int) -> Double,
    _ parts: [PartialFormula], _ result: Double
  ) -> Double {
    guard let type = opcode.type else { return .nan }
    return type.value(at: [first] + parts.dropFirst().map { $0.value(operand, result) })
  }

  /// The comparisons that choose, in all choices of it.
  var comparisons: [Comparison] {
    switch self {
    case .number, .operand, .result: []
    case .apply(_, let parts): parts.flatMap(\.comparisons)
    case .choice(let own, let first, let second): own + first.comparisons + second.comparisons
    }
  }
}

extension Operator {
  /// The value at some numbers.
  static func value(at operands: [Double]) -> Double {
    var operands = operands
    var result = 0.0
    operands.withUnsafeMutableBufferPointer { buffer in
      withUnsafeMutablePointer(to: &result) { result in
        guard let base = buffer.baseAddress else { return }
        fill(
          OperandBlock(
            count: 1, operands: (0..<buffer.count).map { base + $0 }, result: result))
      }
    }
    return result
  }
}

/// The formulas of the partial by one operand, in the forms that a recording chooses among.
struct PartialForms: Sendable {
  /// The one for readers.
  let plain: PartialFormula?
  /// The one that keeps its digits; `nil` where the one for readers does.
  let smooth: PartialFormula?
  /// Whether both are numbers between kinks, so that the number on the edge is all there is to it.
  let isConstant: Bool

  /// The forms of a row, by operand.
  static func all(of opcode: Opcode) -> [PartialForms] { table[Int(opcode.rawValue)] }

  private static let table: [[PartialForms]] = Opcode.allCases.map { opcode in
    guard let row = opcode.type?.row else { return [] }
    return row.operands.indices.map { operand in
      if row.isVariadic { return PartialForms(plain: nil, smooth: nil, isConstant: true) }
      let (plain, smooth) = (row.partials[operand], row.smoothPartials[operand])
      func formula(_ text: String) -> PartialFormula? {
        RowFormula(text).flatMap { PartialFormula($0, row) }
      }
      // A smooth form that chooses says what holds at a kink, whatever the digits.
      if smooth != row.computedPartials[operand], let chosen = formula(smooth),
        case .choice = chosen
      {
        return PartialForms(plain: chosen, smooth: nil, isConstant: chosen.isPiecewiseConstant)
      }
      let own = formula(plain)
      return PartialForms(
        plain: own, smooth: smooth == plain ? nil : formula(smooth),
        isConstant: own?.isPiecewiseConstant ?? false)
    }
  }
}
