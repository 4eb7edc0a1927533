import GradFigure

/// Finds for each label a place at its line where it meets the fewest other things.
struct LabelPlacement {
  /// A line that labels stand at or keep away from.
  struct Line {
    var edge: Int
    /// Whether it is the backward one of a pair.
    var isBackward: Bool
    var line: Curve.Polyline
    /// The corners of its arrowhead.
    var head: [Point]
  }

  /// One label of an edge.
  struct Label {
    /// Which edge it belongs to.
    var edge: Int
    /// The line it stands at.
    var line: Curve.Polyline
    /// Whether that line is the backward one of a pair.
    var isBackward: Bool
    var label: Figure.Label
    /// Where on the line it would best be.
    var wish: Double
  }

  private var obstacles = ObstacleGrid()
  private let bounds: Rect

  /// - Parameters:
  ///   - boxes: What no label may cover.
  ///   - lines: The lines of each edge, which other labels should not cover.
  ///   - bounds: What labels leave only for a good reason.
  init(boxes: [Rect], lines: [Line], bounds: Rect) {
    self.bounds = bounds
    for box in boxes { obstacles.insert(box: box) }
    for line in lines {
      for (a, b) in zip(line.line.points, line.line.points.dropFirst()) {
        obstacles.insert(
          .init(edge: line.edge, isBackward: line.isBackward, isHead: false, from: a, to: b))
      }
      for (a, b) in zip(line.head, line.head.dropFirst() + line.head.prefix(1)) {
        obstacles.insert(
          .init(edge: line.edge, isBackward: line.isBackward, isHead: true, from: a, to: b))
      }
    }
  }

  /// The room of each label, and how many things are still covered by one.
  func places(for labels: [Label]) -> (boxes: [Rect], conflicts: Int) {
    var places = labels.map { $0.place(at: $0.wish, Label.Offset(side: $0.isOnLine ? 0 : 1)) }
    var grid = LabelGrid()
    // Each is placed among the others as they stand; a few rounds settle them.
    for round in 0..<4 {
      var hasMoved = false
      for (index, label) in labels.enumerated() {
        if round > 0 { grid.remove(index, places[index]) }
        let place = bestPlace(for: label, among: grid)
        if place != places[index] { (places[index], hasMoved) = (place, true) }
        grid.insert(index, place)
      }
      if !hasMoved { break }
    }
    var conflicts = 0
    for (index, label) in labels.enumerated() {
      conflicts += obstacles.conflicts(of: places[index], label)
      conflicts += grid.conflicts(of: places[index], index)
    }
    return (places, conflicts)
  }

  private static let costOfConflict = 1_000.0

  private func bestPlace(for label: Label, among others: LabelGrid) -> Rect {
    let offsets = label.offsets
    var best = (cost: Double.infinity, box: label.place(at: label.wish, offsets[0]))
    // The nearest come first, so that most of the others cannot be better and are not looked at.
    let places = label.distances.map {
      (distance: $0, away: abs($0 - label.wish) / max(1, label.line.length) * 40)
    }
    for (distance, away) in places.sorted(by: { $0.away < $1.away }) {
      if away >= best.cost { break }
      for offset in offsets {
        var cost = away + offset.cost
        if cost >= best.cost { continue }
        let box = label.place(at: distance, offset)
        if !bounds.contains(box) { cost += 60 }
        cost += Double(obstacles.conflicts(of: box, label)) * Self.costOfConflict
        cost += Double(others.conflicts(of: box)) * Self.costOfConflict
        if cost < best.cost { best = (cost, box) }
      }
    }
    return best.box
  }
}

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

extension Rect {
  fileprivate func contains(_ other: Rect) -> Bool {
    other.origin.x >= origin.x && other.origin.y >= origin.y && other.maxX <= maxX
      && other.maxY <= maxY
  }
}

/// Boxes and lines that stay where they are.
private struct ObstacleGrid {
  struct Line {
    let edge: Int
    let isBackward: Bool
    let isHead: Bool
    let from: Point
    let to: Point
  }

  /// What is in one square.
  private struct Content {
    var boxes: [Rect] = []
    var lines: [Line] = []
  }

  private var squares: [Squares.Key: Content] = [:]

  mutating func insert(box: Rect) {
    for square in Squares(box: box) { squares[square, default: Content()].boxes.append(box) }
  }

  mutating func insert(_ line: Line) {
    let corner = Point(min(line.from.x, line.to.x), min(line.from.y, line.to.y))
    let box = Rect(
      origin: corner,
      size: Size(width: abs(line.to.x - line.from.x), height: abs(line.to.y - line.from.y)))
    for square in Squares(box: box) { squares[square, default: Content()].lines.append(line) }
  }

  /// How many things a label would cover: boxes, lines that are not its own, and any arrowhead.
  ///
  /// Its own line it may cover if it has a plate.
  func conflicts(of room: Rect, _ label: LabelPlacement.Label) -> Int {
    let near = room.inset(by: -1)
    // A few at most: a set would cost more than it saves.
    var met: [Int] = []
    var isOnBox = false
    for square in Squares(box: near) {
      guard let content = squares[square] else { continue }
      if !isOnBox { isOnBox = content.boxes.contains { near.overlaps($0) } }
      for line in content.lines {
        let isOwn = line.edge == label.edge && line.isBackward == label.isBackward
        if isOwn, label.isOnLine, !line.isHead { continue }
        let name = 2 * line.edge + (line.isBackward ? 1 : 0)
        if near.meets(line.from, line.to), !met.contains(name) { met.append(name) }
      }
    }
    return met.count + (isOnBox ? 1 : 0)
  }
}

/// The labels placed so far.
private struct LabelGrid {
  private var labels: [Squares.Key: [(index: Int, box: Rect)]] = [:]

  mutating func insert(_ index: Int, _ box: Rect) {
    for square in Squares(box: box) { labels[square, default: []].append((index, box)) }
  }

  mutating func remove(_ index: Int, _ box: Rect) {
    for square in Squares(box: box) { labels[square]?.removeAll { $0.index == index } }
  }

  /// How many labels besides `own` have room in common with `room`.
  func conflicts(of room: Rect, _ own: Int? = nil) -> Int {
    let near = room.inset(by: -1)
    var met: [Int] = []
    for square in Squares(box: near) {
      for other in labels[square] ?? [] where other.index != own && near.overlaps(other.box) {
        if !met.contains(other.index) { met.append(other.index) }
      }
    }
    return met.count
  }
}
