public import GradFigure

/// A place in a drawing: x to the right, y down, in points.
public struct Point: Sendable, Equatable {
  /// From the left edge.
  public var x: Double
  /// From the upper edge.
  public var y: Double

  /// The point at `x` and `y`.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }
  static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y) }
  static func * (a: Point, factor: Double) -> Point { Point(a.x * factor, a.y * factor) }

  /// The distance from the origin.
  var length: Double { (x * x + y * y).squareRoot() }

  /// The same direction, one point long; to the right for the origin.
  var unit: Point { length > 0 ? self * (1 / length) : Point(1, 0) }

  static func between(_ a: Point, _ b: Point, _ t: Double) -> Point { a + (b - a) * t }
}

/// A rectangle along the axes.
public struct Rect: Sendable, Equatable {
  /// The upper left corner.
  public var origin: Point
  /// The width and height.
  public var size: Size

  /// The rectangle of a corner and a size.
  public init(origin: Point, size: Size) {
    self.origin = origin
    self.size = size
  }

  /// The rectangle of a size around its middle.
  public init(center: Point, size: Size) {
    origin = Point(center.x - size.width / 2, center.y - size.height / 2)
    self.size = size
  }

  /// The smallest rectangle around `points`, of which there is one at least.
  init(around points: some Collection<Point>) {
    var (least, most) = (Point(.infinity, .infinity), Point(-.infinity, -.infinity))
    for point in points {
      least = Point(min(least.x, point.x), min(least.y, point.y))
      most = Point(max(most.x, point.x), max(most.y, point.y))
    }
    self.init(origin: least, size: Size(width: most.x - least.x, height: most.y - least.y))
  }

  /// The middle.
  public var center: Point { Point(origin.x + size.width / 2, origin.y + size.height / 2) }
  /// The right edge.
  public var maxX: Double { origin.x + size.width }
  /// The lower edge.
  public var maxY: Double { origin.y + size.height }

  /// Grown by `margin` on each side.
  public func inset(by margin: Double) -> Rect {
    Rect(
      origin: Point(origin.x + margin, origin.y + margin),
      size: Size(width: size.width - 2 * margin, height: size.height - 2 * margin))
  }

  /// The same rectangle elsewhere.
  func moved(by offset: Point) -> Rect { Rect(origin: origin + offset, size: size) }

  /// Whether the two have more than a border in common.
  public func overlaps(_ other: Rect) -> Bool {
    origin.x < other.maxX && other.origin.x < maxX && origin.y < other.maxY
      && other.origin.y < maxY
  }

  /// Whether the straight line from `a` to `b` enters the rectangle.
  func meets(_ a: Point, _ b: Point) -> Bool {
    if max(a.x, b.x) <= origin.x || min(a.x, b.x) >= maxX { return false }
    if max(a.y, b.y) <= origin.y || min(a.y, b.y) >= maxY { return false }
    var (low, high) = (0.0, 1.0)
    /// Leaves of the line what is between two bounds in one direction.
    func clip(_ from: Double, _ step: Double, _ least: Double, _ most: Double) {
      // Level lines that are outside are gone already.
      if step == 0 { return }
      let (first, second) = ((least - from) / step, (most - from) / step)
      low = max(low, min(first, second))
      high = min(high, max(first, second))
    }
    clip(a.x, b.x - a.x, origin.x, maxX)
    clip(a.y, b.y - a.y, origin.y, maxY)
    return low < high
  }

  /// The smallest rectangle around both.
  func union(_ other: Rect) -> Rect {
    let corner = Point(min(origin.x, other.origin.x), min(origin.y, other.origin.y))
    return Rect(
      origin: corner,
      size: Size(
        width: max(maxX, other.maxX) - corner.x, height: max(maxY, other.maxY) - corner.y))
  }
}

extension Range<Int> {
  /// The first index at which `condition` holds, where it holds from some index on.
  func partitioningIndex(where condition: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = (low + high) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
