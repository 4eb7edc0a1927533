import GradFigure

extension FlowPlan {
  /// Places the labels: where a gap has a column, in it, and else on their own lines wherever nothing is in
  /// the way; the first that finds no place gives its gap a column, and all lines are drawn again.
  mutating func placeLabels() {
    placeInColumns()
    if task.links.count > Self.mostSearched { return }
    for round in 1...Self.mostRounds {
      var search = LabelSearch(self)
      let full = search.place(&labels, isLast: round == Self.mostRounds)
      if full.isEmpty { return search.placeForward(&labels) }
      for gap in full { hasColumn[gap] = true }
      labels = task.links.map { $0.labels.map { _ in nil } }
      placeRanks()
      redrawRoutes()
      placeInColumns()
    }
  }

  private static let mostRounds = 5

  /// The labels of gaps with a column: all lines are level there and far enough apart.
  private mutating func placeInColumns() {
    for (index, link) in task.links.enumerated() where rooms.labelEnds[index] != .none {
      let isSource = rooms.labelEnds[index] == .source
      guard hasColumn[gap(of: index)], let room = rooms.labelRooms[index] else { continue }
      let port = isSource ? sourcePorts[index] : targetPorts[index]
      // Boxes have no end: where ports are too near each other, labels are left out.
      if room.before + room.after > port.pitch { continue }
      let number = rank[isSource ? link.source : link.target]
      let middle =
        isSource
        ? ends[number] + spreadTo[number] + start(of: index) + room.along / 2
        : starts[number] - spreadFrom[number] - Self.tip - room.along / 2
      for (place, label) in link.labels.enumerated() where label.place != .onForward {
        labels[index][place] = self.room(of: label, at: Point(middle, port.v), half: port.half)
      }
    }
  }

  /// The room of a label at the lines around `middle`.
  func room(of label: PlacingTask.Label, at middle: Point, half: Double) -> Rect {
    let (length, width) = label.measures(task.isDown)
    let shift: Double =
      switch label.place {
      case .onLine, .onForward: half + LabelRoom.drop(width, half: half)
      case .before: -width / 2 - LabelRoom.distance
      case .after: width / 2 + LabelRoom.distance
      }
    return Rect(
      center: Point(middle.x, middle.y + shift), size: Size(width: length, height: width))
  }
}

/// Looks for places of labels on their own lines, among all that is drawn.
private struct LabelSearch {
  private let plan: FlowPlan
  private var walls: PlaceGrid<Rect>
  private var pieces: PlaceGrid<Piece>
  private let polylines: [[Point]]
  /// How far a curve may be from the straight pieces that stand for it.
  private static let tolerance = 0.4

  private struct Piece {
    var from: Point
    var to: Point
    /// Twice the link's number, and one more for the line that leads back.
    var line: Int
  }

  init(_ plan: FlowPlan) {
    self.plan = plan
    var bounds = plan.task.boxes.indices.map { plan.room(of: $0) }
      .reduce(plan.task.boxes.isEmpty ? Rect(around: [Point(0, 0)]) : plan.room(of: 0)) {
        $0.union($1)
      }
    for pair in plan.lines {
      bounds = bounds.union(pair.forward.bounds).union(pair.backward.bounds)
    }
    let area = bounds.size.width * bounds.size.height
    let cell = max(24, (area / Double(60 * plan.lines.count + 1)).squareRoot())
    pieces = PlaceGrid(bounds, cell: cell)
    walls = PlaceGrid(bounds, cell: 2 * cell)
    var polylines: [[Point]] = []
    for (index, pair) in plan.lines.enumerated() {
      for (line, curve) in [(0, pair.forward), (1, pair.backward)] {
        let points = curve.flattened(within: Self.tolerance)
        polylines.append(points)
        for end in points.indices.dropFirst() {
          let (a, b) = (points[end - 1], points[end])
          pieces.insert(
            Piece(from: a, to: b, line: 2 * index + line), over: Rect(around: [a, b]))
        }
      }
    }
    self.polylines = polylines
    for box in plan.task.boxes.indices {
      let room = plan.room(of: box)
      walls.insert(room, over: room)
    }
    for labels in plan.labels {
      for case let room? in labels { walls.insert(room, over: room) }
    }
    for (_, frame) in plan.clusterRooms.joined() {
      // No label stands on the sides that lines lead through.
      for side in [frame.origin.x, frame.maxX] {
        let wall = Rect(
          origin: Point(side - 1, frame.origin.y), size: Size(width: 2, height: frame.size.height))
        walls.insert(wall, over: wall)
      }
    }
    for rank in plan.breaks {
      // Nor between two rows.
      let wall = Rect(
        origin: Point(plan.bendFrom[rank], bounds.origin.y),
        size: Size(width: plan.bendTo[rank] - plan.bendFrom[rank], height: bounds.size.height))
      walls.insert(wall, over: wall)
    }
    for (link, pair) in zip(plan.task.links, plan.lines) {
      insertHead(pair.forward.end, isForward: true)
      if link.isPair { insertHead(pair.backward.start, isForward: false) }
    }
  }

