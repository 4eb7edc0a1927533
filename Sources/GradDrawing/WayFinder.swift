import GradFigure

/// Finds for the lines of each edge ways that lead through no box, as smooth as may be.
///
/// Between neighbouring ranks one curve from side to side, at the distance of the rows; past other
/// ranks through the gaps that the layout engine chose, closer together; where neither is free, the
/// engine's own way. A line that runs along the flow all the way never meets itself, and the two of
/// a pair not each other. All in coordinates in which values flow along x.
struct WayFinder {
  private let edges: [Figure.Edge]
  private let boxes: [Rect]
  private let isRound: [Bool]
  /// From value to derivative at each node, across the flow.
  private let shifts: [Double]
  private let found: [Curve]
  private let isTurned: Bool
  /// For each edge how far from the middle it bends, because others join the same two nodes.
  private let bends: [Double]
  /// The columns that boxes stand in, from left to right, and the column of each box.
  private var ranks: [Rank] = []
  private var rankOfBox: [Int] = []

  private struct Rank {
    var middle: Double
    var lower: Double
    var upper: Double
    /// From top to bottom.
    var boxes: [Int] = []
  }

  /// How near a line may come to a box that it does not end at.
  private static let clearance = 5.0
  /// More edges than this are not compared with each other.
  private static let mostCompared = 150

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
  /// O(edges · ranks), and for up to 150 edges the comparison of every two.
  func pairs() -> (pairs: [EdgePair], conflicts: Int) {
    var pairs = edges.indices.map { index in
      let candidates = candidates(index)
      return candidates.first { hits($0, index) == 0 } ?? leastBlocked(candidates, index)
    }
    var conflicts = edges.count <= Self.mostCompared ? untangle(&pairs) : 0
    for index in edges.indices { conflicts += hits(pairs[index], index) }
    return (isTurned ? pairs.map(\.transposed) : pairs, conflicts)
  }

  // MARK: Candidates

  /// A place that both lines of an edge pass: its middle, and how far each is from it.
  private struct Stop {
    var x: Double
    var y: Double
    var half: Double
  }

  /// The lines of edge `index` in the ways that they may take, best first.
  private func candidates(_ index: Int) -> [EdgePair] {
    let edge = edges[index]
    if edge.line == .wire {
      return [EdgePair(forward: found[index], backward: found[index])]
    }
    let (start, end) = (side(of: index, isSource: true), side(of: index, isSource: false))
    let asFound = EdgePair(
      along: found[index], source: Point(0, 2 * start.half), target: Point(0, 2 * end.half))
    let (first, last) = (rankOfBox[edge.source], rankOfBox[edge.target])
    guard first < last, ranks[first].upper + 8 < ranks[last].lower else { return [asFound] }
    let (leave, arrive) = (
      Stop(x: ranks[first].upper, y: start.y, half: start.half),
      Stop(x: ranks[last].lower, y: end.y, half: end.half)
    )
    if bends[index] != 0 {
      let bend = Stop(
        x: (leave.x + arrive.x) / 2, y: (start.y + end.y) / 2 + bends[index],
        half: EdgePair.closest / 2)
      return [pair(start, [leave, bend, arrive], end, Curve.init(smoothThrough:)), asFound]
    }
    var pairs = [pair(start, [leave, arrive], end, Curve.init(flatAt:))]
    if last > first + 1 {
      let gaps = ((first + 1)..<last).map { rank in
        gap(in: rank, near: found[index].y(at: ranks[rank].middle))
      }
      func stops(_ places: [KeyPath<Rank, Double>]) -> [Stop] {
        let between = zip(ranks[(first + 1)..<last], gaps).flatMap { rank, y in
          places.map { Stop(x: rank[keyPath: $0], y: y, half: EdgePair.closest / 2) }
        }
        return [leave] + between + [arrive]
      }
      pairs.append(pair(start, stops([\.middle]), end, Curve.init(smoothThrough:)))
      pairs.append(pair(start, stops([\.lower, \.upper]), end, Curve.init(smoothThrough:)))
      pairs.append(pair(start, stops([\.lower, \.upper]), end, Curve.init(flatAt:)))
    }
    return pairs + [asFound]
  }

  /// Two lines, straight from the side to where the rank ends, on through `stops`, and straight to
  /// the other side.
  private func pair(
    _ start: Stop, _ stops: [Stop], _ end: Stop, _ way: ([Point]) -> Curve
  ) -> EdgePair {
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
    return EdgePair(forward: line(-1), backward: line(1))
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

  // MARK: What is in the way

  /// How many boxes the lines of edge `index` come too near to.
  private func hits(_ pair: EdgePair, _ index: Int) -> Int {
    let edge = edges[index]
    let (first, last) = (rankOfBox[edge.source], rankOfBox[edge.target])
    // A line hardly leaves the ranks that it joins.
    let (lowest, highest) = (
      max(0, min(first, last) - 2), min(ranks.count - 1, max(first, last) + 2)
    )
    var count = 0
    for line in edge.line == .wire ? [pair.forwardWay] : [pair.forwardWay, pair.backwardWay] {
      let near = line.bounds.inset(by: -Self.clearance)
      var points: [Point] = []
      for rank in ranks[lowest...highest] where rank.lower < near.maxX && rank.upper > near.origin.x
      {
        for box in rank.boxes where box != edge.source && box != edge.target {
          let room = boxes[box].inset(by: -Self.clearance)
          if !room.overlaps(near) { continue }
          if points.isEmpty { points = line.polyline(steps: 8).points }
          if zip(points, points.dropFirst()).contains(where: room.meets) { count += 1 }
        }
      }
    }
    return count
  }

  private func leastBlocked(_ candidates: [EdgePair], _ index: Int) -> EdgePair {
    var best = (hits: Int.max, pair: candidates[0])
    for pair in candidates {
      let hits = hits(pair, index)
      if hits < best.hits { best = (hits, pair) }
    }
    return best.pair
  }

  // MARK: Crossings

  /// Takes another free way for edges that cross others more often than the engine's own ways do;
  /// returns how many crossings too many remain.
  private func untangle(_ pairs: inout [EdgePair]) -> Int {
    let wanted = Crossings(found, edges)
    for round in 0... {
      let drawn = Crossings(pairs.map(\.forwardWay), edges)
      let surplus = max(0, drawn.count - wanted.count)
      if surplus == 0 || round == 3 { return surplus }
      let tangled = drawn.pairs.filter { $0.value > wanted.pairs[$0.key, default: 0] }.keys
      for key in tangled.sorted(by: { ($0.first, $0.second) < ($1.first, $1.second) }) {
        for index in [key.first, key.second] where edges[index].line == .pair {
          improve(index, &pairs)
        }
      }
    }
    return 0
  }

  /// Gives edge `index` the free way that crosses the others as they stand least often.
  private func improve(_ index: Int, _ pairs: inout [EdgePair]) {
    let lines = pairs.map(\.forwardWay)
    var best = Crossings.count(of: lines[index], index, lines, edges)
    for pair in candidates(index) where hits(pair, index) == 0 {
      let count = Crossings.count(of: pair.forwardWay, index, lines, edges)
      if count < best { (best, pairs[index]) = (count, pair) }
    }
  }
}
