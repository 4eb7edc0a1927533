/// A formula of the operator table as a tree over what its row names.
///
/// Rows write formulas as programs do; a tree of one is what computes with it: it is evaluated, or
/// recorded on a tape, without reading text again.
package indirect enum RowFormula: Sendable, Equatable {
  /// A number.
  case number(Double)
  /// A number that keeps its letter: `pi`.
  case letter(String, Double)
  /// An operand by its name in the row, or the result `z`.
  case name(String)
  /// An operator at formulas.
  case apply(Opcode, [RowFormula])
  /// The first formula where one of the comparisons holds, else the second.
  case choice([Comparison], RowFormula, RowFormula)

  /// Two formulas and how they are compared.
  package struct Comparison: Sendable, Equatable {
    var left: RowFormula
    var sign: Sign
    var right: RowFormula
  }

  /// A sign of comparison.
  enum Sign: String, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case unequal = "!="

    func holds(_ a: Double, _ b: Double) -> Bool {
      switch self {
      case .less: a < b
      case .lessOrEqual: a <= b
      case .greater: a > b
      case .greaterOrEqual: a >= b
      case .equal: a == b
      case .unequal: a != b
      }
    }
  }

  /// Reads a formula: `1 - z**2`, `x if x > 0 else y * expm1(x)`.
  ///
  /// - Returns: `nil` for what is no formula, or calls what is not in the table.
  package init?(_ text: String) {
    var reader = RowFormulaReader(text)
    guard let formula = reader.choice(), reader.isAtEnd else { return nil }
    self = formula
  }

  /// The formula of each partial of each row, by opcode; read when the first is asked for.
  private static let partials: [[RowFormula?]] = Opcode.allCases.map { opcode in
    opcode.type?.row.partials.map { RowFormula($0) } ?? []
  }

  /// The formula of the partial by operand `operand` of an operator of the table.
  package static func partial(of opcode: Opcode, by operand: Int) -> RowFormula? {
    let formulas = partials[Int(opcode.rawValue)]
    return formulas.indices.contains(operand) ? formulas[operand] : nil
  }
}

/// Reads formulas with Python's precedence.
private struct RowFormulaReader {
  private var words: ArraySlice<Substring>

  var isAtEnd: Bool { words.isEmpty }

  init(_ text: String) {
    var (words, rest): ([Substring], Substring) = ([], text[...])
    while let first = rest.first {
      var word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
      if word.isEmpty { word = rest.prefix { $0 == first && "*=<>!".contains(first) } }
      if word.isEmpty { word = rest.prefix(1) }
      rest = rest[word.endIndex...]
      if rest.first == "=", ["<", ">", "!"].contains(word) {
        rest = rest.dropFirst()
        word = text[word.startIndex..<rest.startIndex]
      }
      if first != " " { words.append(word) }
    }
    self.words = words[...]
  }

  /// Takes the next word if it is `word`.
  private mutating func take(_ word: Substring) -> Bool {
    guard words.first == word else { return false }
    words.removeFirst()
    return true
  }

  mutating func choice() -> RowFormula? {
    guard let first = sum() else { return nil }
    guard take("if") else { return first }
    // The alternatives, each of comparisons that hold together.
    var alternatives: [[RowFormula.Comparison]] = []
    repeat {
      var together: [RowFormula.Comparison] = []
      repeat {
        guard let left = sum(), let word = words.popFirst(),
          let sign = RowFormula.Sign(rawValue: String(word)), let right = sum()
        else { return nil }
        together.append(.init(left: left, sign: sign, right: right))
      } while take("and")
      alternatives.append(together)
    } while take("or")
    guard take("else"), let second = choice() else { return nil }
    if alternatives.allSatisfy({ $0.count == 1 }) {
      return .choice(alternatives.map { $0[0] }, first, second)
    }
    // What holds together is a choice within a choice.
    return alternatives.reversed().reduce(second) { rest, together in
      together.reversed().reduce(first) { .choice([$1], $0, rest) }
    }
  }

  private mutating func sum() -> RowFormula? {
    var result = product()
    while let left = result {
      let opcode: Opcode
      if take("+") { opcode = .add } else if take("-") { opcode = .subtract } else { break }
      result = product().map { .apply(opcode, [left, $0]) }
    }
    return result
  }

  private mutating func product() -> RowFormula? {
    var result = prefix()
    while let left = result {
      let opcode: Opcode
      if take("*") { opcode = .multiply } else if take("/") { opcode = .divide } else { break }
      result = prefix().map { .apply(opcode, [left, $0]) }
    }
    return result
  }

  private mutating func prefix() -> RowFormula? {
    if take("-") { return prefix().map { .apply(.negate, [$0]) } }
    guard let base = atom() else { return nil }
    guard take("**") else { return base }
    return prefix().map { .apply(.power, [base, $0]) }
  }

  private mutating func atom() -> RowFormula? {
    guard let word = words.popFirst() else { return nil }
    if let number = Double(word) { return .number(number) }
    if word == "(" {
      let inner = choice()
      return take(")") ? inner : nil
    }
    guard word.first?.isLetter == true else { return nil }
    guard take("(") else { return word == "pi" ? .letter("pi", .pi) : .name(String(word)) }
    var operands: [RowFormula] = []
    repeat {
      guard let operand = choice() else { return nil }
      operands.append(operand)
    } while take(",")
    guard take(")"), let row = OperatorRow.named(String(word)),
      row.row.isVariadic || row.row.operands.count == operands.count
    else { return nil }
    return .apply(row.opcode, operands)
  }
}
