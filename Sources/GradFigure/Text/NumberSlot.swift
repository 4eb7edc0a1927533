/// A number in a text: how much it is, what it tells, and how it is written.
///
/// A writer prints the text beside it; whoever computes, or fills in other numbers, takes the slot.
public struct NumberSlot: Sendable, Equatable {
  /// The number.
  public var value: Double
  /// What it tells.
  public var role: Role
  /// How many digits it has.
  public var digits: NumberText.Digits
  /// How it stands among what is beside it.
  public var form: Form
  /// What it is of a sum that adds up as printed; `nil` outside of such sums.
  public var part: Part?

  /// What a number tells; indices are those of the figure's trace.
  public enum Role: Sendable, Equatable {
    /// The value of a node.
    case value(Int)
    /// The value of a node, in the formula of another.
    case operand(Int)
    /// The derivative of a node.
    case derivative(Int)
    /// The partial on an edge.
    case partial(Int)
    /// What an edge adds to a derivative.
    case contribution(Int)
    /// The sum of the first contributions, `count` of them, to the derivative of a node.
    case sum(node: Int, count: Int)
    /// The derivative of the output by a node, of an order above 1.
    case higher(Int, order: Int)
    /// An entry of an array, in row-major order.
    case entry(Whole, Int)
    /// Something else.
    case other
  }

  /// What an array tells, as ``Role`` has it of a number.
  public enum Whole: Sendable, Equatable {
    /// The value of a node.
    case value(Int)
    /// The derivative of a node.
    case derivative(Int)
    /// What an edge adds to a derivative.
    case contribution(Int)
    /// The sum of the first contributions to the derivative of a node.
    case sum(node: Int, count: Int)
    /// The derivative of the output by a node, of an order above 1.
    case higher(Int, order: Int)
    /// Something else.
    case other

    /// What a number tells in its place.
    var number: Role {
      switch self {
      case .value(let index): .value(index)
      case .derivative(let index): .derivative(index)
      case .contribution(let index): .contribution(index)
      case .sum(let node, let count): .sum(node: node, count: count)
      case .higher(let index, let order): .higher(index, order: order)
      case .other: .other
      }
    }
  }

  /// What a number is of a sum whose digits make it add up as printed.
  public enum Part: Sendable, Equatable {
    /// One of the terms.
    case term
    /// The sum, with 1 for each term that is added and −1 for each that is subtracted, in the order of the
    /// text and all added where they are left out, and the literals, which are added too.
    case total(signs: [Double] = [], literals: [Double] = [])
  }

  /// How a number stands among what is beside it.
  public enum Form: String, Sendable {
    /// As it is.
    case plain
    /// In brackets if it is negative: `3 · (−2)`.
    case signed
    /// In brackets if it is negative or has a power of ten: `(1.2e−7)²`.
    case power
    /// As a later term of a sum, with the sign before it: ` − 3`.
    case term
    /// In Unicode's raised letters: `⁻²`.
    case letters

    /// `number` in this form.
    func written(_ number: String) -> String {
      var isNegative: Bool { number.unicodeScalars.first == "−" }
      switch self {
      case .plain: return number
      case .signed: return isNegative ? "(\(number))" : number
      case .power: return isNegative || number.contains("e") ? "(\(number))" : number
      case .term: return isNegative ? " − \(number.dropFirst())" : " + \(number)"
      case .letters: return MathText.raised(number)
      }
    }
  }
}

extension NumberText {
  /// `number` as a text that knows what it tells.
  package func text(
    _ number: Double, _ role: NumberSlot.Role = .other, _ digits: Digits = .usual,
    _ part: NumberSlot.Part? = nil
  ) -> MathText {
    MathText(
      NumberSlot(value: number, role: role, digits: digits, form: .plain, part: part),
      text: self(number, digits))
  }
}
