import GradFigure

/// The way of an edge between two boxes.
///
/// Where nothing is in between, one smooth curve from side to side, which leaves and arrives in the
/// direction of the flow: moved by any distance across the flow it never meets itself, so that the
/// lines of a pair do not cross. Elsewhere the way that the layout engine found.
struct Way {
  /// From side to side.
  var curve: Curve
  /// Whether there is room for both lines beside it at their full distance.
  var isOpen: Bool

  /// The way of an edge.
  ///
  /// - Parameters:
  ///   - found: The engine's way.
  ///   - direction: Where values flow to.
  ///   - reach: How far the lines of the edge stand from the way on either side.
  ///   - ends: The boxes that the edge ends at.
  ///   - others: All other boxes.
  /// - Returns: The smooth curve, or the engine's way.
  static func between(
    _ found: Curve, _ direction: FigureOptions.Direction, reach: Double,
    ends: (source: Rect, target: Rect), others: some Sequence<Rect>
  ) -> Way {
    let (start, end) = (found.start, found.end)
    // Straight on to where the widest box of the same rank ends, and from there to the other rank.
    let (leave, arrive) =
      direction == .right
      ? (
        Point(Self.edge(of: ends.source, others, \.x).upper, start.y),
        Point(Self.edge(of: ends.target, others, \.x).lower, end.y)
      )
      : (
        Point(start.x, Self.edge(of: ends.source, others, \.y).upper),
        Point(end.x, Self.edge(of: ends.target, others, \.y).lower)
      )
    let step = arrive - leave
    let forward = direction == .right ? step.x : step.y
    if forward < 24 { return Way(curve: found, isOpen: false) }
    let pull = direction == .right ? Point(forward / 2, 0) : Point(0, forward / 2)
    let smooth = Curve(
      Curve(from: start, to: leave).points + [leave + pull, arrive - pull]
        + Curve(from: arrive, to: end).points)
    let room = smooth.bounds.inset(by: -reach - 6)
    let line = smooth.polyline(steps: 24).points
    for box in others where box.overlaps(room) {
      let margin = box.inset(by: -reach - 6)
      if zip(line, line.dropFirst()).contains(where: { margin.meets($0, $1) }) {
        return Way(curve: found, isOpen: false)
      }
    }
    return Way(curve: smooth, isOpen: true)
  }

  /// How far `box` and the boxes of its rank reach along the flow.
  private static func edge(
    of box: Rect, _ others: some Sequence<Rect>, _ axis: KeyPath<Point, Double>
  ) -> (lower: Double, upper: Double) {
    func range(_ box: Rect) -> (Double, Double) {
      (box.origin[keyPath: axis], Point(box.maxX, box.maxY)[keyPath: axis])
    }
    let own = range(box)
    var (lower, upper) = own
    for other in others {
      let center = other.center[keyPath: axis]
      if center < own.0 || center > own.1 { continue }
      lower = min(lower, range(other).0)
      upper = max(upper, range(other).1)
    }
    return (lower, upper)
  }

  /// The same way elsewhere.
  func moved(by offset: Point) -> Way {
    Way(curve: Curve(curve.points.map { $0 + offset }), isOpen: isOpen)
  }
}
