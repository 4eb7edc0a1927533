/// A sign in the place of a number, for figures whose numbers are filled in later.
///
/// As a number it is one of the many NaNs that no computation makes, so it goes wherever a number goes
/// until ``NumberText`` writes it as ``text``.
package enum NumberSymbol: Sendable, Equatable {
  /// The value of a node of the figure's trace.
  case value(Int)
  /// The value of a node of the figure's trace, in the formula of another.
  case operand(Int)
  /// The derivative of a node of the figure's trace.
  case derivative(Int)
  /// The partial on an edge of the figure's trace.
  case partial(Int)
  /// The contribution on an edge of the figure's trace.
  case contribution(Int)
  /// The sum of the first contributions, `count` of them, to the derivative of a node.
  case sum(node: Int, count: Int)

  private static let letters: [Character] = ["v", "w", "d", "p", "c", "s"]
  private static let mark: UInt64 = 0x1_5A00_0000_0000

  private var parts: (kind: Int, index: Int) {
    switch self {
    case .value(let index): (0, index)
    case .operand(let index): (1, index)
    case .derivative(let index): (2, index)
    case .partial(let index): (3, index)
    case .contribution(let index): (4, index)
    case .sum(let node, let count): (5, node << 12 | min(count, 0xFFF))
    }
  }

  /// The sign as a number.
  package var number: Double {
    let (kind, index) = parts
    return Double(nan: Self.mark | UInt64(kind) << 32 | UInt64(index), signaling: false)
  }

  /// The sign as text: a letter and an index, between U+E000 and U+E001.
  package var text: String { "\u{E000}\(Self.letters[parts.kind])\(parts.index)\u{E001}" }

  /// The sign that `number` is; `nil` for any other number.
  package init?(_ number: Double) {
    let payload = number.bitPattern & 0x3_FFFF_FFFF_FFFF
    guard number.isNaN, payload & ~0xFF_FFFF_FFFF == Self.mark else { return nil }
    let index = Int(payload & 0xFFFF_FFFF)
    switch payload >> 32 & 0xFF {
    case 0: self = .value(index)
    case 1: self = .operand(index)
    case 2: self = .derivative(index)
    case 3: self = .partial(index)
    case 4: self = .contribution(index)
    case 5: self = .sum(node: index >> 12, count: index & 0xFFF)
    default: return nil
    }
  }

  /// A text that begins with a sign, marked to stand in brackets if its number is negative; `nil` for
  /// any other text.
  static func bracketed(_ text: String) -> String? {
    text.hasPrefix("\u{E000}") ? "\u{E000}(" + text.dropFirst() : nil
  }
}
