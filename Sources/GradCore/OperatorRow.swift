/// What the operator table says of an operator besides its rule.
///
/// Formulas are expressions of the language itself, over the operand names of the row and the
/// result `z`; from them come the printed chain rule, LaTeX and the page's JavaScript.
public struct OperatorRow: Sendable {
  /// The name, unique in the table; the function's name in a program: `"multiply"`, `"exp"`.
  public let name: String

  /// The word for the operator in a trace; the name, except where two rows make up one operator.
  public let operation: String

  /// Other names that programs use for it: `["ln"]` for `log`.
  public let aliases: [String]

  /// How a program writes it.
  public let spelling: Spelling

  /// How a figure writes it; `nil` for the spelling set as mathematics.
  ///
  /// The name of a function that is put before its operands in brackets (`"σ"`, `"log₂"`,
  /// `"ReLU"`), or a pattern with `□` in the place of the one operand: `"|□|"`, `"√□"`, `"□²"`.
  /// An operand in a pattern needs brackets unless it is an atom or the pattern encloses it.
  public let symbol: String?

  /// The outcome of the condition that a program writes before the operands, `where(x > 0, x, y)`;
  /// `nil` for an operator without one.
  ///
  /// A condition is no node. The operator has a row for each outcome, with the same operands.
  public let condition: Bool?

  /// The operands in order.
  public let operands: [Operand]

  /// Whether any number of operands, at least one, may stand where the row lists one.
  public let isVariadic: Bool

  /// The value as an expression over the operands: `"x * y"`.
  ///
  /// A variadic row gives that of two operands `x` and `y`.
  public let formula: String

  /// The partial of each operand as an expression over the operands and `z`: `["y", "x"]`.
  ///
  /// A variadic row gives those of two operands `x` and `y`.
  public let partials: [String]

  /// The formula in a form that keeps its digits where the one for readers overflows or cancels,
  /// for machines that compute in another language, as the page does.
  ///
  /// A call of the row itself, such as `exp(x)`, is a function that the other language must have.
  public let computedFormula: String

  /// The partials in such a form.
  ///
  /// A variadic row gives one, of any operand `x`, where `n` operands are equal to the result.
  public let computedPartials: [String]

  /// The partials in a form that keeps its digits and may be differentiated again as often as one likes:
  /// the computed ones, unless these have a kink where the operator has none.
  public let smoothPartials: [String]

  /// Whether the literals among the operands that tie for the result take all of the derivative, and
  /// the others have none, whatever the partials say.
  public let literalsTakeTies: Bool

  /// A row of the table; what is computed is the formulas, unless something else is said.
  public init(
    _ name: String, aliases: [String] = [], spelling: Spelling = .function, symbol: String? = nil,
    operation: String? = nil, condition: Bool? = nil, operands: [Operand],
    isVariadic: Bool = false, formula: String, partials: [String],
    computedFormula: String? = nil, computedPartials: [String]? = nil,
    smoothPartials: [String]? = nil, literalsTakeTies: Bool = false
  ) {
    self.name = name
    self.operation = operation ?? name
    self.condition = condition
    self.aliases = aliases
    self.spelling = spelling
    self.symbol = symbol
    self.operands = operands
    self.isVariadic = isVariadic
    self.formula = formula
    self.partials = partials
    self.computedFormula = computedFormula ?? formula
    self.computedPartials = computedPartials ?? partials
    self.smoothPartials = smoothPartials ?? self.computedPartials
    self.literalsTakeTies = literalsTakeTies
  }
}

extension OperatorRow {
  /// How an operator is written, with Python's precedence.
  public enum Spelling: Sendable, Equatable {
    /// `x + y`, `x - y`.
    case additive(String)
    /// `x * y`, `x / y`.
    case multiplicative(String)
    /// `-x`.
    case prefix(String)
    /// `x**y`.
    case power
    /// `exp(x)`, under the row's name.
    case function
    /// A bare copy: `y = x`.
    case identity
  }

  /// One operand of an operator.
  public struct Operand: Sendable {
    /// The name that formulas use: `x`, `y`, `w`.
    public let name: String
    /// The keywords that programs may give it by: `["negative_slope"]`.
    public let keywords: [String]
    /// The value taken where a program leaves it out; `nil` if it may not.
    public let fallback: Double?
    /// Where tests sample it.
    public let domain: ClosedRange<Double>

    /// An operand with its name in formulas and the range that tests sample.
    public init(
      _ name: String, in domain: ClosedRange<Double>, keywords: [String] = [],
      default fallback: Double? = nil
    ) {
      self.name = name
      self.domain = domain
      self.keywords = keywords
      self.fallback = fallback
    }
  }
}

extension OperatorRow {
  /// Every operator, in the order of their opcodes.
  public static let all: [any Operator.Type] = Opcode.allCases.compactMap { opcode in
    guard let type = opcode.type else { return nil }
    precondition(type.opcode == opcode, "\(type) is the row of \(opcode) and names another opcode")
    return type
  }

  /// The operator that a program calls by `name`, its name or an alias; `nil` if there is none.
  ///
  /// Of an operator with a condition, this is the row for the condition that holds.
  public static func named(_ name: String) -> (any Operator.Type)? { byName[name] }

  /// Every name and alias that a program may call.
  public static var names: [String] { byName.keys.sorted() }

  /// The same in no order, for those who need none.
  package static var unsortedNames: some Sequence<String> { byName.keys }

  private static let byName: [String: any Operator.Type] = {
    var table: [String: any Operator.Type] = [:]
    for type in all where type.row.condition != false {
      for name in [type.row.name] + type.row.aliases { table[name] = type }
    }
    return table
  }()

  /// The words for what made a node, by opcode.
  static let operations: [String] = Opcode.allCases.map { $0.type?.row.operation ?? "\($0)" }

  /// How many operands each operator takes, by opcode; -1 where that is not all there is to know of
  /// them.
  package static let arities: [Int] = Opcode.allCases.map { opcode in
    guard let row = opcode.type?.row, !row.isVariadic, row.condition == nil else { return -1 }
    return row.operands.count
  }

  /// How programs write each operator, by opcode.
  static let spellings: [Spelling?] = Opcode.allCases.map { $0.type?.row.spelling }
}
