public import GradCore

/// How a trace is to be drawn.
public struct FigureOptions: Sendable {
  /// What counts as a node; `nil` chooses: operations where a single statement computes and the
  /// others are inputs, else statements.
  public var detail: Detail?
  /// Which calls of the program's functions are drawn open.
  public var folding = Folding()
  /// How many nodes are drawn at most where some can be folded into one box; `nil` draws all.
  ///
  /// Folded are first the calls that are open without having been asked for, then repeats of the same
  /// part of the program, then what is given to the same nodes, then what ``focus`` has no part in.
  public var maxNodes: Int?
  /// The shape of nodes and edges.
  public var style = Style.lecture
  /// How derivatives are called.
  public var notation = Notation.dvar
  /// What stands on backward edges.
  public var edgeLabels = EdgeLabels.partial
  /// How numbers are written.
  public var numbers = NumberText()
  /// The room that an entry of an array has at least, for other numbers than it was drawn with.
  ///
  /// `nil` where numbers stay. Else arrays that are not written out are told by their shape alone.
  package var entryRoom: Double?
  /// How arrays are drawn.
  public var arrays = Arrays.auto
  /// How many entries an array has at most that is written out.
  public var entries = 24
  /// How inputs are drawn that feed one and the same node.
  public var inputs = Inputs.auto
  /// Where values flow to; `nil` for to the right, or where the figure is larger on the page that it is
  /// to fit.
  public var direction: Direction?
  /// Into how many rows, or columns, a long flow is broken.
  public var rows = Rows.ifLong
  /// The page that the figure is to fit: of several ways to place it, the one is chosen whose smallest
  /// text is largest there; `nil` for none.
  public var fit: PageShape?
  /// Which of the two flows is drawn; positions do not depend on it.
  public var show = Show.both
  /// How many characters the title of a box has in a line at most, unless it has a longer name.
  ///
  /// Longer titles have two or three lines, and the longest ones leave out their middle terms.
  public var titleWidth = 34
  /// Whether inputs are drawn again, lightly, where they are used far from their first use.
  public var repeatsInputs = false
  /// The line above the figure; `nil` for none.
  public var title: String?
  /// The name or the id of a node whose paths to the output are lit, while all else is faint.
  public var focus: String?
  /// Whether derivatives go backward, those of the output, or forward, those by ``wrt``.
  public var mode = Mode.reverse
  /// The names or ids of the inputs by which the output is differentiated; empty for what the program
  /// marks.
  ///
  /// The other inputs are data, which has no derivative in the figure. In forward mode it is the one
  /// number by which all nodes are differentiated: a node, or an entry of an array, `X[0, 1]`.
  public var wrt: [String] = []
  /// The highest order of the derivatives that inputs show, from 1 to 3.
  public var order = 1
  /// How the backward pass is drawn.
  public var backward = Backward.edges
  /// A node that is moved, so that the figure shows every value before and after.
  public var nudge: Nudge?
  /// The numbers that are left out, for the reader to fill in.
  public var blanks = Blanks()
  /// Whether the signs of the figure are explained below it.
  public var hasLegend = false
  /// The language of all words that are not the program's own.
  public var language = Language.english

  /// The defaults.
  public init() {}

  /// In forward mode the number by which all nodes are differentiated: the one called ``wrt``, a node or an
  /// entry of an array, or the only input that is no data; `nil` if there is none.
  public func seed(in trace: Trace) -> Trace.Place? {
    if mode == .reverse { return nil }
    let names = wrt.isEmpty ? trace.parameters.map { trace.nodes[$0].id } : wrt
    return names.count == 1 ? try? trace.number(named: names[0], Self.forwardPurpose) : nil
  }

  /// What takes one number, in messages.
  package static let forwardPurpose = "forward mode differentiates by"

  /// The trace with what ``wrt`` names as its parameters; as it is without, and in forward mode.
  public func marked(_ trace: Trace) -> Trace {
    if mode == .forward || wrt.isEmpty { return trace }
    return trace.marking(parameters: wrt.compactMap { trace.index(of: $0) })
  }

  /// What stands on backward edges.
  public enum EdgeLabels: String, Sendable, CaseIterable {
    /// `×2`: what the derivative is multiplied by on its way back.
    case partial
    /// `6`: what the edge adds to the derivative it leads to.
    case contribution
    /// `3·2 = 6`: both.
    case product
    /// Nothing.
    case none
  }

  /// The two ways to differentiate.
  public enum Mode: String, Sendable, CaseIterable {
    /// The derivative of the output by every node, from the output back.
    case reverse
    /// The derivative of every node by one of them, along with the values.
    case forward
  }

  /// How the backward pass is drawn.
  public enum Backward: String, Sendable, CaseIterable {
    /// As edges that lead back over the computation.
    case edges
    /// As a computation of its own behind the first, with nodes and numbers.
    case graph
  }

  /// Where values flow to.
  public enum Direction: String, Sendable, CaseIterable {
    /// From left to right.
    case right
    /// From top to bottom.
    case down
  }

  /// Into how many rows a flow is broken, each of which leads forward, with lines that return between them.
  public enum Rows: Sendable, Equatable {
    /// Into as many as fit a slide best, where one row is more than four times as wide as high and wider
    /// than a slide.
    case ifLong
    /// Into as many as fit the page best.
    case auto
    /// Into so many.
    case number(Int)
  }

  /// Which of the two flows is drawn.
  public enum Show: String, Sendable, CaseIterable {
    /// Values and derivatives.
    case both
    /// Values alone.
    case forward
    /// Values, and derivatives without the forward edges.
    case backward
  }
}
