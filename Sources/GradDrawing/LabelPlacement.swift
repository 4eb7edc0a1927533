import GradFigure

/// Finds for each edge the places of its labels along the line where they meet the fewest other
/// things.
struct LabelPlacement {
  /// The labels of one edge, which move along its line together.
  struct Labels {
    /// Which edge they belong to.
    var edge: Int
    /// The line they stand at.
    var line: Curve.Polyline
    /// Whether that line is the backward one of a pair.
    var isBackward: Bool
    var labels: [Figure.Label]
    /// Where on the line they would best be.
    var wish: Double

    /// The room of each label, if they stand at `distance` along the line.
    func boxes(at distance: Double) -> [Rect] {
      let (point, direction) = line.at(distance)
      return labels.map { label in
        Rect(center: point + Self.offset(of: label, direction), size: label.size)
      }
    }

    /// From the line to the middle of a label, so far that the whole text clears a sloping line.
    private static func offset(of label: Figure.Label, _ direction: Point) -> Point {
      if label.place == .onBackward { return Point(0, 0) }
      // Up, or to the left where the line runs down.
      var normal = Point(direction.y, -direction.x)
      if normal.y > 0.01 || abs(normal.y) <= 0.01 && normal.x > 0 { normal = normal * -1 }
      let size = label.size
      let reach = abs(normal.x) * size.width / 2 + abs(normal.y) * size.height / 2 + 2
      return normal * (label.place == .above ? reach : -reach)
    }
  }

  private var obstacles = ObstacleGrid()
  private let bounds: Rect

  /// - Parameters:
  ///   - boxes: What no label may cover.
  ///   - lines: The lines of each edge, which other labels should not cover.
  ///   - bounds: What all labels stay in.
  init(boxes: [Rect], lines: [(edge: Int, isBackward: Bool, line: Curve.Polyline)], bounds: Rect) {
    self.bounds = bounds
    for box in boxes { obstacles.insert(box: box) }
    for (edge, isBackward, line) in lines {
      for (a, b) in zip(line.points, line.points.dropFirst()) {
        obstacles.insert(line: .init(edge: edge, isBackward: isBackward, from: a, to: b))
      }
    }
  }

  /// The rooms of the labels of each edge.
  func places(for all: [Labels]) -> [[Rect]] {
    var places = all.map { $0.boxes(at: $0.wish) }
    // Each is placed among the others as they stand; a few rounds settle them.
    for round in 0..<3 {
      var grid = LabelGrid()
      for index in all.indices where round > 0 { grid.insert(index, places[index]) }
      for (index, labels) in all.enumerated() {
        grid.remove(index, places[index])
        places[index] = bestPlace(for: labels, among: grid)
        grid.insert(index, places[index])
      }
    }
    return places
  }

  private func bestPlace(for labels: Labels, among others: LabelGrid) -> [Rect] {
    let length = labels.line.length
    let width = labels.labels.map(\.size.width).max() ?? 0
    let reach = min(length / 2, max(12, width / 2 + 8))
    let steps = max(1, Int((length - 2 * reach) / 4))
    var best = (cost: Double.infinity, boxes: labels.boxes(at: labels.wish))
    for step in 0...steps {
      let distance = reach + (length - 2 * reach) * Double(step) / Double(steps)
      var cost = abs(distance - labels.wish) / max(1, length) * 40
      if cost >= best.cost { continue }
      let boxes = labels.boxes(at: distance)
      for box in boxes {
        cost += obstacles.cost(of: box, edge: labels.edge, isBackward: labels.isBackward)
        cost += others.cost(of: box)
        if !bounds.contains(box) { cost += 2_000 }
      }
      if cost < best.cost { best = (cost, boxes) }
    }
    return best.boxes
  }
}

extension Rect {
  fileprivate func contains(_ other: Rect) -> Bool {
    other.origin.x >= origin.x && other.origin.y >= origin.y && other.maxX <= maxX
      && other.maxY <= maxY
  }
}

/// The squares of a grid, so that only what is near is looked at.
private struct Squares: Sequence {
  let box: Rect
  static let side = 64.0

  struct Key: Hashable {
    let x: Int
    let y: Int
  }

  func makeIterator() -> AnyIterator<Key> {
    let (left, right) = (Int(box.origin.x / Self.side), Int(box.maxX / Self.side))
    let (top, bottom) = (Int(box.origin.y / Self.side), Int(box.maxY / Self.side))
    var (x, y) = (left, top)
    return AnyIterator {
      if y > bottom { return nil }
      defer {
        x += 1
        if x > right { (x, y) = (left, y + 1) }
      }
      return Key(x: x, y: y)
    }
  }
}

/// Boxes and lines that stay where they are.
private struct ObstacleGrid {
  struct Line {
    let edge: Int
    let isBackward: Bool
    let from: Point
    let to: Point
  }

  private var boxes: [Squares.Key: [Rect]] = [:]
  private var lines: [Squares.Key: [Line]] = [:]

  mutating func insert(box: Rect) {
    for square in Squares(box: box) { boxes[square, default: []].append(box) }
  }

  mutating func insert(line: Line) {
    let corner = Point(min(line.from.x, line.to.x), min(line.from.y, line.to.y))
    let box = Rect(
      origin: corner,
      size: Size(width: abs(line.to.x - line.from.x), height: abs(line.to.y - line.from.y)))
    for square in Squares(box: box) { lines[square, default: []].append(line) }
  }

  /// What it costs to cover the things in `label`: boxes most, the other line of its own edge least,
  /// its own line nothing.
  func cost(of label: Rect, edge: Int, isBackward: Bool) -> Double {
    var cost = 0.0
    let near = label.inset(by: -2)
    var met: [Int: Double] = [:]
    for square in Squares(box: near) {
      for box in boxes[square] ?? [] { cost += 20 * near.commonArea(box) }
      for line in lines[square] ?? [] where near.meets(line.from, line.to) {
        if line.edge == edge {
          if line.isBackward != isBackward { met[-1] = 150 }
        } else {
          met[2 * line.edge + (line.isBackward ? 1 : 0)] = 300
        }
      }
    }
    return cost + met.values.reduce(0, +)
  }
}

/// The labels placed so far.
private struct LabelGrid {
  private var labels: [Squares.Key: [(index: Int, box: Rect)]] = [:]

  mutating func insert(_ index: Int, _ boxes: [Rect]) {
    for box in boxes {
      for square in Squares(box: box) { labels[square, default: []].append((index, box)) }
    }
  }

  mutating func remove(_ index: Int, _ boxes: [Rect]) {
    for box in boxes {
      for square in Squares(box: box) { labels[square]?.removeAll { $0.index == index } }
    }
  }

  func cost(of label: Rect) -> Double {
    let near = label.inset(by: -2)
    var cost = 0.0
    for square in Squares(box: near) {
      for other in labels[square] ?? [] { cost += 20 * near.commonArea(other.box) }
    }
    return cost
  }
}
