/// An order of the items of all ranks with few crossings.
extension Layers {
  /// How good an order is: first by crossings and by numbers out of order, which stop a reader as much, then by
  /// what else is out of the order of the program.
  struct Score: Comparable {
    var crossings: Int
    /// Neighbours of one series that stand the wrong way round.
    var brokenSeries: Int
    /// Inputs that stand the wrong way round.
    var wrongInputs: Int
    /// Boxes that stand the wrong way round.
    var inversions: Int
    /// Whether anything is out of order.
    var isImproper: Bool { brokenSeries + wrongInputs + inversions > 0 }

    static func < (a: Score, b: Score) -> Bool {
      (a.crossings + a.brokenSeries, a.crossings, a.wrongInputs, a.inversions)
        < (b.crossings + b.brokenSeries, b.crossings, b.wrongInputs, b.inversions)
    }
  }

  /// How many segments cross, each pair of links once.
  ///
  /// O(segments · log(widest rank)), with a tree of sums (Barth, Mutzel, Jünger 2004).
  func crossings() -> Int { crossings(in: 0..<max(0, ranks.count - 1)) }

  /// How many segments cross in some of the gaps, each of which is behind the rank of its number.
  func crossings(in gaps: Range<Int>) -> Int {
    var tree: [Int] = []
    var row: [(position: Int, count: Int)] = []
    return gaps.reduce(0) { $0 + crossings(after: $1, &tree, &row) }
  }

  private func crossings(
    after rank: Int, _ tree: inout [Int], _ row: inout [(position: Int, count: Int)]
  ) -> Int {
    let size = ranks[rank + 1].count
    tree.removeAll(keepingCapacity: true)
    tree.append(contentsOf: repeatElement(0, count: size + 1))
    var (total, sum) = (0, 0)
    for item in ranks[rank] {
      row.removeAll(keepingCapacity: true)
      for index in ahead.range(item) {
        row.append((position[ahead.items[index]], ahead.counts[index]))
      }
      if row.count > 1 { row.sort { $0.position < $1.position } }
      for (position, count) in row {
        var below = 0
        var node = position + 1
        while node > 0 {
          below += tree[node]
          node &= node - 1
        }
        total += (sum - below) * count
      }
      for (position, count) in row {
        sum += count
        var node = position + 1
        while node <= size {
          tree[node] += count
          node += node & -node
        }
      }
    }
    return total
  }

  /// Sorts a rank by the mean position of what its items are joined to, on one side.
  ///
  /// - Parameters:
  ///   - rank: The rank.
  ///   - side: What counts: ``behind`` or ``ahead``.
  ///   - reversesEquals: Whether equals turn round, to get out of ruts.
  mutating func sort(_ rank: Int, by side: Neighbours, reversesEquals: Bool) {
    var keys: [(mean: Double, index: Int, item: Int)] = []
    keys.reserveCapacity(ranks[rank].count)
    var last = 0.0
    for (index, item) in ranks[rank].enumerated() {
      var (sum, count) = (0.0, 0.0)
      for place in side.range(item) {
        sum += Double(position[side.items[place]] * side.counts[place])
        count += Double(side.counts[place])
      }
      // What is joined to nothing on this side keeps its place.
      if count > 0 { last = sum / count }
      keys.append((last, reversesEquals ? -index : index, item))
    }
    keys.sort { ($0.mean, $0.index) < ($1.mean, $1.index) }
    ranks[rank] = keys.map(\.item)
    number(rank)
  }

  /// How many crossings the segments of two neighbours have with the first before the second, less how
  /// many they have the other way round.
  private func gain(_ first: Int, _ second: Int) -> Int {
    gain(first, second, behind) + gain(first, second, ahead)
  }

  private func gain(_ first: Int, _ second: Int, _ side: Neighbours) -> Int {
    let (a, b) = (side.range(first), side.range(second))
    if a.count * b.count > 64 { return sortedGain(a, b, side) }
    var gain = 0
    for i in a {
      let place = position[side.items[i]]
      for j in b {
        let other = position[side.items[j]]
        if place > other {
          gain += side.counts[i] * side.counts[j]
        } else if place < other {
          gain -= side.counts[i] * side.counts[j]
        }
      }
    }
    return gain
  }

