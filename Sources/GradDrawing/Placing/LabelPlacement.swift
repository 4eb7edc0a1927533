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

  private var obstacles: ObstacleGrid
  private let bounds: Rect

  /// - Parameters:
  ///   - boxes: What no label may cover.
  ///   - lines: The lines of each edge, which other labels should not cover.
  ///   - bounds: What labels leave only for a good reason.
  init(boxes: [Rect], lines: [Line], bounds: Rect) {
    self.bounds = bounds
    obstacles = ObstacleGrid(boxes: boxes, lines: lines)
  }

  /// Where labels stand.
  struct Places {
    /// The room of each label; `nil` for one that is left out, since there was no end to the search
    /// and it would cover other things.
    var boxes: [Rect?]
    /// How many things are covered by a label, those left out included.
    var conflicts: Int
    /// How much was tested.
    var work: Int
  }

  /// Finds a place for each label.
  mutating func places(for labels: [Label]) -> Places {
    var budget = WorkBudget(min(60_000_000, 6_000_000 + 20_000 * labels.count))
    var searches = labels.map(Search.init)
    var grid = LabelGrid(bounds, count: labels.count)
    // Each is placed among the others as they stand; a few rounds settle them.
    for round in 0..<4 where !budget.isSpent {
      var hasMoved = false
      for index in searches.indices {
        if round > 0 { grid.remove(index, searches[index].box) }
        // One label may not take what all others need.
        let share = WorkBudget(budget.left / (searches.count - index))
        var rest = share
        let box = bestPlace(&searches[index], among: &grid, &rest)
        budget.spend(rest.spent)
        if rest.isSpent, round == 0 { searches[index].isUnfinished = true }
        // What half of a second search finds may be worse than what stands.
        if box != searches[index].box, round == 0 || !rest.isSpent {
          (searches[index].box, hasMoved) = (box, true)
        }
        grid.insert(index, searches[index].box)
      }
      if !hasMoved { break }
    }
    var conflicts = 0
    var isBlocked = [Bool](repeating: false, count: searches.count)
    // Where nothing else is tried, it is enough to know whether anything is covered.
    let limit = searches.count > Self.mostCounted ? 1 : Int.max
    for (index, search) in searches.enumerated() {
      let covered = obstacles.conflicts(of: search.box, search.label, limit: limit)
      isBlocked[index] = covered.count > 0
      conflicts += covered.count + grid.conflicts(of: search.box, index, limit: limit).count
    }
    var boxes = searches.map { Optional($0.box) }
    if searches.contains(where: \.isUnfinished) {
      for (index, search) in searches.enumerated()
      where isBlocked[index] || grid.conflicts(of: search.box, index, limit: 1).count > 0 {
        grid.remove(index, search.box)
        boxes[index] = nil
      }
    }
    return Places(boxes: boxes, conflicts: conflicts, work: budget.spent)
  }

  private static let costOfConflict = 1_000.0
  /// Of more labels than this it is not counted how many things each of them covers.
  private static let mostCounted = 1_000
  /// What a place costs to look at, in tests of two lines.
  private static let workOfPlace = 6

  private mutating func bestPlace(
    _ search: inout Search, among others: inout LabelGrid, _ budget: inout WorkBudget
  ) -> Rect {
    let label = search.label
    var best = (cost: Double.infinity, box: search.box, isFound: false)
    for (number, (distance, away)) in search.distances.enumerated() {
      if away >= best.cost || budget.isSpent { break }
      for (position, offset) in search.offsets.enumerated() {
        var cost = away + offset.cost
        if cost >= best.cost { continue }
        let box = label.place(at: distance, offset)
        if !bounds.contains(box) { cost += 60 }
        if cost >= best.cost { continue }
        // With so many things covered it is no better than the best.
        let limit = best.isFound ? Int((best.cost - cost) / Self.costOfConflict) + 1 : Int.max
        let met = others.conflicts(of: box, limit: limit)
        budget.spend(Self.workOfPlace + met.tests)
        if met.count >= limit { continue }
        let place = number * search.offsets.count + position
        let covered = search.covered(place, limit: limit - met.count) { limit in
          let covered = obstacles.conflicts(of: box, label, limit: limit)
          budget.spend(covered.tests)
          return covered.count
        }
        cost += Double(covered + met.count) * Self.costOfConflict
        if cost < best.cost { best = (cost, box, true) }
      }
    }
    return best.box
  }
}

extension LabelPlacement {
  /// The places of one label, and what is known of them; boxes and lines do not move, so that what a
  /// place covers of them is found once.
  private struct Search {
    let label: Label
    let offsets: [Label.Offset]
    /// How far along the line places are, and what that costs.
    ///
    /// The nearest come first, so that most of the others cannot be better and are not looked at.
    let distances: [(distance: Double, away: Double)]
    /// Where the label stands now.
    var box: Rect
    /// Whether the budget ended the search.
    var isUnfinished = false
    /// For each place how many things it covers, plus 1; negative for so many or more.
    private var known: [Int16] = []

    init(_ label: Label) {
      self.label = label
      offsets = label.offsets
      distances = label.distances.map {
        (distance: $0, away: abs($0 - label.wish) / max(1, label.line.length) * 40)
      }.sorted { $0.away < $1.away }
      box = label.place(at: label.wish, Label.Offset(side: label.isOnLine ? 0 : 1))
    }

    /// How many things `place` covers, counted by `count` at most once; `limit` for so many or more.
    mutating func covered(_ place: Int, limit: Int, by count: (Int) -> Int) -> Int {
      if known.isEmpty { known = .init(repeating: 0, count: distances.count * offsets.count) }
      let found = Int(known[place])
      if found > 0 { return found - 1 }
      if found < 0, -found - 1 >= limit { return limit }
      let number = count(limit)
      known[place] = Int16(clamping: number < limit ? number + 1 : -number - 1)
      return number
    }
  }
}

extension Rect {
  fileprivate func contains(_ other: Rect) -> Bool {
    other.origin.x >= origin.x && other.origin.y >= origin.y && other.maxX <= maxX
      && other.maxY <= maxY
  }
}
