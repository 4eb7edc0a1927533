import GradFigure

/// What stands below a figure: notes, and the legend in as many rows as it needs.
struct Footer {
  private let notes: [MathText]
  private let rows: [[Figure.LegendItem]]
  /// When the notes appear: with the last derivative, of which they speak.
  private let lastStep: Int

  private static let noteSize = 13.5
  private static let legendSize = 12.0
  private static let lineHeight = 22.0
  private static let signWidth = 28.0
  private static let gap = 18.0

  /// The notes and the legend of `figure`, in rows of at most `width`.
  init(_ figure: Figure, width: Double) {
    notes = figure.notes
    lastStep = figure.lastStep
    var rows = Self.rows(of: figure.legend, within: width)
    // As long as there are no more of them, rows become narrower, until all are about as wide.
    while let widest = rows.map(Self.width).max(), rows.count > 1 {
      let narrower = Self.rows(of: figure.legend, within: widest - 0.01)
      guard narrower.count == rows.count, narrower.allSatisfy({ Self.width(of: $0) < widest })
      else {
        break
      }
      rows = narrower
    }
    self.rows = rows
  }

  /// As few rows as there can be in their order, each as full as it can be.
  private static func rows(
    of items: [Figure.LegendItem], within width: Double
  ) -> [[Figure.LegendItem]] {
    var rows: [[Figure.LegendItem]] = []
    for item in items {
      if let last = rows.last, Self.width(of: last + [item]) <= width {
        rows[rows.count - 1].append(item)
      } else {
        rows.append([item])
      }
    }
    return rows
  }

  private static func width(of row: [Figure.LegendItem]) -> Double {
    row.map(width).reduce(gap * Double(row.count - 1), +)
  }

  var height: Double {
    let lines = Double(notes.count + rows.count)
    return lines == 0 ? 0 : lines * Self.lineHeight + 10
  }

  static func widestNote(of figure: Figure) -> Double {
    let items = figure.legend.map(width)
    return (figure.notes.map { $0.width(size: noteSize) } + items).max() ?? 0
  }

  private static func width(of item: Figure.LegendItem) -> Double {
    signWidth(of: item) + 6 + item.text.width(size: legendSize)
  }

  /// The room of a sign: that of its text, or of a line.
  private static func signWidth(of item: Figure.LegendItem) -> Double {
    sample(of: item.sign)?.width(size: legendSize) ?? signWidth
  }

  /// The text that is a sign; `nil` for one that is drawn.
  private static func sample(of sign: Figure.LegendItem.Sign) -> MathText? {
    switch sign {
    case .partial: MathText("×2")
    case .contribution, .value: MathText("6")
    case .product: MathText("3·2 = 6")
    case .derivative: MathText("3")
    case .moved: MathText("2 → 2.1")
    default: nil
    }
  }

  /// The shapes, below and around `top`, the middle of the upper edge.
  func parts(at top: Point, _ theme: Theme) -> [Drawing.Part] {
    var parts: [Drawing.Part] = []
    var y = top.y + 10 + Self.lineHeight / 2
    for note in notes {
      parts.append(
        Drawing.Part(
          owner: .note, step: lastStep,
          shapes: [Self.text(note, Point(top.x, y), Self.noteSize, .ink, .note)]))
      y += Self.lineHeight
    }
    for row in rows {
      let widths = row.map(Self.width)
      var x = top.x - Self.width(of: row) / 2
      var shapes: [Drawing.Shape] = []
      var faint: [Drawing.Shape] = []
      for (item, width) in zip(row, widths) {
        let sign = Self.sign(item.sign, Point(x + Self.signWidth(of: item) / 2, y), theme)
        if item.sign == .faint { faint += sign } else { shapes += sign }
        let middle = Point(x + (width + Self.signWidth(of: item) + 6) / 2, y)
        shapes.append(Self.text(item.text, middle, Self.legendSize, .muted, .legend))
        x += width + Self.gap
      }
      parts.append(Drawing.Part(owner: .legend, shapes: shapes))
      if !faint.isEmpty {
        parts.append(Drawing.Part(owner: .legend, tone: .faded, shapes: faint))
      }
      y += Self.lineHeight
    }
    return parts
  }

  private static func text(
    _ text: MathText, _ middle: Point, _ size: Double, _ paint: Paint,
    _ kind: Drawing.TextLine.Kind
  ) -> Drawing.Shape {
    .text(
      Drawing.TextLine(
        text: text, anchor: Point(middle.x, middle.y + size * FontMetrics.capitalHeight / 2),
        size: size, isBold: false, paint: paint, kind: kind))
  }

  /// A small sample of what the item explains, around `middle`.
  private static func sign(
    _ sign: Figure.LegendItem.Sign, _ middle: Point, _ theme: Theme
  ) -> [Drawing.Shape] {
    let half = signWidth / 2
    let (left, right) = (Point(middle.x - half, middle.y), Point(middle.x + half, middle.y))
    func line(_ from: Point, _ to: Point, _ paint: Paint, isDashed: Bool) -> [Drawing.Shape] {
      let shaft = Curve(from: from, to: to).shortened(by: Arrowhead.length - 1)
      return [
        .outline(
          .curve(shaft), fill: nil,
          stroke: Drawing.Stroke(paint: paint, width: 1.4, isDashed: isDashed)),
        .outline(
          .polygon(Arrowhead.points(tip: to, from: shaft.end)), fill: paint,
          stroke: nil),
      ]
    }
    func box(_ fill: Paint, isDashed: Bool = false) -> [Drawing.Shape] {
      let box = Rect(center: middle, size: Size(width: 22, height: 14))
      return [
        .outline(
          .box(box, radius: 4), fill: fill,
          stroke: isDashed
            ? Drawing.Stroke(paint: .muted, width: 1, isDashed: true)
            : Drawing.Stroke(paint: .line, width: 1.2))
      ]
    }
    func number(_ paint: Paint, _ kind: Figure.Label.Kind) -> [Drawing.Shape] {
      sample(of: sign).map { [text($0, middle, legendSize, paint, .label(kind))] } ?? []
    }
    switch sign {
    case .forwardLine: return line(left, right, .forward, isDashed: false)
    case .tangentLine: return line(left, right, .backward, isDashed: theme.dashesBackward)
    case .backwardLine: return line(right, left, .backward, isDashed: theme.dashesBackward)
    case .partial, .contribution, .product: return number(.backward, .partial)
    case .value: return number(.signal, .value)
    case .derivative: return number(.backward, .derivative)
    case .moved: return number(.forward, .value)
    case .blank:
      let box = Rect(center: middle, size: Size(width: 22, height: 14))
      return [
        .outline(
          .box(box, radius: 3), fill: .paper,
          stroke: Drawing.Stroke(paint: .muted, width: 0.8))
      ]
    case .input: return box(.inputBox)
    case .inputAgain: return box(.inputBox, isDashed: true)
    case .operation, .faint: return box(.box)
    case .output: return box(.outputBox)
    }
  }
}
