/// Boxes in the order of the program, as far as that costs no crossing.
extension Layers {
  /// How good the order is.
  func score(_ series: [Int?]) -> Score {
    var score = Score(crossings: crossings(), brokenSeries: 0, inversions: 0)
    for rank in ranks where rank.count < 400 {
      let boxes = rank.filter { !isPlace($0) }
      for (index, box) in boxes.enumerated() {
        for other in boxes[..<index] where other > box {
          score.inversions += 1
          if series[box] != nil, series[box] == series[other] { score.brokenSeries += 1 }
        }
      }
    }
    return score
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

  /// Turns the figure upside down if more pairs of boxes are the wrong way round than not.
  private mutating func turnAround() {
    var balance = 0
    for rank in ranks where rank.count < 400 {
      let boxes = rank.filter { !isPlace($0) }
      for (index, box) in boxes.enumerated() {
        for other in boxes[..<index] { balance += other < box ? 1 : -1 }
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
    for rank in ranks.indices where best.score.inversions > 0 {
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