  private mutating func insertHead(_ tip: Point, isForward: Bool) {
    let length = Arrowhead.length + 1
    let room = Rect(
      origin: Point(isForward ? tip.x - length : tip.x, tip.y - Arrowhead.halfWidth),
      size: Size(width: length, height: 2 * Arrowhead.halfWidth))
    walls.insert(room, over: room)
  }

  /// What is in the way of a label.
  private enum Obstacle: Comparable { case nothing, ownLine, other }

  private func obstacle(_ room: Rect, _ link: Int, isForward: Bool = false) -> Obstacle {
    var found = Obstacle.nothing
    walls.forEach(near: room) { wall in
      if wall.overlaps(room) { found = .other }
      return found != .other
    }
    if found == .other { return .other }
    pieces.forEach(near: room) { piece in
      if isForward {
        if piece.line != 2 * link, room.meets(piece.from, piece.to) { found = .other }
        return found != .other
      }
      if piece.line == 2 * link + 1 || piece.line == 2 * link && found == .ownLine { return true }
      // A single line is both.
      if piece.line == 2 * link, !plan.task.links[link].isPair { return true }
      if room.meets(piece.from, piece.to) {
        found = piece.line == 2 * link ? .ownLine : .other
      }
      return found != .other
    }
    return found
  }

  /// Places what has no place yet; says which gaps need a column, unless this is the last try.
  ///
  /// The last try may let a label cover the other line of its own pair.
  mutating func place(_ labels: inout [[Rect?]], isLast: Bool) -> Set<Int> {
    var full: Set<Int> = []
    for mayCoverOwn in isLast ? [false, true] : [false] {
      for (index, link) in plan.task.links.enumerated() {
        guard let label = link.labels.first, label.place == .onLine, labels[index][0] == nil
        else { continue }
        let gap = plan.gap(of: index)
        if full.contains(gap) { continue }
        if let room = place(label, at: index, mayCoverOwn) {
          labels[index][0] = room
          walls.insert(room, over: room)
        } else if !isLast {
          full.insert(gap)
        }
      }
    }
    return full
  }

  /// Places what stands on forward lines, where there is room without any change.
  mutating func placeForward(_ labels: inout [[Rect?]]) {
    for (index, link) in plan.task.links.enumerated() {
      guard let place = link.labels.firstIndex(where: { $0.place == .onForward }) else { continue }
      let (length, width) = link.labels[place].measures(plan.task.isDown)
      let line = polylines[2 * index]
      var left = line[0].x + FlowPlan.tip
      while left + length < line[line.count - 1].x - FlowPlan.tip {
        let room = Rect(
          center: Point(left + length / 2, height(of: line, at: left + length / 2)),
          size: Size(width: length, height: width))
        if obstacle(room, index, isForward: true) == .nothing {
          labels[index][place] = room
          walls.insert(room, over: room)
          break
        }
        left += 4
      }
    }
  }

  /// A place on the line of link `index`: beside the arrowhead, else the nearest to it that is free.
  private func place(_ label: PlacingTask.Label, at index: Int, _ mayCoverOwn: Bool) -> Rect? {
    let (length, width) = label.measures(plan.task.isDown)
    let line = polylines[2 * index + 1]
    let (start, end) = (line[0].x + FlowPlan.tip, line[line.count - 1].x - 3 - length)
    if end < start { return nil }
    let rank = plan.rank[plan.task.links[index].source]
    var wish = plan.ends[rank] + plan.spreadTo[rank] + FlowPlan.tip
    if plan.arcs[index] != nil { wish = (start + end) / 2 }
    wish = min(max(start, wish), end)
    var distance = 0.0
    while wish + distance <= end || wish - distance >= start {
      for left in distance == 0 ? [wish] : [wish + distance, wish - distance]
      where left >= start && left <= end {
        let height = height(of: line, at: left + length / 2)
        for part in [0, 0.28, 0.45, -0.3] {
          let room = Rect(
            center: Point(left + length / 2, height + part * width),
            size: Size(width: length, height: width))
          let obstacle = obstacle(room, index)
          if obstacle == .nothing || mayCoverOwn && obstacle == .ownLine { return room }
        }
      }
      distance += 5
    }
    return nil
  }

  private func height(of line: [Point], at u: Double) -> Double {
    let next = (1..<line.count - 1).partitioningIndex { line[$0].x >= u }
    let (a, b) = (line[next - 1], line[next])
    return b.x > a.x ? a.y + (b.y - a.y) * (u - a.x) / (b.x - a.x) : a.y
  }
}
