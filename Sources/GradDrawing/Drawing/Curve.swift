import GradFigure

/// A chain of cubic Bézier curves: a start, then three points a piece.
public struct Curve: Sendable, Equatable {
  /// The points, `1 + 3n` of them with n ≥ 1.
  public var points: [Point]

  /// The chain through `points`.
  public init(_ points: [Point]) {
    precondition(points.count >= 4 && points.count % 3 == 1, "a Bézier chain has 1 + 3n points")
    self.points = points
  }

  /// A straight line.
  public init(from a: Point, to b: Point) {
    points = [a, Point.between(a, b, 1 / 3), Point.between(a, b, 2 / 3), b]
  }

  /// Where the chain begins.
  public var start: Point { points[0] }
  /// Where the chain ends.
  public var end: Point { points[points.count - 1] }
  /// The number of pieces.
  var count: Int { points.count / 3 }
  /// The same way back.
  var reversed: Curve { Curve(points.reversed()) }

  /// The same way elsewhere.
  func moved(by offset: Point) -> Curve { Curve(points.map { $0 + offset }) }

  /// The four points of piece `index`.
  private func piece(_ index: Int) -> (Point, Point, Point, Point) {
    (points[3 * index], points[3 * index + 1], points[3 * index + 2], points[3 * index + 3])
  }

  /// The point of piece `index` at `t` from 0 to 1.
  private func point(_ index: Int, _ t: Double) -> Point {
    let (a, b, c, d) = piece(index)
    let u = 1 - t
    return a * (u * u * u) + b * (3 * u * u * t) + c * (3 * u * t * t) + d * (t * t * t)
  }

  /// The chain as a polyline, with the length up to each of its points.
  struct Polyline {
    var points: [Point]
    var lengths: [Double]
    /// The first piece, and how many lines stand for one.
    var first: Int
    var steps: Int
    var length: Double { lengths[lengths.count - 1] }

    /// The piece of a point and its parameter.
    func parameter(_ index: Int) -> (piece: Int, t: Double) {
      if index == 0 { return (first, 0) }
      let (piece, step) = (index - 1).quotientAndRemainder(dividingBy: steps)
      return (first + piece, Double(step + 1) / Double(steps))
    }

    /// The place at `distance` along the line, and the direction there.
    func at(_ distance: Double) -> (point: Point, direction: Point) {
      var (low, high) = (0, lengths.count - 1)
      while high - low > 1 {
        let middle = (low + high) / 2
        if lengths[middle] <= distance { low = middle } else { high = middle }
      }
      let span = lengths[high] - lengths[low]
      let t = span > 0 ? min(1, max(0, (distance - lengths[low]) / span)) : 0
      return (
        Point.between(points[low], points[high], t), (points[high] - points[low]).unit
      )
    }
  }

  /// The chain as a polyline of `steps` straight lines a piece, or what follows its first pieces.
  func polyline(from first: Int = 0, steps: Int = 16) -> Polyline {
    var line = Polyline(points: [points[3 * first]], lengths: [0], first: first, steps: steps)
    let most = (count - first) * steps + 1
    line.points.reserveCapacity(most)
    line.lengths.reserveCapacity(most)
    var (last, length) = (points[3 * first], 0.0)
    for index in first..<count {
      for step in 1...steps {
        let point = point(index, Double(step) / Double(steps))
        length += (point - last).length
        last = point
        line.lengths.append(length)
        line.points.append(point)
      }
    }
    return line
  }

  /// Points of the chain between which straight lines are nowhere farther from it than `tolerance`.
  func flattened(within tolerance: Double) -> [Point] {
    var found = [start]
    for index in 0..<count {
      let (a, b, c, d) = piece(index)
      // Over 1/n of a piece a line is at most 1/(8n²) of the second derivative away, and that is at most six
      // times the larger of its two differences.
      let bend = max((a - b * 2 + c).length, (b - c * 2 + d).length)
      let steps = max(1, Int((0.75 * bend / tolerance).squareRoot().rounded(.up)))
      for step in 1...steps { found.append(point(index, Double(step) / Double(steps))) }
    }
    return found
  }

  /// The chain without its last `length` points, and the point where it then ends.
  func shortened(by length: Double) -> Curve {
    // Most often the last piece alone is long enough.
    var line = polyline(from: count - 1)
    if count > 1, line.length * 0.7 <= length { line = polyline() }
    let target = max(line.length * 0.3, line.length - length)
    guard let stop = line.lengths.firstIndex(where: { $0 >= target }), stop > 0 else { return self }
    let (piece, later) = line.parameter(stop)
    let before = line.parameter(stop - 1)
    let earlier = before.piece == piece ? before.t : 0
    let span = line.lengths[stop] - line.lengths[stop - 1]
    let part = span > 0 ? (target - line.lengths[stop - 1]) / span : 1
    let (a, b, c, d) = self.piece(piece)
    let t = earlier + (later - earlier) * part
    let (ab, bc, cd) = (
      Point.between(a, b, t), Point.between(b, c, t), Point.between(c, d, t)
    )
    let (abc, bcd) = (Point.between(ab, bc, t), Point.between(bc, cd, t))
    return Curve(Array(points[...(3 * piece)]) + [ab, abc, Point.between(abc, bcd, t)])
  }

  /// The rectangle of all points that control the chain.
  var bounds: Rect { Rect(around: points) }
}
