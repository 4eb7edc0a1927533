import GradFigure

/// Takes another free way for edges that cross others more often than the layout engine's own ways do.
struct Untangling {
  private let finder: WayFinder
  private(set) var lines: [LinePair]
  /// How many boxes are in the way of each edge.
  private(set) var blocked: [Int]
  private(set) var budget: WorkBudget
  private let wanted: Crossings
  private var drawn: Crossings
  /// The free ways of the edges that were tried already.
  private var free: [Int: [(lines: LinePair, line: Crossings.Line)]] = [:]
  /// How many lines had changed when an edge was last tried: it need not be tried again before another
  /// one changes.
  private var tried: [Int: Int] = [:]
  private var changes = 0

  init(_ finder: WayFinder, _ lines: [LinePair], _ blocked: [Int], _ budget: WorkBudget) {
    self.finder = finder
    self.lines = lines
    self.blocked = blocked
    self.budget = budget
    wanted = Crossings(finder.found, finder.edges, &self.budget)
    drawn = Crossings(lines.map(\.forward), finder.edges, &self.budget)
  }

  /// Returns how many crossings too many remain.
  mutating func run() -> Int {
    for round in 0... {
      let surplus = max(0, drawn.count - wanted.count)
      if surplus == 0 || round == 3 || budget.isSpent { return surplus }
      let tangled = drawn.pairs.filter { $0.value > wanted.pairs[$0.key, default: 0] }.keys
      for key in tangled.sorted(by: { ($0.first, $0.second) < ($1.first, $1.second) }) {
        for index in [key.first, key.second] where finder.edges[index].line == .pair {
          improve(index)
        }
      }
    }
    return 0
  }

  /// Gives edge `index` the free way that crosses the others as they stand least often.
  private mutating func improve(_ index: Int) {
    if budget.isSpent || tried[index] == changes { return }
    let ways = free[index] ?? freeWays(index)
    free[index] = ways
    var best = drawn.count(of: drawn.lines[index], as: index, &budget)
    var better: Int?
    for (number, way) in ways.enumerated() where best > 0 {
      let count = drawn.count(of: way.line, as: index, limit: best, &budget)
      if count < best { (best, better) = (count, number) }
    }
    if let better {
      lines[index] = ways[better].lines
      blocked[index] = 0
      drawn.replace(index, by: ways[better].line, &budget)
      changes += 1
    }
    tried[index] = changes
  }

  private mutating func freeWays(
    _ index: Int
  ) -> [(lines: LinePair, line: Crossings.Line)] {
    finder.ways(of: index).compactMap { way in
      let lines = finder.lines(of: index, way)
      return finder.hits(lines, index, &budget) == 0 ? (lines, Crossings.Line(lines.forward)) : nil
    }
  }
}
