public import GradFigure

/// A finished picture as plain values: shapes in their places, each with the part of the figure that
/// it belongs to, and colours by what they stand for.
public struct Drawing: Sendable {
  /// The width and height.
  public var size: Size
  /// The shapes, part by part, from back to front.
  public var parts: [Part]
  /// The theme that gives paints their colours.
  public var theme: Theme
  /// Whether the paper is painted.
  public var hasBackground: Bool
  /// What the figure is, in one line of words.
  public var heading: String
  /// What the figure says, in words.
  public var summary: String
  /// The figure it shows.
  public var figure: Figure
  /// How many labels are left out, since the figure is too dense for them.
  public var missingLabels = 0

  /// The shapes of one node, edge or title.
  public struct Part: Sendable {
    /// What it is, and of what.
    public var owner: Owner
    /// What is printed in it.
    public var data: [(key: Figure.DataKey, value: String)] = []
    /// What it says to who asks, in lines.
    public var explanation: [String] = []
    /// How strongly it is drawn.
    public var tone = Tone.full
    /// The step in which it appears, if the figure is shown one step at a time.
    public var step = 0
    /// Which of ``Frames`` show it, by position; `nil` for all of them.
    public var frames: Range<Int>?
    /// The room of a node, or of an edge's label.
    public var box: Rect?
    /// The whole way of an edge's line, up to the tip of its arrowhead.
    public var way: Curve?
    /// The shapes from back to front.
    public var shapes: [Shape]

    /// The explanation as plain text.
    public var tooltip: String { explanation.joined(separator: "\n") }

    /// Every line of text, those of arrays among them.
    package var texts: [TextLine] {
      var texts: [TextLine] = []
      for shape in shapes {
        switch shape {
        case .text(let line): texts.append(line)
        case .array(let array): for case .text(let line) in array.shapes { texts.append(line) }
        case .outline, .shade: break
        }
      }
      return texts
    }
  }

  /// What a part is, and of what.
  public enum Owner: Sendable, Equatable {
    /// A node of the figure.
    case node(Int)
    /// The forward line of an edge of the figure.
    case forward(Int)
    /// The backward line of an edge of the figure.
    case backward(Int)
    /// A text at an edge of the figure.
    case label(Int, Figure.Label.Kind)
    /// A number in a node of the figure that comes and goes by itself, in frames.
    case number(Int, Figure.Cell.Kind)
    /// The outline of a node of the figure, by itself.
    case outline(Int)
    /// The body of a call.
    case callBox(Int)
    /// The outline and the heads of a table of the figure.
    case table(Int)
    /// The line above the figure.
    case caption
    /// A line below the figure that sums up.
    case note
    /// A row of the legend.
    case legend
    /// What a frame says, below the figure.
    case sentence
    /// The curve of a loss, and what stands around it.
    case curve
  }

  /// A shape with its colours.
  public enum Shape: Sendable, Equatable {
    /// An outline.
    case outline(Outline, fill: Paint?, stroke: Stroke?)
    /// A line of text.
    case text(TextLine)
    /// The cells of a heat map that have one shade; `nil` for what is not finite.
    case shade(Path, Int?)
    /// An array, which comes and goes as a whole.
    case array(ArrayShape)
  }

  /// The shapes of an array.
  public struct ArrayShape: Sendable, Equatable {
    /// What the array tells.
    public var kind: Figure.Cell.Kind
    /// The array in one line of text.
    public var line: MathText
    /// The step in which it appears.
    public var step: Int
    /// Its room.
    public var box: Rect
    /// The shapes from back to front.
    public var shapes: [Shape]
  }

  /// The form of an outline.
  public enum Outline: Sendable, Equatable {
    /// A box whose corners are rounded.
    case box(Rect, radius: Double)
    /// A circle.
    case circle(center: Point, radius: Double)
    /// Straight lines and curves.
    case path(Path)
  }

