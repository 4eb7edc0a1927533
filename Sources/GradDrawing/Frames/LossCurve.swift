import GradBase
import GradFigure

/// The curve of a loss over steps: axes, numbers at them, and the way so far.
struct LossCurve {
  /// The loss in each step, from 0.
  private let losses: [Double]
  /// The room of the curve itself, without what stands around it.
  private let plot: Rect
  /// Whether equal ways up are equal factors.
  private let isLogarithmic: Bool
  /// The least and the largest of what is drawn: losses, or their logarithms.
  private let range: ClosedRange<Double>
  private let axis: MathText

  static let tickSize = 12.0
  /// From a number at an axis to the axis.
  private static let gap = 6.0
  /// The height of the numbers below the axis, and of its name.
  private static let footHeight = 34.0
  /// A loss that falls by this factor or more is drawn by its logarithm.
  private static let decades = 100.0
  /// How many points a curve has at most.
  private static let mostPoints = 400

  /// The curve of `losses`, of which there is one at least, in `room`.
  init(_ losses: [Double], axis: MathText, in room: Rect) {
    (self.losses, self.axis) = (losses, axis)
    let (least, most) = (losses.min() ?? 0, losses.max() ?? 0)
    let isLogarithmic = least > 0 && most / least >= Self.decades
    let (low, high) = isLogarithmic ? (log10(least), log10(most)) : (least, most)
    // A loss that stays has room above and below.
    let margin = high > low ? (high - low) * 0.06 : max(1, low.magnitude) * 0.1
    let range = (low - margin)...(high + margin)
    let labels = Self.heights(range, isLogarithmic).map { Self.text($0, isLogarithmic) }
    let width = labels.map { $0.width(size: Self.tickSize) }.max() ?? 0
    (self.isLogarithmic, self.range) = (isLogarithmic, range)
    plot = Rect(
      origin: Point(room.origin.x + width + Self.gap, room.origin.y + 6),
      size: Size(
        width: room.size.width - width - Self.gap - 8,
        height: room.size.height - 6 - Self.footHeight))
  }

  // MARK: Parts

  /// What stands in every frame: the axes with their numbers, and the whole curve.
  var parts: [Drawing.Part] {
    var grid: [Drawing.Shape] = []
    var texts: [Drawing.Shape] = []
    for height in Self.heights(range, isLogarithmic) {
      let y = self.y(ofHeight: height)
      grid.append(Self.line(Point(plot.origin.x, y), Point(plot.maxX, y), .muted, 0.8))
      let text = Self.text(height, isLogarithmic)
      texts.append(
        Self.text(
          text, right: plot.origin.x - Self.gap,
          baseline: y + Self.tickSize * FontMetrics.capitalHeight / 2))
    }
    for step in Self.ticks(in: 0...Double(max(1, losses.count - 1)), most: 5, isWhole: true) {
      let x = self.x(of: step)
      texts.append(Self.line(Point(x, plot.maxY), Point(x, plot.maxY + 4), .line, 1))
      texts.append(
        Self.text(
          MathText(String(Int(step))), middle: x,
          baseline: plot.maxY + 5 + Self.tickSize))
    }
    texts.append(
      Self.text(axis, middle: plot.center.x, baseline: plot.maxY + 8 + 2 * Self.tickSize))
    texts.append(
      Self.line(Point(plot.origin.x, plot.maxY), Point(plot.maxX, plot.maxY), .line, 1.2))
    texts.append(
      Self.line(plot.origin, Point(plot.origin.x, plot.maxY), .line, 1.2))
    return [
      Drawing.Part(owner: .curve, tone: .ghost, shapes: grid),
      Drawing.Part(owner: .curve, shapes: texts),
      Drawing.Part(
        owner: .curve, tone: .faded, shapes: [way(to: losses.count - 1, .forward, 2.4)]),
    ]
  }

