/// A piece of mathematics that stays together.
struct MathToken {
  /// As the language of formulas writes it.
  var text: String
  var kind: Kind
  /// Where it stands.
  var level: MathText.Level

  enum Kind: Equatable {
    /// A letter, a number, a word.
    case ordinary
    /// A number with a power of ten, which takes no exponent without brackets.
    case power
    /// The name of a function.
    case function
    /// What stands between two operands.
    case sign
    case comma, open, close, prime
    /// The sign of a root, which goes over its operand.
    case root
    /// A gap in the source that mathematics sets by itself.
    case blank
    /// A gap between words.
    case space
  }

  /// What stands under the root at `position`: the inside of the brackets after it, or one token with
  /// its lowered index.
  static func operand(
    after position: Int, in tokens: ArraySlice<MathToken>
  ) -> (operand: ArraySlice<MathToken>, next: Int)? {
    let first = position + 1
    guard first < tokens.endIndex else { return nil }
    if tokens[first].kind != .open {
      var next = first + 1
      while next < tokens.endIndex,
        [.lowered, .tag].contains(tokens[next].level) || tokens[next].kind == .prime
      {
        next += 1
      }
      return tokens[first].kind == .ordinary ? (tokens[first..<next], next) : nil
    }
    var depth = 0
    for next in first..<tokens.endIndex {
      if tokens[next].kind == .open { depth += 1 }
      if tokens[next].kind == .close { depth -= 1 }
      if depth == 0 { return (tokens[(first + 1)..<next], next + 1) }
    }
    return nil
  }
}
