/// Boxes in ranks, and in the ranks between the places where long links pass: the items that stand one
/// beside the other across the flow.
///
/// Items are numbered: first the boxes, then the places of each link from its source to its target.
struct Layers {
  /// How many of the items are boxes.
  let boxCount: Int
  /// The items of each rank, in order across the flow.
  var ranks: [[Int]]
  /// The rank of each item.
  let rank: [Int]
  /// The position of each item in its rank.
  private(set) var position: [Int]
  /// A number for each item, by which equals are ordered: of a box by the first input that leads to it, then
  /// by its own place; of a place the source's.
  let program: [Int]
  /// Each box itself, and for each place the box that its link comes from.
  let owner: [Int]
  /// The places of each link, in order of ranks; none for links with a lane.
  let places: [Range<Int>]
  /// Whether a link is so long that it has a lane beside everything instead of places.
  let hasLane: [Bool]
  /// The items in the next rank that an item is joined to.
  let ahead: Neighbours
  /// The items in the rank before.
  let behind: Neighbours

  /// Puts boxes into ranks; O(boxes + ranks passed by links).
  ///
  /// - Parameters:
  ///   - rankOfBox: The rank of each box.
  ///   - links: Source and target of each link, in ascending ranks.
  ///   - longest: The most ranks that a link may lead over without a lane.
  init(_ rankOfBox: [Int], _ links: [(source: Int, target: Int)], longest: Int) {
    boxCount = rankOfBox.count
    var rank = rankOfBox
    var program = Self.program(rankOfBox, links)
    var owner = Array(rankOfBox.indices)
    var segments: [(from: Int, to: Int)] = []
    segments.reserveCapacity(links.count)
    var places: [Range<Int>] = []
    places.reserveCapacity(links.count)
    var hasLane = [Bool](repeating: false, count: links.count)
    for (index, link) in links.enumerated() {
      let (first, last) = (rankOfBox[link.source], rankOfBox[link.target])
      let start = rank.count
      if last - first > longest {
        hasLane[index] = true
        places.append(start..<start)
        continue
      }
      var item = link.source
      for passed in first + 1..<max(last, first + 1) {
        segments.append((item, rank.count))
        item = rank.count
        rank.append(passed)
        program.append(program[link.source])
        owner.append(link.source)
      }
      segments.append((item, link.target))
      places.append(start..<rank.count)
    }
    self.rank = rank
    self.program = program
    self.owner = owner
    self.places = places
    self.hasLane = hasLane
    ahead = Neighbours(segments, count: rank.count)
    behind = ahead.reversed
    ranks = Array(repeating: [], count: (rankOfBox.max() ?? -1) + 1)
    position = Array(repeating: 0, count: rank.count)
    for item in rank.indices {
      position[item] = ranks[rank[item]].count
      ranks[rank[item]].append(item)
    }
  }

  /// For each box a number by its first input, then by its own place.
  private static func program(
    _ rankOfBox: [Int], _ links: [(source: Int, target: Int)]
  ) -> [Int] {
    let count = rankOfBox.count
    var isInput = [Bool](repeating: true, count: count)
    for link in links { isInput[link.target] = false }
    var first = rankOfBox.indices.map { isInput[$0] ? $0 : count }
    for link in links.sorted(by: { rankOfBox[$0.source] < rankOfBox[$1.source] }) {
      first[link.target] = min(first[link.target], first[link.source])
    }
    return rankOfBox.indices.map { first[$0] * count + $0 }
  }

  /// Whether an item is a place of a long link.
  func isPlace(_ item: Int) -> Bool { item >= boxCount }

  /// Says for the items of a rank where they are, after they were moved.
  mutating func number(_ rank: Int) {
    for (index, item) in ranks[rank].enumerated() { position[item] = index }
  }

  /// Exchanges an item with the next one in its rank.
  mutating func exchange(_ rank: Int, _ index: Int) {
    ranks[rank].swapAt(index, index + 1)
    position[ranks[rank][index]] = index
    position[ranks[rank][index + 1]] = index + 1
  }

  /// The order of all items, to come back to.
  var order: [[Int]] {
    get { ranks }
    set {
      ranks = newValue
      for rank in ranks.indices { number(rank) }
    }
  }
}

/// For each item the ones that it is joined to, and by how many links, in one array.
struct Neighbours {
  private(set) var starts: [Int]
  private(set) var items: [Int]
  private(set) var counts: [Int]

  /// The items that `item` is joined to are at these places of ``items`` and ``counts``.
  func range(_ item: Int) -> Range<Int> { starts[item]..<starts[item + 1] }

  /// Joins items by segments; those between the same two are counted together.
  init(_ segments: [(from: Int, to: Int)], count: Int) {
    var places = [Int](repeating: 0, count: count + 1)
    for segment in segments { places[segment.from + 1] += 1 }
    for index in 0..<count { places[index + 1] += places[index] }
    var targets = [Int](repeating: 0, count: segments.count)
    var next = places
    for segment in segments {
      targets[next[segment.from]] = segment.to
      next[segment.from] += 1
    }
    starts = [0]
    (items, counts) = ([], [])
    starts.reserveCapacity(count + 1)
    items.reserveCapacity(segments.count)
    counts.reserveCapacity(segments.count)
    for item in 0..<count {
      let range = places[item]..<places[item + 1]
      if range.count > 1 { targets[range].sort() }
      for target in targets[range] {
        if items.count > starts[item], items[items.count - 1] == target {
          counts[counts.count - 1] += 1
        } else {
          items.append(target)
          counts.append(1)
        }
      }
      starts.append(items.count)
    }
  }

  private init(starts: [Int], items: [Int], counts: [Int]) {
    (self.starts, self.items, self.counts) = (starts, items, counts)
  }

  /// The same from the other end.
  var reversed: Neighbours {
    let count = starts.count - 1
    var places = [Int](repeating: 0, count: count + 1)
    for item in items { places[item + 1] += 1 }
    for index in 0..<count { places[index + 1] += places[index] }
    var sources = [Int](repeating: 0, count: items.count)
    var numbers = sources
    var next = places
    for item in 0..<count {
      for index in range(item) {
        let place = next[items[index]]
        next[items[index]] += 1
        sources[place] = item
        numbers[place] = counts[index]
      }
    }
    return Neighbours(starts: places, items: sources, counts: numbers)
  }
}
