import GradFigure

/// How often each two lines cross, apart from where they meet in a node.
///
/// The table is kept while one line after another takes another way.
struct Crossings {
  /// Two edges, the earlier one first.
  struct Pair: Hashable {
    var first: Int
    var second: Int
  }

  /// The number of crossings of each two edges that cross.
  private(set) var pairs: [Pair: Int] = [:]
  /// The number of all crossings.
  private(set) var count = 0
  private(set) var lines: [Line]
  private let edges: [Figure.Edge]

  /// Lines that meet in a node cross or touch near it as they may.
  private static let meeting = 30.0

  /// Compares every two lines.
  ///
  /// - Parameters:
  ///   - curves: The line of each edge.
  ///   - edges: The edges.
  init(_ curves: [Curve], _ edges: [Figure.Edge]) {
    var budget = WorkBudget(.max)
    self.init(curves, edges, &budget)
  }

  /// Compares every two lines as far as `budget` allows; the others count as lines that do not cross.
  init(_ curves: [Curve], _ edges: [Figure.Edge], _ budget: inout WorkBudget) {
    lines = curves.map(Line.init)
    self.edges = edges
    for second in lines.indices {
      if budget.isSpent { return }
      for first in 0..<second { compare(first, second, &budget) }
    }
  }

  /// How often `line`, as that of edge `index`, would cross the lines of the other edges; `limit` for
  /// so many or more.
  func count(
    of line: Line, as index: Int, limit: Int = .max, _ budget: inout WorkBudget
  ) -> Int {
    var count = 0
    for other in lines.indices where other != index {
      count += Self.count(line, edges[index], lines[other], edges[other], &budget)
      if count >= limit { return limit }
    }
    return count
  }

  /// Edge `index` takes another way.
  mutating func replace(_ index: Int, by line: Line, _ budget: inout WorkBudget) {
    lines[index] = line
    for other in lines.indices where other != index {
      compare(min(other, index), max(other, index), &budget)
    }
  }

  private mutating func compare(_ first: Int, _ second: Int, _ budget: inout WorkBudget) {
    let new = Self.count(lines[first], edges[first], lines[second], edges[second], &budget)
    let pair = Pair(first: first, second: second)
    let old = pairs.isEmpty ? 0 : pairs[pair, default: 0]
    if new == old { return }
    pairs[pair] = new > 0 ? new : nil
    count += new - old
  }

  private static func count(
    _ a: Line, _ first: Figure.Edge, _ b: Line, _ second: Figure.Edge, _ budget: inout WorkBudget
  ) -> Int {
    guard a.bounds.overlaps(b.bounds) else { return 0 }
    var meetings: [Point] = []
    let (start, end) = (a.points[0], a.points[a.points.count - 1])
    if first.source == second.source || first.source == second.target { meetings.append(start) }
    if first.target == second.target || first.target == second.source { meetings.append(end) }
    var count = 0
    budget.spend(
      a.forEachNeighbour(in: b) { p, q, r, s in
        guard let point = crossing(p, q, r, s) else { return }
        if meetings.allSatisfy({ ($0 - point).length >= meeting }) { count += 1 }
      })
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
