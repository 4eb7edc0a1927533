import GradFigure

/// Finds for each label the place on its own line where it meets the fewest other things.
struct LabelPlacement {
  /// A label to be placed.
  struct Label {
    /// The line it belongs to.
    var line: Curve.Polyline
    var size: Size
    /// Where on the line it would best be.
    var wish: Double
    /// Which edge it belongs to.
    var edge: Int
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

  /// The middle of each label.
  func places(for labels: [Label]) -> [Point] {
    var places = labels.map { $0.line.at($0.wish).point }
    // Each label is placed among the others as they stand; a few rounds settle them.
    for round in 0..<3 {
      var grid = LabelGrid()
      for (index, label) in labels.enumerated() where round > 0 {
        grid.insert(index, Rect(center: places[index], size: label.size))
      }
      for (index, label) in labels.enumerated() {
        grid.remove(index, Rect(center: places[index], size: label.size))
        places[index] = bestPlace(for: label, among: grid)
        grid.insert(index, Rect(center: places[index], size: label.size))
      }
    }
    return places
  }

  private func bestPlace(for label: Label, among others: LabelGrid) -> Point {
    let length = label.line.length
    let reach = min(length / 2, max(12, label.size.width / 2 + 8))
    let steps = max(1, Int((length - 2 * reach) / 4))
    var best = (cost: Double.infinity, place: label.line.at(label.wish).point)
    for step in 0...steps {
      let distance = reach + (length - 2 * reach) * Double(step) / Double(steps)
      let place = label.line.at(distance).point
      let box = Rect(center: place, size: label.size)
      var cost = abs(distance - label.wish) / length * 40
      if cost >= best.cost { continue }
      cost += obstacles.cost(of: box, edge: label.edge) + others.cost(of: box)
      if !bounds.contains(box) { cost += 2_000 }
      if cost < best.cost { best = (cost, place) }
    }
    return best.place
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

  /// What it costs to cover the things in `label`: boxes most, the edge's own other line least.
  func cost(of label: Rect, edge: Int) -> Double {
    var cost = 0.0
    let near = label.inset(by: -2)
    var met: [Int: Double] = [:]
    for square in Squares(box: near) {
      for box in boxes[square] ?? [] { cost += 20 * near.commonArea(box) }
      for line in lines[square] ?? [] where near.meets(line.from, line.to) {
        if line.edge == edge {
          if !line.isBackward { met[-1] = 150 }
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

  mutating func insert(_ index: Int, _ box: Rect) {
    for square in Squares(box: box) { labels[square, default: []].append((index, box)) }
  }

  mutating func remove(_ index: Int, _ box: Rect) {
    for square in Squares(box: box) { labels[square]?.removeAll { $0.index == index } }
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