  /// What stands in the frame of one step: the way so far, and a mark at its end.
  func part(at step: Int) -> Drawing.Part {
    let here = point(step)
    var shapes: [Drawing.Shape] = [
      .outline(
        .curve(Curve(from: Point(here.x, plot.maxY), to: here)), fill: nil,
        stroke: Drawing.Stroke(paint: .muted, width: 1, isDashed: true))
    ]
    if step > 0 { shapes.append(way(to: step, .forward, 2.4)) }
    shapes.append(
      .outline(
        .circle(center: here, radius: 5), fill: .forward,
        stroke: Drawing.Stroke(paint: .paper, width: 1.5)))
    return Drawing.Part(owner: .curve, shapes: shapes)
  }

  private func way(to step: Int, _ paint: Paint, _ width: Double) -> Drawing.Shape {
    // Of each stretch of a long curve the last point, and the whole of it where it ends.
    let stride = max(1, losses.count / Self.mostPoints)
    var points = Swift.stride(from: 0, through: step, by: stride).map(point)
    if step % stride != 0 { points.append(point(step)) }
    if points.count == 1 { points.append(points[0]) }
    let steps = points.enumerated().map { index, point in
      index == 0 ? Drawing.Path.Step.move(point) : .line(point)
    }
    return .outline(
      .path(Drawing.Path(steps: steps)), fill: nil,
      stroke: Drawing.Stroke(paint: paint, width: width))
  }

  // MARK: Places

  private func point(_ step: Int) -> Point {
    Point(
      x(of: Double(step)),
      y(ofHeight: isLogarithmic ? log10(losses[step]) : losses[step]))
  }

  private func x(of step: Double) -> Double {
    plot.origin.x + plot.size.width * step / Double(max(1, losses.count - 1))
  }

  private func y(ofHeight height: Double) -> Double {
    let share = (height - range.lowerBound) / (range.upperBound - range.lowerBound)
    return plot.maxY - plot.size.height * share
  }

  // MARK: Numbers at the axes

  /// Where numbers stand: of logarithms whole ones, if there are two.
  private static func heights(_ range: ClosedRange<Double>, _ isLogarithmic: Bool) -> [Double] {
    ticks(in: range, most: 5, isWhole: isLogarithmic)
  }

  /// Multiples of 1, 2 or 5 times a power of ten in a range.
  private static func ticks(
    in range: ClosedRange<Double>, most: Int, isWhole: Bool
  ) -> [Double] {
    let span = range.upperBound - range.lowerBound
    var unit = pow(10, log10(span / Double(most)).rounded(.down))
    for factor in [1.0, 2, 5, 10] where span / (unit * factor) <= Double(most) {
      unit *= factor
      break
    }
    if isWhole { unit = max(1, unit) }
    let (first, last) = (
      (range.lowerBound / unit).rounded(.up), (range.upperBound / unit).rounded(.down)
    )
    return first > last ? [] : Swift.stride(from: first, through: last, by: 1).map { $0 * unit }
  }

  private static func text(_ height: Double, _ isLogarithmic: Bool) -> MathText {
    guard isLogarithmic else { return MathText(NumberText()(height)) }
    // Powers near 1 are as easily read as numbers.
    if (-2...3).contains(height) { return MathText(NumberText()(pow(10, height))) }
    var text: MathText = "10"
    text.append(NumberText()(height), .raised)
    return text
  }

  // MARK: Shapes

  private static func line(
    _ from: Point, _ to: Point, _ paint: Paint, _ width: Double
  ) -> Drawing.Shape {
    .outline(
      .curve(Curve(from: from, to: to)), fill: nil,
      stroke: Drawing.Stroke(paint: paint, width: width))
  }

  private static func text(
    _ text: MathText, middle: Double, baseline: Double
  ) -> Drawing.Shape {
    .text(
      Drawing.TextLine(
        text: text, anchor: Point(middle, baseline), size: tickSize, isBold: false, paint: .muted,
        kind: .curve))
  }

  private static func text(_ text: MathText, right: Double, baseline: Double) -> Drawing.Shape {
    Self.text(text, middle: right - text.width(size: tickSize) / 2, baseline: baseline)
  }
}
