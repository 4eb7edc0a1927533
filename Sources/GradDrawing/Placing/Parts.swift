/// Items that are joined to parts, which are told by one item of theirs (union and find).
struct Parts {
  private var leaders: [Int]

  /// Items that each are a part of their own.
  init(_ count: Int) { leaders = Array(0..<count) }

  /// The item that stands for the part of `item`; nearly constant time, as ways to it are halved.
  mutating func lead(_ item: Int) -> Int {
    var item = item
    while leaders[item] != item {
      leaders[item] = leaders[leaders[item]]
      item = leaders[item]
    }
    return item
  }

  /// Makes the part of `item` one with that of `leader`, whose item stands for both.
  mutating func join(_ item: Int, to leader: Int) { leaders[lead(item)] = lead(leader) }
}
