/// Words with mathematics between them: `"\(name) is used again"`, where `name` is a ``MathText``.
public struct Prose: Sendable, Equatable {
  /// A stretch of words, or of mathematics.
  public enum Piece: Sendable, Equatable {
    case words(String)
    case math(MathText)
  }

  /// The pieces from left to right.
  public var pieces: [Piece]

  /// A text of one piece of mathematics.
  public init(_ math: MathText) { pieces = [.math(math)] }

  /// A text from its pieces.
  public init(_ pieces: [Piece]) { self.pieces = pieces }

  /// Two texts, one after the other.
  public static func + (a: Prose, b: Prose) -> Prose { Prose(a.pieces + b.pieces) }

  /// The same as plain text.
  public var plain: String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .math(let math): math.plain
      }
    }.joined()
  }

  /// Several pieces of mathematics in a list: `a, b and c`.
  public static func list(_ items: [MathText], comma: String, last: String) -> Prose {
    var pieces: [Piece] = []
    for (position, item) in items.enumerated() {
      if position > 0 { pieces.append(.words(position == items.count - 1 ? last : comma)) }
      pieces.append(.math(item))
    }
    return Prose(pieces)
  }
}

extension Prose: ExpressibleByStringInterpolation {
  /// A text of words alone.
  public init(stringLiteral words: String) { pieces = words.isEmpty ? [] : [.words(words)] }

  /// A text of words, numbers and mathematics.
  public init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  /// Collects the pieces of an interpolated text.
  public struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    /// An empty text.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds words.
    public mutating func appendLiteral(_ words: String) {
      if !words.isEmpty { pieces.append(.words(words)) }
    }

    /// Adds mathematics.
    public mutating func appendInterpolation(_ math: MathText) { pieces.append(.math(math)) }

    /// Adds another text.
    public mutating func appendInterpolation(_ prose: Prose) { pieces += prose.pieces }

    /// Adds a whole number.
    public mutating func appendInterpolation(_ number: Int) { appendLiteral(String(number)) }

    /// Adds words.
    public mutating func appendInterpolation(_ words: String) { appendLiteral(words) }
  }
}
