/// The rank of each box: how far along the flow it stands.
enum LayerRanks {
  /// The longest way to each box, then each box at the cheaper end of what its links leave it.
  ///
  /// O(boxes + links).
  ///
  /// - Parameters:
  ///   - isCopy: For each box whether it stands for another one beside what it leads to.
  ///   - links: Source and target of each link.
  /// - Returns: The rank of each box.
  static func found(_ isCopy: [Bool], _ links: [(source: Int, target: Int)]) -> [Int] {
    let count = isCopy.count
    let ahead = Neighbours(links.map { ($0.source, $0.target) }, count: count)
    let behind = ahead.reversed
    var waiting = (0..<count).map { behind.range($0).count }
    var order = (0..<count).filter { waiting[$0] == 0 }
    var rank = [Int](repeating: 0, count: count)
    var next = 0
    while next < order.count {
      let box = order[next]
      next += 1
      for target in ahead.items[ahead.range(box)] {
        rank[target] = max(rank[target], rank[box] + 1)
        waiting[target] -= 1
        if waiting[target] == 0 { order.append(target) }
      }
    }
    precondition(order.count == count, "links form a circle")
    // What is computed for one box alone, of inputs that no other uses or that are drawn again for it,
    // stands beside that box.
    var isOwn = [Bool](repeating: false, count: count)
    for box in order {
      isOwn[box] =
        (ahead.range(box).count == 1 || isCopy[box])
        && behind.items[behind.range(box)].allSatisfy { isOwn[$0] }
    }
    for _ in 0..<4 {
      for box in order.reversed() {
        let (before, after) = (behind.range(box), ahead.range(box))
        if after.count > before.count || isOwn[box] {
          rank[box] = ahead.items[after].reduce(Int.max) { min($0, rank[$1] - 1) }
        } else if before.count > after.count {
          rank[box] = behind.items[before].reduce(0) { max($0, rank[$1] + 1) }
        }
      }
    }
    // Ranks without a box, if any, are left out.
    var isUsed = [Bool](repeating: false, count: (rank.max() ?? -1) + 1)
    for number in rank { isUsed[number] = true }
    var numbers: [Int] = []
    var number = 0
    for used in isUsed {
      numbers.append(number)
      if used { number += 1 }
    }
    return rank.map { numbers[$0] }
  }
}