  /// An outline of straight lines and curves.
  public struct Path: Sendable, Equatable {
    /// The steps, of which the first is a move.
    public var steps: [Step]

    /// A step of the pen.
    public enum Step: Sendable, Equatable {
      case move(Point)
      case line(Point)
      case curve(Point, Point, Point)
      case close
    }
  }

  /// How a line is drawn.
  public struct Stroke: Sendable, Equatable {
    /// The colour.
    public var paint: Paint
    /// The width in points.
    public var width: Double
    /// Whether the line is broken.
    public var isDashed = false
  }

  /// A line of text around a middle.
  public struct TextLine: Sendable, Equatable {
    /// The characters.
    public var text: MathText
    /// Where the middle of the line stands on the baseline.
    public var anchor: Point
    /// The font size.
    public var size: Double
    /// Whether it is bold.
    public var isBold: Bool
    /// The colour.
    public var paint: Paint
    /// What the text is.
    public var kind: Kind
    /// The step in which it appears, if that is later than its part's.
    public var step = 0
    /// The width of the cell that it stands in; `nil` where it has as much as it needs.
    public var room: Double?

    /// What a text is.
    public enum Kind: Sendable, Equatable {
      /// A text in a node.
      case cell(Figure.Cell.Kind)
      /// A text at an edge.
      case label(Figure.Label.Kind)
      /// What is written on the outline of an open call.
      case callTitle
      /// What stands above the columns of a table.
      case heading
      /// The shape of an array, beside a title.
      case shape
      case caption, note, legend, sentence, curve
    }

    /// The width by our own table.
    public var width: Double { text.width(size: size, bold: isBold) }

    /// The room that letters of other widths have in the row of a node, without its padding.
    package var roomInOtherLetters: Double { room.map { max(width, $0 - 14) } ?? width + 4 }

    /// The room that letters take: from capitals to descenders, as wide as the line.
    public var box: Rect {
      Rect(
        origin: Point(anchor.x - width / 2, anchor.y - size * FontMetrics.capitalHeight),
        size: Size(
          width: width, height: size * (FontMetrics.capitalHeight + FontMetrics.descent)))
    }
  }
}

extension Drawing.Outline {
  /// A chain of curves.
  static func curve(_ curve: Curve) -> Drawing.Outline {
    var steps: [Drawing.Path.Step] = []
    steps.reserveCapacity(curve.count + 1)
    steps.append(.move(curve.start))
    for index in stride(from: 1, to: curve.points.count, by: 3) {
      steps.append(
        .curve(curve.points[index], curve.points[index + 1], curve.points[index + 2]))
    }
    return .path(Drawing.Path(steps: steps))
  }

  /// A closed polygon.
  static func polygon(_ points: [Point]) -> Drawing.Outline {
    .path(
      Drawing.Path(steps: points.enumerated().map { $0 == 0 ? .move($1) : .line($1) } + [.close]))
  }
}

extension Drawing.Path {
  /// A box whose corners are rounded.
  package init(_ box: Rect, radius: Double) {
    let reach = radius * 0.5523  // A Bézier curve is then a circle's quarter to 0.03 %.
    let (left, top, right, bottom) = (box.origin.x, box.origin.y, box.maxX, box.maxY)
    steps = [
      .move(Point(left + radius, top)), .line(Point(right - radius, top)),
      .curve(
        Point(right - radius + reach, top), Point(right, top + radius - reach),
        Point(right, top + radius)),
      .line(Point(right, bottom - radius)),
      .curve(
        Point(right, bottom - radius + reach), Point(right - radius + reach, bottom),
        Point(right - radius, bottom)),
      .line(Point(left + radius, bottom)),
      .curve(
        Point(left + radius - reach, bottom), Point(left, bottom - radius + reach),
        Point(left, bottom - radius)),
      .line(Point(left, top + radius)),
      .curve(
        Point(left, top + radius - reach), Point(left + radius - reach, top),
        Point(left + radius, top)),
      .close,
    ]
  }
}
