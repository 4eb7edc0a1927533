/// Where the items of each rank stand across the flow.
struct LayerPositions {
  private let layers: Layers
  /// The items of each rank in order, with the walls of clusters between them.
  private let sequences: [[Int]]
  /// The room of each item from its middle.
  private let above: [Double]
  private let below: [Double]
  /// Between two boxes.
  private let gap: Double
  /// From where walls begin.
  private let walls: Int
  /// For each item the one ahead and the one behind that the longest way leads over, by two boxes at least.
  private let main: (ahead: [Int?], behind: [Int?])
  /// The items of branches: what joins a chain from the side by one link and has no other.
  private var isInBranch: [Bool] = []
  /// The middle of each item.
  private(set) var v: [Double]

  /// - Parameters:
  ///   - layers: The items in ranks.
  ///   - above: The room of each item, and of each wall, from its middle upwards.
  ///   - below: The same downwards.
  ///   - sequences: The items of each rank in order, with the walls of clusters.
  ///   - gap: The distance of two boxes.
  init(
    _ layers: Layers, above: [Double], below: [Double], sequences: [[Int]], gap: Double
  ) {
    self.layers = layers
    self.sequences = sequences
    self.above = above
    self.below = below
    self.gap = gap
    walls = layers.rank.count
    main = (
      Self.main(layers, layers.ranks.reversed(), layers.ahead),
      Self.main(layers, layers.ranks, layers.behind)
    )
    v = Array(repeating: 0, count: above.count)
    isInBranch = branches()
  }

  /// The places of each link.
  var places: [Range<Int>] { layers.places }

  private func isLine(_ item: Int) -> Bool { item >= layers.boxCount && item < walls }

  /// From the middle of an item to the middle of the next at least.
  private func distance(_ a: Int, _ b: Int) -> Double {
    let room = below[a] + above[b]
    if a >= walls || b >= walls { return room + 4 }
    return room + (isLine(a) ? (isLine(b) ? 2 : 6) : (isLine(b) ? 6 : gap))
  }

  /// Finds the places of all items: in each rank the nearest to the mean of what they are joined to, sweep
  /// after sweep.
  ///
  /// O(rounds · segments).
  mutating func find(rounds: Int) {
    for sequence in sequences {
      var middle = 0.0
      for (index, item) in sequence.enumerated() {
        if index > 0 { middle += distance(sequence[index - 1], item) }
        v[item] = middle
      }
      for item in sequence where item < walls { v[item] -= middle / 2 }
    }
    var (wishes, weights): ([Double], [Double]) = ([], [])
    for round in 0..<rounds {
      let isForward = round % 2 == 0
      // At first only what is before counts, in the end both sides.
      let other = round < rounds - 2 ? 0.05 : 1
      for step in sequences.indices {
        let sequence = sequences[isForward ? step : sequences.count - 1 - step]
        wishes.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
        for item in sequence {
          if item >= walls {
            wishes.append(v[item])
            weights.append(0.2)
            continue
          }
          var (sum, weight, total) = (0.0, 0.0, 0.0)
          // A branch follows what it leads to, not its own beginning.
          let behind = isInBranch[item] ? 0.000_1 : isForward ? 1 : other
          pull(item, layers.behind, behind, &sum, &weight, &total)
          let ahead = isInBranch[item] || !isForward ? 1 : other
          pull(item, layers.ahead, ahead, &sum, &weight, &total)
          wishes.append(weight > 0 ? sum / weight : v[item])
          weights.append(isInBranch[item] ? Self.weak : max(Self.weak, total))
        }
        project(sequence, wishes, weights)
      }
    }
    straightenEnds()
  }

  private func pull(
    _ item: Int, _ side: Neighbours, _ factor: Double, _ sum: inout Double,
    _ weight: inout Double, _ total: inout Double
  ) {
    let isLine = isLine(item)
    for index in side.range(item) {
      let other = side.items[index]
      let isOther = self.isLine(other)
      let pull = Double(side.counts[index]) * strength(item, isLine, other, isOther)
      total += pull
      sum += pull * factor * v[other]
      weight += pull * factor
    }
  }

