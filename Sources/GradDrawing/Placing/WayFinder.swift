import GradFigure

/// Finds for the lines of each edge ways that lead through no box, as smooth as may be.
///
/// Between neighbouring ranks one curve from side to side, at the distance of the rows; past other
/// ranks through the gaps that the layout engine chose, closer together; where neither is free, the
/// engine's own way. A line that runs along the flow all the way never meets itself, and the two of
/// a pair not each other. All in coordinates in which values flow along x.
struct WayFinder {
  let edges: [Figure.Edge]
  let boxes: [Rect]
  private let isRound: [Bool]
  /// From value to derivative at each node, across the flow.
  private let shifts: [Double]
  let found: [Curve]
  private let isTurned: Bool
  /// For each edge how far from the middle it bends, because others join the same two nodes.
  private let bends: [Double]
  /// The columns that boxes stand in, from left to right, and the column of each box.
  private(set) var ranks: [Rank] = []
  private(set) var rankOfBox: [Int] = []

  struct Rank {
    var middle: Double
    var lower: Double
    var upper: Double
    /// From top to bottom.
    var boxes: [Int] = []
  }

  /// How near a line may come to a box that it does not end at.
  static let clearance = 5.0
  /// More edges than this are not compared with each other.
  private static let mostCompared = 150
  /// What may be tested to find free ways, and then to free them of crossings.
  private static let budgets = (ways: 4_000_000, crossings: 3_000_000)

  init(_ figure: Figure, boxes: [Rect], shifts: [Point], found: [Curve]) {
    let isTurned = figure.direction == .down
    self.isTurned = isTurned
    edges = figure.edges
    isRound = figure.nodes.map { !$0.hasSides }
    self.boxes = isTurned ? boxes.map(\.transposed) : boxes
    self.shifts = shifts.map { isTurned ? $0.x : $0.y }
    self.found = isTurned ? found.map(\.transposed) : found
    bends = Self.bends(of: edges)
    findRanks()
  }

  /// Edges that join the same two nodes, as in `x * x`, are spread evenly.
  private static func bends(of edges: [Figure.Edge]) -> [Double] {
    var groups: [[Int]: [Int]] = [:]
    for (index, edge) in edges.enumerated() {
      groups[[edge.source, edge.target], default: []].append(index)
    }
    var bends = [Double](repeating: 0, count: edges.count)
    for group in groups.values where group.count > 1 {
      for (ordinal, index) in group.enumerated() {
        bends[index] = (Double(ordinal) - Double(group.count - 1) / 2) * 44
      }
    }
    return bends
  }

  private mutating func findRanks() {
    rankOfBox = [Int](repeating: 0, count: boxes.count)
    for index in boxes.indices.sorted(by: { boxes[$0].center.x < boxes[$1].center.x }) {
      let box = boxes[index]
      if let last = ranks.last, box.center.x - last.middle < 1 {
        ranks[ranks.count - 1].lower = min(last.lower, box.origin.x)
        ranks[ranks.count - 1].upper = max(last.upper, box.maxX)
      } else {
        ranks.append(Rank(middle: box.center.x, lower: box.origin.x, upper: box.maxX))
      }
      rankOfBox[index] = ranks.count - 1
      ranks[ranks.count - 1].boxes.append(index)
    }
    for rank in ranks.indices {
      ranks[rank].boxes.sort { boxes[$0].origin.y < boxes[$1].origin.y }
    }
  }

  /// The lines of each edge, and how many are in the way of something else.
  ///
  /// O(edges · ranks), and for up to 150 edges the comparison of every two; both within a budget,
  /// beyond which edges take the simplest way.
  func pairs() -> (pairs: [EdgePair], conflicts: Int, work: Int) {
    var budget = WorkBudget(Self.budgets.ways)
    var work = 0
    var conflicts = 0
    var lines: [LinePair] = []
    var blocked: [Int] = []
    for index in edges.indices {
      let (pair, hits) = freest(index, &budget)
      lines.append(pair)
      blocked.append(hits)
    }
    if edges.count <= Self.mostCompared {
      var untangling = Untangling(self, lines, blocked, WorkBudget(Self.budgets.crossings))
      conflicts = untangling.run()
      (lines, blocked) = (untangling.lines, untangling.blocked)
      work += untangling.budget.spent
    }
    conflicts += blocked.reduce(0, +)
    work += budget.spent
    return (lines.map { EdgePair(isTurned ? $0.transposed : $0) }, conflicts, work)
  }

  /// The first free way of edge `index`, or the one that is least blocked, and how many boxes are
  /// in its way.
  private func freest(_ index: Int, _ budget: inout WorkBudget) -> (LinePair, hits: Int) {
    var best: (lines: LinePair, hits: Int)?
    for way in ways(of: index) {
      let lines = lines(of: index, way)
      let hits = hits(lines, index, &budget)
      if hits < best?.hits ?? .max { best = (lines, hits) }
      if hits == 0 || budget.isSpent { break }
    }
    guard let best else { preconditionFailure("an edge has a way") }
    return best
  }

  // MARK: Ways

