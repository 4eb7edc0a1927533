public import GradCore

extension Figure {
  /// An array in a cell: what stands where, from the upper left corner of its room.
  public struct ArrayBlock: Sendable {
    /// The array.
    public var array: NumberArray
    /// What stands before it: `dZ = `.
    public var lead: MathText
    /// All in one line, for readers who see no places: `dZ = [[1, 2], [3, 4]]`.
    public var line: MathText
    /// What it is made of, from back to front.
    public var items: [Item] = []
    /// The room it takes.
    public var size = Size(width: 0, height: 0)
    /// The size of its smallest letters.
    public var smallestText = ArrayBlock.entrySize

    /// Whether an entry is left out.
    var hasBlank: Bool { items.contains { if case .blank = $0 { true } else { false } } }

    /// The font size of entries: whole at 96 dots an inch.
    static let entrySize = 12.0

    /// A part of an array, whose places are counted from the block's upper left corner.
    public enum Item: Sendable {
      /// A text around a middle.
      case text(MathText, x: Double, y: Double, size: Double, Ink = .number)
      /// A bracket to the left of a matrix or to its right.
      case bracket(x: Double, y: Double, height: Double, isLeft: Bool)
      /// A box around a middle, to write a number into.
      case blank(x: Double, y: Double, size: Size)
      /// A heat map.
      case heat(HeatMap, x: Double, y: Double, size: Size)
      /// A thin line from left to right or from top to bottom.
      case rule(x: Double, y: Double, length: Double, isVertical: Bool)

      func moved(_ dx: Double, _ dy: Double) -> Item {
        switch self {
        case .text(let text, let x, let y, let size, let ink):
          .text(text, x: x + dx, y: y + dy, size: size, ink)
        case .bracket(let x, let y, let height, let isLeft):
          .bracket(x: x + dx, y: y + dy, height: height, isLeft: isLeft)
        case .blank(let x, let y, let size): .blank(x: x + dx, y: y + dy, size: size)
        case .heat(let map, let x, let y, let size):
          .heat(map, x: x + dx, y: y + dy, size: size)
        case .rule(let x, let y, let length, let isVertical):
          .rule(x: x + dx, y: y + dy, length: length, isVertical: isVertical)
        }
      }
    }

    /// What a text in an array is, which gives it its colour.
    public enum Ink: Sendable {
      /// What the array tells.
      case number
      /// Less important than the numbers.
      case muted
      /// A name beside the numbers.
      case name
    }
  }
}

extension FigureOptions {
  /// How arrays are drawn.
  public enum Arrays: String, Sendable, CaseIterable {
    /// As a matrix of numbers where there are few entries, else as a heat map.
    case auto
    /// As a matrix of numbers.
    case entries
    /// As a heat map.
    case heat
    /// By their shape alone.
    case shape
  }
}

/// Parts of a block that have their places already.
struct ArrayPiece {
  var items: [Figure.ArrayBlock.Item] = []
  var size = Size(width: 0, height: 0)

  /// Puts another piece where its upper left corner is at `x` and `y`.
  mutating func add(_ piece: ArrayPiece, _ x: Double, _ y: Double) {
    items += piece.items.map { $0.moved(x, y) }
    size.width = max(size.width, x + piece.size.width)
    size.height = max(size.height, y + piece.size.height)
  }

  /// A line of text.
  init(_ text: MathText, size fontSize: Double, _ ink: Figure.ArrayBlock.Ink = .number) {
    let width = text.width(size: fontSize)
    size = Size(width: width, height: (fontSize * 1.25).rounded(.up))
    items = [
      .text(text, x: width / 2, y: size.height / 2, size: fontSize, ink)
    ]
  }

  init() {}

  /// The pieces beside each other, their middles in one line.
  init(beside pieces: [ArrayPiece], gap: Double) {
    let height = pieces.map(\.size.height).max() ?? 0
    var x = 0.0
    for piece in pieces where piece.size.width > 0 {
      add(piece, x, (height - piece.size.height) / 2)
      x += piece.size.width + gap
    }
  }

  /// The pieces one below the other, each in the middle.
  init(above pieces: [ArrayPiece], gap: Double) {
    let width = pieces.map(\.size.width).max() ?? 0
    var y = 0.0
    for piece in pieces where piece.size.width > 0 {
      add(piece, (width - piece.size.width) / 2, y)
      y += piece.size.height + gap
    }
  }
}
