import GradFigure

/// A placed flow in its rows: each leads forward, and the lines from one to the next return in a channel
/// between the two.
///
/// Lines of a channel keep their order: the upper one turns farther out at the right, runs lower in the
/// channel, and turns nearer at the left. So none crosses another that it does not cross in one row.
struct FlowRows {
  private(set) var boxes: [Rect]
  private(set) var lines: [LinePair]
  private(set) var labels: [[Rect?]]
  private(set) var clusters: [[Rect]]

  /// How far lines run level at least between a box and where they turn.
  static let least = 8.0
  /// From the parts of a row to the lines that return, and from line to line of a pair and of two.
  static let (margin, pairPitch, pitch) = (12.0, 6.0, 12.0)

  /// Takes the places of a plan apart; O(pieces of lines · log).
  init(_ plan: FlowPlan) {
    boxes = plan.task.boxes.indices.map { plan.room(of: $0) }
    lines = plan.lines
    labels = plan.labels
    clusters = plan.clusterRooms.map { $0.map(\.room) }
    if plan.breaks.isEmpty { return }
    let returns = RowReturns(plan)
    for box in boxes.indices {
      boxes[box] = boxes[box].moved(by: returns.offsets[plan.row(of: plan.rank[box])])
    }
    for (link, pair) in lines.enumerated() { lines[link] = returns.moved(pair, link) }
    labels = labels.map { $0.map { $0.map { $0.moved(by: returns.offsets[returns.row(at: $0)]) } } }
    clusters = plan.clusterRooms.map { $0.map { $0.room.moved(by: returns.offsets[$0.row]) } }
  }
}

/// Where rows stand, and where lines return between them.
private struct RowReturns {
  private let plan: FlowPlan
  /// How far the parts of each row are moved.
  private(set) var offsets: [Point] = []
  /// For each row but the last the lower edge of what is in it, where it stands.
  private var floors: [Double] = []
  /// For each row but the last how far the lines that leave it are apart in all.
  private var widths: [Double] = []
  /// For each link that leaves a row how far its first line is from the first of all, row by row.
  private var places: [[Int: Double]] = []
  /// The ways of links that need not go to the ends of their rows.
  private var shortcuts: RowShortcuts?

  init(_ plan: FlowPlan) {
    self.plan = plan
    let count = plan.breaks.count + 1
    var extents = [(top: Double, bottom: Double)](repeating: (.infinity, -.infinity), count: count)
    func add(_ row: Int, _ top: Double, _ bottom: Double) {
      extents[row] = (min(extents[row].top, top), max(extents[row].bottom, bottom))
    }
    for box in plan.task.boxes.indices {
      let room = plan.room(of: box)
      add(plan.row(of: plan.rank[box]), room.origin.y, room.maxY)
    }
    for case let room? in plan.labels.joined() { add(row(at: room), room.origin.y, room.maxY) }
    for (cluster, rooms) in zip(plan.task.clusters, plan.clusterRooms) {
      let title = plan.task.isDown ? 0 : cluster.title.height + 6
      for (row, room) in rooms { add(row, room.origin.y - title, room.maxY) }
    }
    var leaving = [[(height: Double, link: Int)]](repeating: [], count: count - 1)
    for (link, pair) in plan.lines.enumerated() {
      for line in [pair.forward, pair.backward] {
        visitPieces(of: line, link) { start, row, isTurn in
          if isTurn, line == pair.forward { leaving[row].append((line.points[start].y, link)) }
          for (place, point) in line.points[start...start + 3].enumerated() {
            if !isTurn || place == 0 { add(row, point.y, point.y) }
            if isTurn, place == 3 { add(row + 1, point.y, point.y) }
          }
        }
      }
    }
    for row in leaving.indices {
      leaving[row].sort { ($0.height, $0.link) < ($1.height, $1.link) }
      var (places, width) = ([Int: Double](), 0.0)
      for (_, link) in leaving[row] {
        if !places.isEmpty { width += FlowRows.pitch }
        places[link] = width
        if plan.task.links[link].isPair { width += FlowRows.pairPitch }
      }
      self.places.append(places)
      widths.append(width)
    }
    offsets = [Point(0, 0)]
    for (row, rank) in plan.breaks.enumerated() {
      floors.append(extents[row].bottom + offsets[row].y)
      let top = floors[row] + 2 * FlowRows.margin + widths[row]
      offsets.append(Point(-plan.starts[rank + 1], top - extents[row + 1].top))
    }
    shortcuts = shortcuts(leaving.map { $0.map(\.link) })
  }

  /// The shorter ways of the links that leave each row, from the upper to the lower one.
  private func shortcuts(_ leaving: [[Int]]) -> RowShortcuts {
    var pieces: [RowPiece] = []
    for (link, pair) in plan.lines.enumerated() {
      for isForward in plan.task.links[link].isPair ? [true, false] : [true] {
        let line = isForward ? pair.forward : pair.backward
        visitPieces(of: line, link) { start, row, isTurn in
          if isTurn { return }
          pieces.append(RowPiece(link, isForward: isForward, row, line.points[start...start + 3]))
        }
      }
    }
    var shortcuts = RowShortcuts(plan, pieces) { row(at: $0) }
    for (row, links) in leaving.enumerated() {
      let rank = plan.breaks[row]
      shortcuts.find(
        row,
        links.map { link in
          let place = places[row][link] ?? 0
          return (
            link, plan.bendFrom[rank] + FlowRows.margin + widths[row] - place,
            plan.bendTo[rank] - FlowRows.margin - place
          )
        }, distance: offsets[row + 1].x - offsets[row].x)
    }
    return shortcuts
  }

