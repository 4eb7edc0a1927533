import GradBase

/// Boxes in the order of the program, as far as that costs no crossing.
extension Layers {
  /// How good the order is, where boxes of series have a `next` one.
  func score(_ next: [Int?]) -> Score {
    let inputs = inputPairs(next)
    var score = Score(
      crossings: crossings(), brokenSeries: inputs.broken, wrongInputs: inputs.wrong, inversions: 0)
    for rank in ranks where rank.count < 400 {
      let boxes = rank.filter { !isPlace($0) }
      for (index, box) in boxes.enumerated() {
        for other in boxes[..<index] where program[other] > program[box] { score.inversions += 1 }
        if isBehind(box, next[box]) { score.brokenSeries += 1 }
      }
    }
    return score
  }

  /// Whether a box stands behind another one in their rank.
  private func isBehind(_ box: Int, _ other: Int?) -> Bool {
    guard let other else { return false }
    return rank[other] == rank[box] && position[other] < position[box]
  }

  /// For each box the next one of its series, in the order of the program.
  static func successors(_ series: [Int?]) -> [Int?] {
    var next = [Int?](repeating: nil, count: series.count)
    var last: [Int: Int] = [:]
    for (box, number) in series.enumerated() {
      guard let number else { continue }
      if let before = last.updateValue(box, forKey: number) { next[before] = box }
    }
    return next
  }

  /// The most items of a figure whose series are kept on trial.
  private static let mostKept = 300
  /// The most inputs whose order is compared.
  private static let mostInputs = 100

  /// How many pairs of inputs stand in the order of the program, and how many do not; and how many that are
  /// `next` to each other in a series and stand in different ranks do not.
  ///
  /// What stands in an earlier rank is above what its way on is above: that over the first box that uses it,
  /// and so forth. O(inputs · (inputs + ranks)).
  private func inputPairs(_ next: [Int?]) -> (right: Int, wrong: Int, broken: Int) {
    var pairs = (right: 0, wrong: 0, broken: 0)
    let inputs = (0..<boxCount).filter { behind.range($0).isEmpty }
    if inputs.count > Self.mostInputs { return pairs }
    for input in inputs {
      var way = [input]
      while let next = ahead.range(way[way.count - 1]).first { way.append(ahead.items[next]) }
      for other in inputs where other != input {
        let distance = rank[other] - rank[input]
        guard distance > 0 && distance < way.count || distance == 0 && input < other else {
          continue
        }
        let isAbove = position[way[distance]] < position[other]
        if isAbove == (input < other) {
          pairs.right += 1
        } else {
          pairs.wrong += 1
          if distance > 0, next[min(input, other)] == max(input, other) { pairs.broken += 1 }
        }
      }
    }
    return pairs
  }

  /// Puts into the order of the program what costs no crossing: the figure upside down, boxes that are
  /// joined to the same others, and neighbours.
  mutating func settle() {
    turnAround()
    sortTwins()
    exchangeNeighbours(settlesTies: true)
    turnAround()
    sortTwins()
  }

  /// Turns the figure upside down if more pairs of inputs are the wrong way round than not; of boxes, where
  /// that makes no difference.
  private mutating func turnAround() {
    let inputs = inputPairs([Int?](repeating: nil, count: boxCount))
    var balance = inputs.right - inputs.wrong
    for rank in ranks where inputs.right == inputs.wrong && rank.count < 400 {
      let boxes = rank.filter { !isPlace($0) }
      for (index, box) in boxes.enumerated() {
        for other in boxes[..<index] { balance += program[other] < program[box] ? 1 : -1 }
      }
    }
    if balance >= 0 { return }
    for rank in ranks.indices {
      ranks[rank].reverse()
      number(rank)
    }
  }

  /// Boxes that are joined to the same others share their places in order.
  private mutating func sortTwins() {
    for rank in ranks.indices {
      let boxes = ranks[rank].indices.filter { !isPlace(ranks[rank][$0]) }
      if boxes.count < 2 { continue }
      // Those with the same others come to stand beside each other.
      let sorted = boxes.map { index in
        let item = ranks[rank][index]
        let others = joined(item, behind) + joined(item, ahead)
        var digest = FNV1a()
        for other in others { digest.add(number: UInt64(other)) }
        return (index: index, others: others, digest: digest.value)
      }.sorted { $0.digest < $1.digest }
      var groups: [[Int]] = []
      for (place, box) in sorted.enumerated() {
        let last = sorted[max(0, place - 1)]
        if place > 0, box.digest == last.digest, box.others == last.others {
          groups[groups.count - 1].append(box.index)
        } else {
          groups.append([box.index])
        }
      }
      shareInOrder(groups, rank)
    }
  }

