import GradFigure

extension LabelPlacement.Label {
  /// How far beside its line a label stands.
  struct Offset {
    /// In units of the distance at which the whole text just clears the line; above or to the left
    /// if positive.
    var side: Double
    /// Farther still, in points.
    var extra = 0.0
    var cost = 0.0
  }

  var isOnLine: Bool { label.place == .onBackward }

  /// Where a label may stand beside its line, best first.
  var offsets: [Offset] {
    switch label.place {
    case .onBackward:
      [
        Offset(side: 0), Offset(side: 0.5, cost: 8), Offset(side: -0.5, cost: 8),
        Offset(side: 0.8, cost: 12), Offset(side: -0.8, cost: 12),
        Offset(side: 1, extra: 1, cost: 14), Offset(side: -1, extra: 1, cost: 14),
        Offset(side: 1, extra: 5, cost: 20), Offset(side: -1, extra: 5, cost: 20),
      ]
    case .above: [Offset(side: 1, extra: 2), Offset(side: 1, extra: 7, cost: 14)]
    case .below: [Offset(side: -1, extra: 2), Offset(side: -1, extra: 7, cost: 14)]
    }
  }

  /// Where along its line a label may stand: clear of the ends, if the line is long enough.
  var distances: [Double] {
    let length = line.length
    let size = label.size
    let (_, direction) = line.at(length / 2)
    let extent = abs(direction.x) * size.width / 2 + abs(direction.y) * size.height / 2
    let reach = min(length / 2, max(8, extent + 4))
    let steps = max(1, Int((length - 2 * reach) / 3))
    return (0...steps).map { reach + (length - 2 * reach) * Double($0) / Double(steps) }
  }

  /// The room of the label at `distance` along its line.
  func place(at distance: Double, _ offset: Offset) -> Rect {
    let (point, direction) = line.at(distance)
    let size = label.size
    if offset.side == 0 { return Rect(center: point, size: size) }
    // Up, or to the left where the line runs down.
    var normal = Point(direction.y, -direction.x)
    if normal.y > 0.01 || abs(normal.y) <= 0.01 && normal.x > 0 { normal = normal * -1 }
    let clear = abs(normal.x) * size.width / 2 + abs(normal.y) * size.height / 2
    let reach = offset.side * clear + (offset.side > 0 ? offset.extra : -offset.extra)
    return Rect(center: point + normal * reach, size: size)
  }
}