  /// A way that the lines of an edge may take.
  enum Way {
    /// One curve from side to side.
    case direct
    /// Through the middles of gaps between the ranks, as smooth as may be.
    case throughMiddles
    /// Along the whole of the gaps, as smooth as may be, or flat.
    case throughGaps
    case flatThroughGaps
    /// Around a place beside the middle.
    case bent
    /// As the layout engine chose.
    case asFound
  }

  /// The ways that the lines of edge `index` may take, best first.
  func ways(of index: Int) -> [Way] {
    let edge = edges[index]
    let (first, last) = (rankOfBox[edge.source], rankOfBox[edge.target])
    guard edge.line != .wire, first < last, ranks[first].upper + 8 < ranks[last].lower else {
      return [.asFound]
    }
    if bends[index] != 0 { return [.bent, .asFound] }
    return last > first + 1
      ? [.direct, .throughMiddles, .throughGaps, .flatThroughGaps, .asFound] : [.direct, .asFound]
  }

  /// A place that both lines of an edge pass: its middle, and how far each is from it.
  private struct Stop {
    var x: Double
    var y: Double
    var half: Double
  }

  /// The lines of edge `index` on one of its ways.
  func lines(of index: Int, _ way: Way) -> LinePair {
    let edge = edges[index]
    if edge.line == .wire { return LinePair(forward: found[index], backward: found[index]) }
    let (start, end) = (side(of: index, isSource: true), side(of: index, isSource: false))
    if way == .asFound {
      return LinePair(
        along: found[index], source: Point(0, 2 * start.half), target: Point(0, 2 * end.half))
    }
    let (first, last) = (rankOfBox[edge.source], rankOfBox[edge.target])
    let leave = Stop(x: ranks[first].upper, y: start.y, half: start.half)
    let arrive = Stop(x: ranks[last].lower, y: end.y, half: end.half)
    let half = EdgePair.closest / 2
    /// Stops in the gaps of the ranks between, each at `places` of its rank.
    func stops(_ places: [KeyPath<Rank, Double>]) -> [Stop] {
      let heights = found[index].heights(at: ranks[(first + 1)..<last].map(\.middle))
      let between = zip((first + 1)..<last, heights).flatMap { rank, y in
        let y = gap(in: rank, near: y)
        return places.map { Stop(x: ranks[rank][keyPath: $0], y: y, half: half) }
      }
      return [leave] + between + [arrive]
    }
    switch way {
    case .direct: return lines(start, [leave, arrive], end, Curve.init(flatAt:))
    case .bent:
      let bend = Stop(
        x: (leave.x + arrive.x) / 2, y: (start.y + end.y) / 2 + bends[index], half: half)
      return lines(start, [leave, bend, arrive], end, Curve.init(smoothThrough:))
    case .throughMiddles:
      return lines(start, stops([\.middle]), end, Curve.init(smoothThrough:))
    case .flatThroughGaps:
      return lines(start, stops([\.lower, \.upper]), end, Curve.init(flatAt:))
    case .throughGaps, .asFound:
      return lines(start, stops([\.lower, \.upper]), end, Curve.init(smoothThrough:))
    }
  }

  /// Two lines, straight from the side to where the rank ends, on through `stops`, and straight to
  /// the other side.
  private func lines(
    _ start: Stop, _ stops: [Stop], _ end: Stop, _ way: ([Point]) -> Curve
  ) -> LinePair {
    func line(_ side: Double) -> Curve {
      func point(_ stop: Stop) -> Point { Point(stop.x, stop.y + side * stop.half) }
      let middle = way(stops.map(point))
      var points = middle.points
      if point(start) != middle.start {
        points = Curve(from: point(start), to: middle.start).points.dropLast() + points
      }
      if point(end) != middle.end {
        points += Curve(from: middle.end, to: point(end)).points.dropFirst()
      }
      return Curve(points)
    }
    return LinePair(forward: line(-1), backward: line(1))
  }

  /// Where edge `index` leaves its source or arrives at its target.
  private func side(of index: Int, isSource: Bool) -> Stop {
    let node = isSource ? edges[index].source : edges[index].target
    let half = shifts[node] / 2
    if !isRound[node] {
      let point = isSource ? found[index].start : found[index].end
      return Stop(x: point.x, y: point.y, half: half)
    }
    // Both lines end on the circle.
    let (radius, center) = (boxes[node].size.width / 2, boxes[node].center)
    let reach = max(0, radius * radius - half * half).squareRoot()
    return Stop(x: center.x + (isSource ? reach : -reach), y: center.y, half: half)
  }

  /// The place nearest to `y` in rank `rank` where a pair of lines clears all boxes; `y` if there is
  /// none.
  private func gap(in rank: Int, near y: Double) -> Double {
    let reach = EdgePair.closest / 2 + Self.clearance + 0.5
    var best = Double.infinity
    var lower = -Double.infinity
    func consider(_ lower: Double, _ upper: Double) {
      if lower > upper { return }
      let place = min(max(y, lower), upper)
      if abs(place - y) < abs(best - y) { best = place }
    }
    for index in ranks[rank].boxes {
      consider(lower, boxes[index].origin.y - reach)
      lower = max(lower, boxes[index].maxY + reach)
    }
    consider(lower, .infinity)
    return best.isFinite ? best : y
  }
}