  /// How much two joined items want to be at one height: most of all where a long link passes, and where a
  /// box has no other link on that side, or much shorter ones, so that chains are straight.
  private func strength(_ a: Int, _ isLine: Bool, _ b: Int, _ isOther: Bool) -> Double {
    if isLine || isOther { return isLine && isOther ? 8 : 2 }
    let (first, second) = layers.rank[a] < layers.rank[b] ? (a, b) : (b, a)
    let (next, last) = (main.ahead[first], main.behind[second])
    if next == second, last == first { return 6 }
    // What joins a chain from the side does not bend it.
    let joinsChain =
      next.map { $0 != second && main.behind[$0] == first } ?? false
      || last.map { $0 != first && main.ahead[$0] == second } ?? false
    return joinsChain ? Self.weak : 1
  }

  /// How much a chain and what joins it from the side want to be at one height.
  private static let weak = 0.01

  /// For each item whether it is in a branch: what hangs together by stronger links than the one that joins
  /// it to a chain; O(segments).
  private func branches() -> [Bool] {
    var parts = Parts(walls)
    var joints: [(from: Int, to: Int)] = []
    for item in 0..<walls {
      for other in layers.ahead.items[layers.ahead.range(item)] {
        if strength(item, isLine(item), other, isLine(other)) == Self.weak {
          joints.append((item, other))
        } else {
          parts.join(other, to: item)
        }
      }
    }
    // How many links lead from a part to others, and to it from them.
    var (leaving, reaching) = ([Int](repeating: 0, count: walls), [Int](repeating: 0, count: walls))
    for (from, to) in joints where parts.lead(from) != parts.lead(to) {
      leaving[parts.lead(from)] += 1
      reaching[parts.lead(to)] += 1
    }
    return (0..<walls).map { leaving[parts.lead($0)] == 1 && reaching[parts.lead($0)] == 0 }
  }

  /// For each item the one on a side that the longest way leads over, where all others are shorter by two
  /// boxes at least; O(segments).
  private static func main(
    _ layers: Layers, _ ranks: some Sequence<[Int]>, _ side: Neighbours
  ) -> [Int?] {
    var ways = [Int](repeating: 0, count: layers.rank.count)
    var main = [Int?](repeating: nil, count: layers.rank.count)
    for item in ranks.lazy.joined() {
      var (longest, next) = (-1, -1)
      for other in side.items[side.range(item)] {
        let way = ways[other] + (layers.isPlace(other) ? 0 : 1)
        if way > longest {
          (longest, next) = (way, longest)
          main[item] = other
        } else {
          next = max(next, way)
        }
      }
      if next >= 0, longest < next + 2 { main[item] = nil }
      ways[item] = max(0, longest)
    }
    return main
  }

  /// Puts the items of a sequence as near to their wishes as order and distances allow: isotonic
  /// regression, by pooling neighbours that are too near; linear.
  private mutating func project(
    _ sequence: [Int], _ wishes: [Double], _ weights: [Double]
  ) {
    if sequence.count == 1 {
      // In a chain all are alone; this rounds as the long way does.
      v[sequence[0]] = wishes[0] * weights[0] / weights[0]
      return
    }
    var blocks: [(sum: Double, weight: Double, count: Int)] = []
    var offsets: [Double] = []
    offsets.reserveCapacity(sequence.count)
    for (index, item) in sequence.enumerated() {
      offsets.append(index == 0 ? 0 : offsets[index - 1] + distance(sequence[index - 1], item))
      blocks.append(((wishes[index] - offsets[index]) * weights[index], weights[index], 1))
      while blocks.count > 1 {
        let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
        if before.sum / before.weight < last.sum / last.weight { break }
        blocks.removeLast()
        blocks[blocks.count - 1] = (
          before.sum + last.sum, before.weight + last.weight, before.count + last.count
        )
      }
    }
    var index = 0
    for block in blocks {
      for _ in 0..<block.count {
        v[sequence[index]] = block.sum / block.weight + offsets[index]
        index += 1
      }
    }
  }