  /// The row of a label.
  func row(at room: Rect) -> Int {
    (0..<plan.breaks.count).partitioningIndex { plan.bendFrom[plan.breaks[$0]] > room.center.x }
  }

  /// Goes over the pieces of a line: where each begins among its points, its row, and whether it leads to
  /// the next one.
  private func visitPieces(
    of line: Curve, _ link: Int, _ visit: (_ start: Int, _ row: Int, _ isTurn: Bool) -> Void
  ) {
    var row = plan.row(of: plan.rank[plan.task.links[link].source])
    for start in stride(from: 0, to: line.points.count - 1, by: 3) {
      let isTurn =
        row < plan.breaks.count
        && line.points[start].x > plan.bendFrom[plan.breaks[row]] - 0.01
      visit(start, row, isTurn)
      if isTurn { row += 1 }
    }
  }

  /// The lines of a link in its rows.
  func moved(_ pair: LinePair, _ link: Int) -> LinePair {
    let isPair = plan.task.links[link].isPair
    let forward = moved(pair.forward, link, isBackward: false)
    return LinePair(
      forward: forward,
      backward: isPair ? moved(pair.backward, link, isBackward: true) : forward)
  }

  private func moved(_ line: Curve, _ link: Int, isBackward: Bool) -> Curve {
    var points: [Point] = []
    points.reserveCapacity(line.points.count)
    // Up to where a line is drawn already, which came down above its row.
    var drawn = -Double.infinity
    visitPieces(of: line, link) { start, row, isTurn in
      if points.isEmpty { points.append(line.points[start] + offsets[row]) }
      if isTurn {
        var end = line.points[start + 3] + offsets[row + 1]
        drawn = -.infinity
        if shortcuts?.entries[row][link] != nil {
          end.x = levelEnd(of: line, from: start + 3) + offsets[row + 1].x
          drawn = end.x
        }
        turn(&points, end, row, link, isBackward: isBackward)
      } else if line.points[start + 3].x + offsets[row].x > drawn + 0.01 {
        for point in line.points[start + 1...start + 3] { points.append(point + offsets[row]) }
      }
    }
    return Curve(points)
  }

  /// How far a line leads on level from one of its points.
  private func levelEnd(of line: Curve, from start: Int) -> Double {
    var end = start
    while end + 3 < line.points.count,
      line.points[end...end + 3].allSatisfy({ abs($0.y - line.points[start].y) < 0.01 })
    {
      end += 3
    }
    return line.points[end].x
  }

  /// Leads a line from the end of a row to the beginning of the next.
  private func turn(
    _ points: inout [Point], _ end: Point, _ row: Int, _ link: Int, isBackward: Bool
  ) {
    let isPair = plan.task.links[link].isPair
    let place = (places[row][link] ?? 0) + (isBackward ? FlowRows.pairPitch : 0)
    let rest = widths[row] - place
    let own = isBackward ? FlowRows.pairPitch : 0
    let exit = shortcuts?.exits[row][link]
    if exit != nil {
      // What is level before the turn is drawn again, up to there.
      let height = points[points.count - 1].y
      while points.count > 3, points.suffix(4).allSatisfy({ abs($0.y - height) < 0.01 }) {
        points.removeLast(3)
      }
    }
    let start = points[points.count - 1]
    let right = exit.map { $0 - own + offsets[row].x } ?? start.x + FlowRows.margin + rest
    let level = floors[row] + FlowRows.margin + rest
    let left =
      shortcuts?.entries[row][link].map { $0 - own + offsets[row + 1].x }
      ?? plan.bendTo[plan.breaks[row]] + offsets[row + 1].x - FlowRows.margin - place
    // The two lines of a pair turn around one middle.
    let inner = FlowRows.least
    let (first, last) =
      !isPair
      ? (inner, inner)
      : isBackward ? (inner, inner + FlowRows.pairPitch) : (inner + FlowRows.pairPitch, inner)
    let corners: [(Point, Double)] = [
      (Point(right, start.y), first), (Point(right, level), first),
      (Point(left, level), last), (Point(left, end.y), last),
    ]
    for (index, (corner, radius)) in corners.enumerated() {
      let before = index == 0 ? start : corners[index - 1].0
      let after = index == 3 ? end : corners[index + 1].0
      let reach = min(
        radius, (corner - before).length * (index == 0 ? 1 : 0.5),
        (after - corner).length * (index == 3 ? 1 : 0.5))
      let (into, out) = ((corner - before).unit, (after - corner).unit)
      let (from, to) = (corner - into * reach, corner + out * reach)
      points += Curve(from: points[points.count - 1], to: from).points.dropFirst()
      let part = 0.5523
      points += [from + into * (reach * part), to - out * (reach * part), to]
    }
    points += Curve(from: points[points.count - 1], to: end).points.dropFirst()
  }
}