  /// What an item is joined to on one side, each with the number of links.
  private func joined(_ item: Int, _ side: Neighbours) -> [Int] {
    side.range(item).flatMap { [side.items[$0], side.counts[$0]] }
  }

  /// Looks for an order that is as good and nearer to the program: from each rank in the order of the
  /// program outwards.
  ///
  /// Where neighbours of a series are the wrong way round in a rank, also in an order that keeps all series, in
  /// figures that are not too large for it.
  ///
  /// O(ranks · segments · log), for figures of a few hundred boxes.
  mutating func findSeries(_ series: [Int?]) {
    let next = Self.successors(series)
    var best = (score: score(next), order: order)
    for rank in ranks.indices where best.score.isImproper {
      let boxes = ranks[rank].filter { !isPlace($0) }
      if boxes.count < 2 { continue }
      order = best.order
      let isBroken =
        self.rank.count <= Self.mostKept && boxes.contains { isBehind($0, next[$0]) }
      for places in [true, false] {
        order = best.order
        sortBoxes(of: rank, withPlaces: places)
        for next in ranks.indices where next > rank {
          sort(next, by: behind, reversesEquals: false)
        }
        for next in ranks.indices.reversed() where next < rank {
          sort(next, by: ahead, reversesEquals: false)
        }
        let swept = order
        exchangeNeighbours(settlesTies: true)
        sortTwins()
        let found = score(next)
        if found < best.score { best = (found, order) }
        if !isBroken { continue }
        order = swept
        sortSeries(series)
        exchangeNeighbours(settlesTies: true, keeping: series)
        let kept = score(next)
        if kept < best.score { best = (kept, order) }
      }
    }
    order = best.order
  }

  /// The boxes of each series share their places in each rank in order.
  private mutating func sortSeries(_ series: [Int?]) {
    for rank in ranks.indices {
      var groups: [Int: [Int]] = [:]
      for (index, item) in ranks[rank].enumerated() where !isPlace(item) {
        if let number = series[item] { groups[number, default: []].append(index) }
      }
      shareInOrder(Array(groups.values), rank)
    }
  }

  /// Puts the boxes at the places of each group into order; groups have no places in common.
  private mutating func shareInOrder(_ groups: [[Int]], _ rank: Int) {
    for places in groups where places.count > 1 {
      let boxes = places.map { ranks[rank][$0] }.sorted()
      for (place, box) in zip(places.sorted(), boxes) { ranks[rank][place] = box }
    }
    number(rank)
  }

  /// Puts each part that hangs together below the one before it, in the order of the program; parts that are
  /// aside, such as data that the output does not use, below all others.
  ///
  /// O(items · log).
  mutating func stackParts(_ isAside: [Bool]) {
    var parts = Parts(rank.count)
    for item in rank.indices {
      for other in ahead.items[ahead.range(item)] {
        let (first, second) = (parts.lead(item), parts.lead(other))
        parts.join(max(first, second), to: min(first, second))
      }
    }
    var isPartAside = [Bool](repeating: true, count: rank.count)
    for box in 0..<boxCount where !isAside[box] { isPartAside[parts.lead(box)] = false }
    for rank in ranks.indices {
      let keys = ranks[rank].enumerated().map { index, item in
        let part = parts.lead(item)
        return (aside: isPartAside[part] ? 1 : 0, part: part, index: index, item: item)
      }
      ranks[rank] = keys.sorted { ($0.aside, $0.part, $0.index) < ($1.aside, $1.part, $1.index) }
        .map(\.item)
      number(rank)
    }
  }

  /// Puts the boxes of a rank into the order of the program: the places of long links go with their
  /// sources, or stay where they are.
  private mutating func sortBoxes(of rank: Int, withPlaces: Bool) {
    if withPlaces {
      ranks[rank].sort { (program[$0], $0) < (program[$1], $1) }
    } else {
      let boxes = ranks[rank].filter { !isPlace($0) }.sorted()
      var next = boxes.makeIterator()
      ranks[rank] = ranks[rank].map { isPlace($0) ? $0 : next.next() ?? $0 }
    }
    number(rank)
  }
}
