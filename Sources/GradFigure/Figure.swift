public import GradCore

/// What to draw: boxes with text and the edges between them, with sizes but without places.
///
/// Lengths are in points of a figure, one CSS pixel each at scale 1.
public struct Figure: Sendable {
  /// The nodes and edges that the figure shows, with their numbers.
  public var trace: Trace
  /// The nodes, in program order.
  public var nodes: [Node]
  /// The edges, by target and operand.
  public var edges: [Edge]
  /// Where values flow to.
  public var direction: FigureOptions.Direction
  /// Into how many rows a long flow is broken.
  public var rows = FigureOptions.Rows.ifLong
  /// The page that it is to fit.
  public var page: PageShape?
  /// Whether things have less room between them.
  package var isTight = false
  /// Whether derivatives go back from the output or forward with the values.
  public var mode: FigureOptions.Mode
  /// Which of the two flows is drawn.
  public var show: FigureOptions.Show
  /// The line above the figure.
  public var title: MathText?
  /// What the figure is, in one line of words.
  public var heading: String
  /// What the figure says, forward and backward with every number, in words.
  public var summary: String
  /// The language of its words (BCP 47).
  public var language: String
  /// The last step, if the figure is shown one step at a time; step 0 shows what is given.
  public var lastStep: Int
  /// Lines below the figure.
  public var notes: [MathText] = []
  /// How many boxes there are although fewer are wanted, for nothing more can be folded; `nil` if they
  /// are few enough.
  public var excess: Int?
  /// What the signs of the figure mean; empty if it is not to be said.
  public var legend: [LegendItem] = []
  /// The calls whose bodies are drawn open, outermost first; each encloses nodes of the figure.
  public var callBoxes: [CallBox]
  /// The inputs that share a box.
  public var tables: [Table] = []

  /// A node: a box of rows.
  public struct Node: Sendable {
    /// The node of ``Figure/trace`` it stands for, alone or with others.
    public var traceNode: Int
    /// Whether it is the one that stands for the whole node: not a gate beside it, nor a wire's end.
    public var isMain = true
    /// The open call in whose body it is drawn, an index in the trace's calls.
    public var scope: Int?
    /// What the node is in the computation.
    public var role: Role
    /// The outline.
    public var shape: Shape
    /// The cells, row by row from the top.
    public var rows: [[Cell]]
    /// The value and the chain rule at this node, and what else there is to say, in lines.
    public var explanation: [String]
    /// The step in which its value is computed, from 1; 0 for what is given.
    public var step: Int
    /// The step after which its derivative is known.
    public var derivativeStep: Int
    /// Whether it is an input that is drawn again, lightly, near where it is used.
    public var isRepeated = false
    /// Whether it is drawn faintly, because it has no part in what is shown.
    public var isFaded = false
    /// Whether it belongs to the backward pass, where that is a computation of its own.
    public var isBackward = false
    /// Whether a value that is not finite begins here.
    public var isMarked = false
    /// What is printed in it.
    public var data: [(key: DataKey, value: String)]

    /// The explanation as plain text.
    public var tooltip: String { explanation.joined(separator: "\n") }

    /// The lines of the title, where they have rows of their own.
    package var titleRows: ArraySlice<[Cell]> {
      rows.prefix { $0.count == 1 && $0[0].kind == .title }
    }

    /// The rows above the line of a box; none of a box of one row.
    package var headRows: ArraySlice<[Cell]> {
      rows.count > 1 ? rows.prefix(max(1, titleRows.count)) : []
    }

    /// The height of these rows.
    package var headHeight: Double { headRows.reduce(0) { $0 + $1[0].size.height } }

    /// Whether edges end at its sides; at others they end where they meet the outline, or the name.
    public var hasSides: Bool { shape == .box || shape == .record || shape == .row }

    /// Where the cell stands that edges lead to, if that is one of several: it is in the middle of the
    /// node, and the other cells are around it.
    package var middle: (row: Int, column: Int)? {
      let kind: Cell.Kind? =
        switch shape {
        case .circle: .gate
        case .plain: .title
        case .box, .record, .row: nil
        }
      guard let kind else { return nil }
      for (row, cells) in rows.enumerated() {
        if let column = cells.firstIndex(where: { $0.kind == kind }) { return (row, column) }
      }
      return nil
    }

    /// The width and height of all rows together.
    public var size: Size {
      if let middle { return size(around: middle) }
      return Size(
        width: rows.reduce(0) { max($0, $1.reduce(0) { $0 + $1.size.width }) },
        height: rows.reduce(0) { $0 + $1.height })
    }

    /// The width and height with a cell in the middle.
    private func size(around middle: (row: Int, column: Int)) -> Size {
      func width(_ cells: some Sequence<Cell>) -> Double { cells.reduce(0) { $0 + $1.size.width } }
      func height(_ rows: some Sequence<[Cell]>) -> Double {
        rows.reduce(0) { $0 + $1.height }
      }
      let row = rows[middle.row]
      let beside = max(width(row[..<middle.column]), width(row[(middle.column + 1)...]))
      let beyond = max(height(rows[..<middle.row]), height(rows[(middle.row + 1)...]))
      return Size(
        width: max(row[middle.column].size.width + 2 * beside, rows.map { width($0) }.max() ?? 0),
        height: height([row]) + 2 * beyond)
    }
  }

  /// What something that is printed tells.
  public enum DataKey: String, Sendable { case name, value, derivative, partial, fold }

  /// What a node is in the computation.
  public enum Role: String, Sendable { case input, operation, output }

