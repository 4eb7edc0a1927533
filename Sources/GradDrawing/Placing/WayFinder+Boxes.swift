import GradFigure

extension WayFinder {
  /// How many boxes the lines of edge `index` come too near to.
  func hits(_ pair: LinePair, _ index: Int, _ budget: inout WorkBudget) -> Int {
    let lines = edges[index].isPair ? [pair.forward, pair.backward] : [pair.forward]
    return lines.reduce(0) { $0 + hits($1, of: edges[index], &budget) }
  }

  private func hits(_ line: Curve, of edge: Figure.Edge, _ budget: inout WorkBudget) -> Int {
    let (first, last) = (rankOfBox[edge.source], rankOfBox[edge.target])
    // A line hardly leaves the ranks that it joins.
    let (lowest, highest) = (
      max(0, min(first, last) - 2), min(ranks.count - 1, max(first, last) + 2)
    )
    let near = line.bounds.inset(by: -Self.clearance)
    var pieces: Pieces?
    var count = 0
    for rank in ranks[lowest...highest] where rank.lower < near.maxX && rank.upper > near.origin.x {
      budget.spend(1)
      var around: (pieces: Range<Int>, room: Rect)?
      for box in rank.boxes where box != edge.source && box != edge.target {
        let room = boxes[box].inset(by: -Self.clearance)
        if !room.overlaps(near) { continue }
        // Most lines have no box near them, and are never cut into pieces.
        let line = pieces ?? Pieces(line)
        pieces = line
        let close =
          around ?? line.between(rank.lower - Self.clearance, rank.upper + Self.clearance)
        around = close
        if !room.overlaps(close.room) { continue }
        budget.spend(close.pieces.count)
        if close.pieces.contains(where: { room.meets(line.points[$0], line.points[$0 + 1]) }) {
          count += 1
        }
      }
    }
    return count
  }

  /// A line in straight pieces; those at a rank are found at once if the line runs along x.
  private struct Pieces {
    let points: [Point]
    private let isForward: Bool

    init(_ line: Curve) {
      points = line.polyline(steps: 8).points
      isForward = points.isForward
    }

    /// The pieces that may have places between two x, and a room that holds them.
    func between(_ lower: Double, _ upper: Double) -> (pieces: Range<Int>, room: Rect) {
      let all = 0..<points.count - 1
      guard isForward else {
        return (all, Rect(around: points).inset(by: -1))
      }
      let first = all.partitioningIndex { points[$0 + 1].x > lower }
      let end = max(first, all.partitioningIndex { points[$0].x >= upper })
      return (first..<end, Rect(around: points[first...end]).inset(by: -1))
    }
  }
}

extension Range<Int> {
  /// The first index at which `condition` holds, where it holds from some index on.
  func partitioningIndex(where condition: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = (low + high) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
