import GradFigure

/// The way of an edge between two boxes.
///
/// Where nothing is in between, one smooth curve from side to side, which leaves and arrives in the
/// direction of the flow: moved by any distance across the flow it never meets itself, so that the
/// lines of a pair do not cross. Elsewhere the way that the layout engine found.
enum Way {
  /// - Parameters:
  ///   - found: The engine's way.
  ///   - direction: Where values flow to.
  ///   - reach: How far the lines of the edge stand from the way on either side.
  ///   - obstacles: The boxes that the edge does not end at.
  static func between(
    _ found: Curve, _ direction: FigureOptions.Direction, reach: Double, obstacles: [Rect]
  ) -> Curve {
    let (start, end) = (found.start, found.end)
    let step = end - start
    let isRight = direction == .right
    let forward = isRight ? step.x : step.y
    if forward < 12 { return found }
    let pull = isRight ? Point(forward / 2, 0) : Point(0, forward / 2)
    let smooth = Curve([start, start + pull, end - pull, end])
    let room = smooth.bounds.inset(by: -reach - 6)
    let line = smooth.polyline(steps: 24).points
    for box in obstacles where box.overlaps(room) {
      let margin = box.inset(by: -reach - 6)
      if zip(line, line.dropFirst()).contains(where: { margin.meets($0, $1) }) { return found }
    }
    return smooth
  }
}