  /// The ends of the flow stand straight behind what they hang on, and what nothing is joined to right below
  /// what is above it.
  private mutating func straightenEnds() {
    for sequence in sequences {
      var (wishes, weights): ([Double], [Double]) = ([], [])
      var hasEnds = false
      for item in sequence {
        var (wish, weight) = (v[item], 1000.0)
        if item < layers.boxCount, layers.ahead.range(item).isEmpty,
          layers.behind.range(item).count == 1
        {
          (wish, weight) = (v[layers.behind.items[layers.behind.starts[item]]], 1)
          hasEnds = true
        } else if item < layers.boxCount, let last = wishes.last, isAlone(item) {
          (wish, weight) = (last + distance(sequence[wishes.count - 1], item), 1)
          hasEnds = true
        }
        wishes.append(wish)
        weights.append(weight)
      }
      if hasEnds { project(sequence, wishes, weights) }
    }
  }

  private func isAlone(_ item: Int) -> Bool {
    layers.ahead.range(item).isEmpty && layers.behind.range(item).isEmpty
  }

  /// Lets no frame of a cluster stand over what is not inside it.
  ///
  /// Walls are where the members of clusters want them, the rest gives way: once only downwards, once
  /// only upwards, and the middle of both keeps all distances too. O(items).
  mutating func holdWalls(_ inside: [[Int]]) {
    if walls == v.count { return }
    for (cluster, members) in inside.enumerated() {
      let (upper, lower) = (walls + 2 * cluster, walls + 2 * cluster + 1)
      v[upper] = members.reduce(.infinity) { min($0, v[$1] - above[$1] - below[upper]) }
      v[lower] = members.reduce(-.infinity) { max($0, v[$1] + below[$1] + above[lower]) }
    }
    var segments: [(from: Int, to: Int)] = []
    for sequence in sequences { segments += zip(sequence, sequence.dropFirst()).map { ($0, $1) } }
    let after = Neighbours(segments, count: v.count)
    let before = after.reversed
    var waiting = v.indices.map { before.range($0).count }
    var order = v.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for item in after.items[after.range(order[next])] {
        waiting[item] -= 1
        if waiting[item] == 0 { order.append(item) }
      }
      next += 1
    }
    var (down, up) = (v, v)
    for item in order {
      for other in after.items[after.range(item)] {
        down[other] = max(down[other], down[item] + distance(item, other))
      }
    }
    for item in order.reversed() {
      for other in before.items[before.range(item)] {
        up[other] = min(up[other], up[item] - distance(other, item))
      }
    }
    v = zip(down, up).map { ($0 + $1) / 2 }
  }

  /// Makes long links straight as far as the items beside them allow: over as many ranks as possible at
  /// one height, that of the box at its end if that is free.
  ///
  /// O(places).
  ///
  /// - Parameters:
  ///   - sources: For each link the height that it would best have at its beginning.
  ///   - targets: The same for its end.
  ///   - reach: How far these may be away to be taken.
  mutating func straightenLinks(sources: [Double], targets: [Double], reach: Double) {
    var place = [Int](repeating: 0, count: v.count)
    for sequence in sequences {
      for (index, item) in sequence.enumerated() { place[item] = index }
    }
    for (link, places) in layers.places.enumerated() where !places.isEmpty {
      var first = places.lowerBound
      while first < places.upperBound {
        var (low, high) = (-Double.infinity, Double.infinity)
        var end = first
        while end < places.upperBound {
          let sequence = sequences[layers.rank[end]]
          let index = place[end]
          let least =
            index > 0
            ? v[sequence[index - 1]] + distance(sequence[index - 1], end) : -Double.infinity
          let most =
            index + 1 < sequence.count
            ? v[sequence[index + 1]] - distance(end, sequence[index + 1]) : Double.infinity
          if max(low, least) > min(high, most) { break }
          (low, high) = (max(low, least), min(high, most))
          end += 1
        }
        // Distances of the last rounding may leave no room at all.
        if end == first {
          first += 1
          continue
        }
        let mean = v[first..<end].reduce(0, +) / Double(end - first)
        var wish = mean
        if end == places.upperBound, abs(targets[link] - mean) < reach { wish = targets[link] }
        if first == places.lowerBound, abs(sources[link] - mean) < reach { wish = sources[link] }
        let height = min(max(wish, low), high)
        for item in first..<end { v[item] = height }
        first = end
      }
    }
  }
}
