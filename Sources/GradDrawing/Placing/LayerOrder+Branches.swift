/// Whole branches in a better order, where exchanging neighbours one by one leads nowhere.
extension Layers {
  /// The most items of a figure whose branches are exchanged, and how many exchanges are tried.
  private static let (mostItems, mostTrials) = (300, 80)

  /// Exchanges boxes of a rank, each with all that leads to it alone, where that makes a better order.
  ///
  /// The gates of a cell, for example, are alike, each with its weights and sums: exchanging only the gates makes
  /// as many crossings behind them as it saves ahead of them. O(trials · segments · log).
  ///
  /// - Parameters:
  ///   - series: The series of each box.
  ///   - crossings: How many crossings there are.
  /// - Returns: How many there are then.
  mutating func exchangeBranches(_ series: [Int?], _ crossings: Int) -> Int {
    if rank.count > Self.mostItems { return crossings }
    let next = Self.successors(series)
    var (most, trials) = (crossings, 0)
    var best: Score?
    for rank in ranks.indices.dropFirst() where most > 0 {
      let branches = ranks[rank].filter { !isPlace($0) }.map { branch(to: $0) }
      for (index, upper) in branches.enumerated() where upper.count > 1 && trials < Self.mostTrials
      {
        let other = branches[(index + 1)...].first {
          upper.elementsEqual($0, by: { $0.count == $1.count })
        }
        guard let other else { continue }
        trials += 1
        // Only the gaps beside what is exchanged change.
        let gaps = max(0, rank - upper.count)..<min(rank + 1, ranks.count - 1)
        let before = self.crossings(in: gaps)
        exchange(upper, other)
        let gain = before - self.crossings(in: gaps)
        if gain > 0 {
          let found = score(next)
          exchange(upper, other)
          let known = best ?? score(next)
          if found < known {
            exchange(upper, other)
            (best, most) = (found, most - gain)
          } else {
            best = known
          }
        } else {
          exchange(upper, other)
        }
      }
    }
    return most
  }

  /// A box, and in each rank before it what leads to nothing else; only ranks that have any.
  private func branch(to box: Int) -> [[Int]] {
    var branch = [[box]]
    while true {
      let last = branch[branch.count - 1]
      var before: [Int] = []
      for item in last {
        for other in behind.items[behind.range(item)]
        where !before.contains(other)
          && ahead.items[ahead.range(other)].allSatisfy({ last.contains($0) })
        {
          before.append(other)
        }
      }
      if before.isEmpty { return branch }
      branch.append(before)
    }
  }

  /// Lets the items of two branches change their places, rank by rank from above.
  private mutating func exchange(_ first: [[Int]], _ second: [[Int]]) {
    for (items, others) in zip(first, second) {
      let places = (items.map { position[$0] }.sorted(), others.map { position[$0] }.sorted())
      let rank = rank[items[0]]
      for (place, other) in zip(places.0, places.1) { ranks[rank].swapAt(place, other) }
      number(rank)
    }
  }
}
