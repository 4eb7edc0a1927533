/// Boxes in the order of the program, as far as that costs no crossing.
extension Layers {
  /// How good the order is.
  func score(_ series: [Int?]) -> Score {
    var score = Score(
      crossings: crossings(), brokenSeries: 0, wrongInputs: inputPairs().wrong, inversions: 0)
    for rank in ranks where rank.count < 400 {
      let boxes = rank.filter { !isPlace($0) }
      for (index, box) in boxes.enumerated() {
        for other in boxes[..<index] {
          if program[other] > program[box] { score.inversions += 1 }
          if other > box, series[box] != nil, series[box] == series[other] {
            score.brokenSeries += 1
          }
        }
      }
    }
    return score
  }

  /// The most inputs whose order is compared.
  private static let mostInputs = 100

  /// How many pairs of inputs stand in the order of the program, and how many do not.
  ///
  /// What stands in an earlier rank is above what its way on is above: that over the first box that uses it,
  /// and so forth. O(inputs · (inputs + ranks)).
  private func inputPairs() -> (right: Int, wrong: Int) {
    var pairs = (right: 0, wrong: 0)
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
        if isAbove == (input < other) { pairs.right += 1 } else { pairs.wrong += 1 }
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
    let inputs = inputPairs()
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

  private struct Neighbourhood: Hashable {
    var behind: [Int]
    var ahead: [Int]
  }

  /// Boxes that are joined to the same others share their places in order.
  private mutating func sortTwins() {
    for rank in ranks.indices {
      var groups: [Neighbourhood: [Int]] = [:]
      for (index, item) in ranks[rank].enumerated() where !isPlace(item) {
        let key = Neighbourhood(
          behind: joined(item, behind), ahead: joined(item, ahead))
        groups[key, default: []].append(index)
      }
      // The groups have no places in common, so their order does not matter.
      for places in groups.values where places.count > 1 {
        let boxes = places.map { ranks[rank][$0] }.sorted()
        for (place, box) in zip(places, boxes) { ranks[rank][place] = box }
      }
      number(rank)
    }
  }

  /// What an item is joined to on one side, each with the number of links.
  private func joined(_ item: Int, _ side: Neighbours) -> [Int] {
    side.range(item).flatMap { [side.items[$0], side.counts[$0]] }
  }

  /// Looks for an order that is as good and nearer to the program: from each rank in the order of the
  /// program outwards.
  ///
  /// O(ranks · segments · log), for figures of a few hundred boxes.
  mutating func findSeries(_ series: [Int?]) {
    var best = (score: score(series), order: order)
    for rank in ranks.indices where best.score.wrongInputs + best.score.inversions > 0 {
      let boxes = ranks[rank].filter { !isPlace($0) }
      if boxes.count < 2 { continue }
      for places in [true, false] {
        order = best.order
        sortBoxes(of: rank, withPlaces: places)
        for next in ranks.indices where next > rank {
          sort(next, by: behind, reversesEquals: false)
        }
        for next in ranks.indices.reversed() where next < rank {
          sort(next, by: ahead, reversesEquals: false)
        }
        exchangeNeighbours(settlesTies: true)
        sortTwins()
        let score = score(series)
        if score < best.score { best = (score, order) }
      }
    }
    order = best.order
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
