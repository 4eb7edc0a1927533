import GradFigure

/// How often each two lines cross, apart from where they meet in a node.
struct Crossings {
  /// Two edges, the earlier one first.
  struct Pair: Hashable {
    var first: Int
    var second: Int
  }

  /// The number of crossings of each two edges that cross.
  private(set) var pairs: [Pair: Int] = [:]
  /// The number of all crossings.
  var count: Int { pairs.values.reduce(0, +) }

  /// Lines that meet in a node cross or touch near it as they may.
  private static let meeting = 30.0

  /// - Parameters:
  ///   - curves: The line of each edge.
  ///   - edges: The edges.
  init(_ curves: [Curve], _ edges: [Figure.Edge]) {
    let lines = curves.map(Line.init)
    for second in curves.indices {
      for first in curves.indices.prefix(second) {
        let count = Self.count(lines[first], edges[first], lines[second], edges[second])
        if count > 0 { pairs[Pair(first: first, second: second)] = count }
      }
    }
  }

  /// How often `curve`, as the line of edge `index`, would cross the lines of the other edges.
  static func count(
    of curve: Curve, _ index: Int, _ curves: [Curve], _ edges: [Figure.Edge]
  ) -> Int {
    let line = Line(curve)
    var count = 0
    for other in curves.indices where other != index {
      count += Self.count(line, edges[index], Line(curves[other]), edges[other])
    }
    return count
  }

  private struct Line {
    let points: [Point]
    let bounds: Rect

    init(_ curve: Curve) {
      points = curve.polyline(steps: 10).points
      bounds = curve.bounds.inset(by: -1)
    }
  }

  private static func count(
    _ a: Line, _ first: Figure.Edge, _ b: Line, _ second: Figure.Edge
  ) -> Int {
    guard a.bounds.overlaps(b.bounds) else { return 0 }
    var meetings: [Point] = []
    let (start, end) = (a.points[0], a.points[a.points.count - 1])
    if first.source == second.source || first.source == second.target { meetings.append(start) }
    if first.target == second.target || first.target == second.source { meetings.append(end) }
    var count = 0
    for (p, q) in zip(a.points, a.points.dropFirst()) {
      for (r, s) in zip(b.points, b.points.dropFirst()) {
        guard let point = crossing(p, q, r, s) else { continue }
        if meetings.allSatisfy({ ($0 - point).length >= meeting }) { count += 1 }
      }
    }
    return count
  }

  /// Where two straight lines cross, if they do.
  private static func crossing(_ p: Point, _ q: Point, _ r: Point, _ s: Point) -> Point? {
    let (a, b, c) = (q - p, s - r, r - p)
    let across = a.x * b.y - a.y * b.x
    if abs(across) < 1e-9 { return nil }
    let (t, u) = ((c.x * b.y - c.y * b.x) / across, (c.x * a.y - c.y * a.x) / across)
    return t >= 0 && t < 1 && u >= 0 && u < 1 ? p + a * t : nil
  }
}