  /// The outline of a node.
  public enum Shape: Sendable {
    /// A box with round corners, a line below its title.
    case box
    /// A box with round corners, lines between its cells.
    case record
    /// A row of a table, or a column of one where values flow down.
    case row
    /// A circle around the gate; other cells are above and below it, or beside it.
    case circle
    /// No outline.
    case plain
  }

  /// What stands in a cell of a node, or at an edge.
  public enum Content: Sendable {
    /// A line of text, set in the middle.
    case line(MathText)
    /// A box to write a number into, behind what stands before it: `db = `.
    case blank(lead: MathText)
    /// An array, with what stands before it.
    case array(ArrayBlock)

    /// The line of text; for a number that is left out what stands before it.
    public var text: MathText {
      switch self {
      case .line(let text), .blank(let text): text
      case .array(let block): block.line
      }
    }

    /// How wide it is without what surrounds it.
    func width(size: Double, bold: Bool = false) -> Double {
      if case .array(let block) = self { return block.size.width }
      return text.width(size: size, bold: bold)
    }

    /// Whether the number is left out.
    public var isBlank: Bool { if case .blank = self { true } else { false } }

    /// Whether the number, or an entry of an array, is left out.
    public var hasBlank: Bool {
      if case .array(let block) = self { return block.hasBlank }
      return isBlank
    }

    /// The same as a line of text, with `□` for a number that is left out.
    public var line: MathText { isBlank ? "\(text)□" : text }
  }

  /// One part of a node: a text, or what else stands in a room of its own.
  public struct Cell: Sendable {
    /// What the text is.
    public var kind: Kind
    /// What stands in it.
    public var content: Content
    /// The room it has.
    public var size: Size
    /// The font size.
    public var fontSize: Double
    /// Whether it is set bold.
    public var isBold: Bool
    /// What stands at the right of a title, small and grey: the shape of an array.
    public var aside: MathText?

    /// The font size of what stands at the right of a title.
    public static let asideSize = 11.0
    /// From a border to a title with something at its right, and from that to the other border.
    public static let asidePadding = 12.0

    /// What a text in a node is.
    public enum Kind: String, Sendable {
      case title, value, derivative, gate

      /// What the number in it tells; `nil` where there is none.
      public var dataKey: DataKey? {
        switch self {
        case .value: .value
        case .derivative: .derivative
        case .title, .gate: nil
        }
      }
    }
  }

  /// An edge: the way of a value forward and of a derivative back.
  public struct Edge: Sendable {
    /// The edge of ``Figure/trace`` it stands for.
    public var traceEdge: Int?
    /// Where values come from, an index in ``Figure/nodes``.
    public var source: Int
    /// Where values go to, an index in ``Figure/nodes``.
    public var target: Int
    /// Whether the flows have a line each or share one.
    public var line: Line
    /// Whether a derivative goes over it; data has none, and its edges have a forward line alone.
    public var hasDerivative = true
    /// Whether there is a backward line beside the forward one.
    public var isPair: Bool { line == .pair && hasDerivative }
    /// What stands at the edge.
    public var labels: [Label]
    /// The chain rule at this edge, in lines.
    public var explanation: [String]
    /// Whether it is drawn faintly, because it has no part in what is shown.
    public var isFaded = false
    /// Whether its backward line is drawn faintly, because no derivative goes over it.
    public var isBackwardFaded = false
    /// The step in which the derivative goes back over it.
    public var step: Int
    /// The partial as printed.
    public var partial: String
    /// What goes over its line.
    public var flow = Flow.value

    /// The explanation as plain text.
    public var tooltip: String { explanation.joined(separator: "\n") }
  }

  /// What goes over the line of an edge.
  public enum Flow: Sendable {
    /// A value, on its way to the output.
    case value
    /// A derivative, where the backward pass is a computation of its own.
    case derivative
    /// A value that the backward pass uses.
    case saved
    /// Nothing: it only says which node stands first, and is not drawn.
    case order
  }

  /// Whether the flows of an edge have a line each or share one.
  public enum Line: Sendable {
    /// A forward and a backward line, side by side.
    case pair
    /// One line, forward.
    case wire
  }

  /// A text at an edge.
  public struct Label: Sendable {
    /// What the text is.
    public var kind: Kind
    /// What stands there.
    public var content: Content
    /// The font size.
    public var fontSize: Double
    /// Where it stands.
    public var place: Place
    /// The room that the text takes.
    public internal(set) var size: Size

    /// A text at an edge.
    public init(kind: Kind, text: MathText, fontSize: Double, place: Place) {
      self.kind = kind
      content = .line(text)
      self.fontSize = fontSize
      self.place = place
      size = Size(width: text.width(size: fontSize) + 5, height: fontSize * 1.15)
    }

    /// What a text at an edge is.
    public enum Kind: String, Sendable { case partial, value, derivative, shape }

    /// Where a text at an edge stands.
    public enum Place: Sendable {
      /// On the backward line, on a plate.
      case onBackward
      /// On the forward line, on a plate, where there is room.
      case onForward
      /// Beside the line, above it or to its left.
      case above
      /// Beside the line, below it or to its right.
      case below
    }
  }

  /// The body of a call, drawn open.
  public struct CallBox: Sendable {
    /// The call, an index in the trace's calls.
    public var call: Int
    /// What is written on the outline.
    public var title: MathText
    /// What is written on its other outlines, where the body goes on in another row.
    public var continuedTitle: MathText
    /// The nodes inside, indices in ``Figure/nodes``.
    public var nodes: [Int]
  }
}

/// A width and a height.
public struct Size: Sendable, Equatable {
  /// The width.
  public var width: Double
  /// The height.
  public var height: Double

  /// A size of a width and a height.
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}
