/// What the operator table says of an operator besides its rule.
///
/// Formulas are expressions of the language itself, over the operand names of the row and the
/// result `z`; from them come the printed chain rule, LaTeX and the page's JavaScript.
public struct OperatorRow: Sendable {
  /// The name in a trace, and in a program where it is spelled as a function: `"multiply"`, `"exp"`.
  public let name: String

  /// Other names that programs use for it: `["ln"]` for `log`.
  public let aliases: [String]

  /// How a program writes it.
  public let spelling: Spelling

  /// How a figure writes it; by default the spelling set as mathematics.
  public let symbol: String?

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

  /// A row of the table.
  public init(
    _ name: String, aliases: [String] = [], spelling: Spelling = .function, symbol: String? = nil,
    operands: [Operand], isVariadic: Bool = false, formula: String, partials: [String]
  ) {
    self.name = name
    self.aliases = aliases
    self.spelling = spelling
    self.symbol = symbol
    self.operands = operands
    self.isVariadic = isVariadic
    self.formula = formula
    self.partials = partials
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
  /// Every operator, in the order of their opcodes, which begin at 2.
  public static let all: [any Operator.Type] =
    arithmetic

  /// The operator that wrote `opcode` on a tape; `nil` for inputs and constants.
  public static func of(_ opcode: Opcode) -> (any Operator.Type)? {
    opcode < 2 ? nil : all[Int(opcode) - 2]
  }
}
