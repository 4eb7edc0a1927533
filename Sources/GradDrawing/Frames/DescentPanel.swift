import GradFigure

/// What stands beside the figure in frames of gradient descent: the step, the curve of the loss, and the rule
/// by which the parameters are moved.
struct DescentPanel {
  /// The size of the whole picture.
  let size: Size
  /// Where the upper left corner of the figure is.
  let figure: Point
  private let captions: [DescentCaption]
  private let curve: LossCurve
  private let title: Point
  private let rules: Point

  private static let titleSize = 15.0
  private static let titleHeight = 26.0
  private static let ruleSize = 13.5
  private static let ruleHeight = 21.0
  private static let gap = 18.0
  private static let margin = 8.0

  /// A panel beside a figure or below it, whichever is larger on `page`.
  init(
    _ losses: [Double], _ captions: [DescentCaption], axis: MathText, around figure: Size,
    on page: PageShape
  ) {
    self.captions = captions
    let wide = captions.map { $0.title.width(size: Self.titleSize, bold: true) }.max() ?? 0
    let ruleWidth =
      captions.flatMap { $0.rules.map { $0.width(size: Self.ruleSize) } }.max() ?? 0
    let ruleCount = captions.map(\.rules.count).max() ?? 0
    let rulesHeight = Double(ruleCount) * Self.ruleHeight

    // The rule below the curve, all beside the figure.
    let column = Size(width: max(320, wide, ruleWidth).rounded(.up), height: 0)
    let plotHeight = min(
      320, max(180, figure.height - Self.titleHeight - rulesHeight - Self.gap - 2 * Self.margin))
    let columnHeight = Self.titleHeight + plotHeight + Self.gap / 2 + rulesHeight
    let beside = Size(
      width: figure.width + Self.gap + column.width + Self.margin,
      height: max(figure.height, columnHeight + 2 * Self.margin))

    // The rule beside the curve, all below the figure.
    let plotWidth = max(
      300, min(560, figure.width - ruleWidth - 2 * Self.gap - 2 * Self.margin), wide
    ).rounded(.down)
    let rowHeight = max(170, rulesHeight) + Self.titleHeight
    let rowWidth = (plotWidth + 2 * Self.gap + ruleWidth).rounded(.up)
    let below = Size(
      width: max(figure.width, rowWidth + 2 * Self.margin),
      height: figure.height + Self.gap / 2 + rowHeight + Self.margin)

    func scale(_ size: Size) -> Double { min(page.width / size.width, page.height / size.height) }
    let room: Rect
    if scale(beside) >= scale(below) {
      size = beside
      self.figure = Point(0, (beside.height - figure.height) / 2)
      title = Point(figure.width + Self.gap, (beside.height - columnHeight) / 2)
      room = Rect(
        origin: Point(title.x, title.y + Self.titleHeight),
        size: Size(width: column.width, height: plotHeight))
      rules = Point(title.x, room.maxY + Self.gap / 2)
    } else {
      size = below
      self.figure = Point((below.width - figure.width) / 2, 0)
      title = Point((below.width - rowWidth) / 2, figure.height + Self.gap / 2)
      room = Rect(
        origin: Point(title.x, title.y + Self.titleHeight),
        size: Size(width: plotWidth, height: rowHeight - Self.titleHeight))
      rules = Point(
        room.maxX + 2 * Self.gap, room.origin.y + (room.size.height - rulesHeight) / 2)
    }
    curve = LossCurve(losses, axis: axis, in: room)
  }

  /// What stands in every frame.
  var parts: [Drawing.Part] { curve.parts }

  /// What stands in the frame at `position`.
  func parts(at position: Int) -> [Drawing.Part] {
    let caption = captions[position]
    var lines = [
      Self.text(
        caption.title, left: title.x, baseline: title.y + Self.titleSize, Self.titleSize,
        isBold: true)
    ]
    for (index, rule) in caption.rules.enumerated() {
      lines.append(
        Self.text(
          rule, left: rules.x,
          baseline: rules.y + Double(index) * Self.ruleHeight + Self.ruleSize, Self.ruleSize,
          isBold: false))
    }
    return [curve.part(at: caption.step), Drawing.Part(owner: .curve, shapes: lines)]
  }

  private static func text(
    _ text: MathText, left: Double, baseline: Double, _ size: Double, isBold: Bool
  ) -> Drawing.Shape {
    let width = text.width(size: size, bold: isBold)
    return .text(
      Drawing.TextLine(
        text: text, anchor: Point(left + width / 2, baseline), size: size, isBold: isBold,
        paint: .ink, kind: .curve))
  }
}