  /// The same for items with many segments, O(segments · log(segments)).
  private func sortedGain(_ a: Range<Int>, _ b: Range<Int>, _ side: Neighbours) -> Int {
    func sorted(_ range: Range<Int>) -> [(position: Int, count: Int)] {
      range.map { (position[side.items[$0]], side.counts[$0]) }.sorted { $0.0 < $1.0 }
    }
    let (first, second) = (sorted(a), sorted(b))
    let total = second.reduce(0) { $0 + $1.count }
    var (gain, less, lessOrEqual, i, j) = (0, 0, 0, 0, 0)
    for (place, count) in first {
      while i < second.count, second[i].position < place {
        less += second[i].count
        i += 1
      }
      while j < second.count, second[j].position <= place {
        lessOrEqual += second[j].count
        j += 1
      }
      gain += count * (less - (total - lessOrEqual))
    }
    return gain
  }

  /// Exchanges neighbours while crossings fall; where they stay the same and `settlesTies`, items fall
  /// into the order of the program.
  ///
  /// - Parameters:
  ///   - settlesTies: Whether what costs nothing is put into order.
  ///   - series: The series of each box, of which none that is in order is exchanged with another.
  mutating func exchangeNeighbours(settlesTies: Bool, keeping series: [Int?] = []) {
    for _ in 0..<20 {
      var hasMoved = false
      for rank in ranks.indices where ranks[rank].count > 1 {
        for index in 0..<ranks[rank].count - 1 {
          let (first, second) = (ranks[rank][index], ranks[rank][index + 1])
          if !series.isEmpty, areInOrder(first, second, series) { continue }
          let gain = gain(first, second)
          if gain > 0 || gain == 0 && settlesTies && program[first] > program[second] {
            exchange(rank, index)
            hasMoved = true
          }
        }
      }
      if !hasMoved { return }
    }
  }

  /// Whether two items belong to boxes of one series, the first before the second.
  private func areInOrder(_ first: Int, _ second: Int, _ series: [Int?]) -> Bool {
    if owner[first] >= owner[second] { return false }
    let number = series[owner[first]]
    return number != nil && number == series[owner[second]]
  }

  /// How hard an order is looked for.
  struct Effort {
    /// How many first orders are tried.
    var starts: Int
    /// How often all ranks are sorted at most, and how often without a better one.
    var (sweeps, patience): (Int, Int)
    /// Whether neighbours are exchanged.
    var exchanges: Bool
  }

  /// Looks for an order by sorting each rank by the one before and the one after, again and again.
  ///
  /// O(segments · log) a sweep, and the exchanges.
  mutating func findOrder(_ effort: Effort) {
    var best = (crossings: Int.max, order: order)
    for start in 0..<effort.starts where best.crossings > 0 {
      begin(start)
      if effort.exchanges { exchangeNeighbours(settlesTies: true) }
      var least = crossings()
      if least < best.crossings { best = (least, order) }
      var stale = 0
      for sweep in 0..<effort.sweeps where best.crossings > 0 && stale < effort.patience {
        self.sweep(forward: (sweep + (start == 2 ? 1 : 0)) % 2 == 0, reversesEquals: sweep % 4 < 2)
        if effort.exchanges { exchangeNeighbours(settlesTies: false) }
        let count = crossings()
        (stale, least) = count < least ? (0, count) : (stale + 1, least)
        if count < best.crossings { best = (count, order) }
      }
    }
    order = best.order
  }

  /// Sorts every rank but the first by the one before it, or the other way round.
  mutating func sweep(forward: Bool, reversesEquals: Bool) {
    if forward {
      for rank in ranks.indices.dropFirst() {
        sort(rank, by: behind, reversesEquals: reversesEquals)
      }
    } else {
      for rank in ranks.indices.dropLast().reversed() {
        sort(rank, by: ahead, reversesEquals: reversesEquals)
      }
    }
  }

  /// A first order: that of the program, or depth first from the ends or the beginnings.
  private mutating func begin(_ start: Int) {
    var numbers = program
    if start > 0 {
      let (ways, ends) = start == 1 ? (behind, ahead) : (ahead, behind)
      numbers = [Int](repeating: -1, count: rank.count)
      var next = 0
      var stack: [Int] = []
      for box in 0..<boxCount where ends.range(box).isEmpty {
        stack.append(box)
        while let item = stack.popLast() {
          if numbers[item] >= 0 { continue }
          numbers[item] = next
          next += 1
          for place in ways.range(item).reversed() where numbers[ways.items[place]] < 0 {
            stack.append(ways.items[place])
          }
        }
      }
    }
    for rank in ranks.indices {
      ranks[rank].sort { (numbers[$0], $0) < (numbers[$1], $1) }
      number(rank)
    }
  }
}
