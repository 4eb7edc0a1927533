/// The order of items where some stand inside frames: in every rank the members of a cluster are together,
/// and whatever is not inside stands above or below all of it.
struct ClusterOrder {
  /// The clusters.
  private let clusters: [PlacingTask.Cluster]
  /// The ranks that each cluster reaches over.
  let spans: [ClosedRange<Int>]
  /// The innermost cluster around each item.
  let scopes: [Int?]
  /// The items directly or indirectly inside each cluster.
  let inside: [[Int]]
  private let children: [[Int]]

  /// O(items · depth of clusters).
  init(_ layers: Layers, _ task: PlacingTask) {
    clusters = task.clusters
    let spans = clusters.map { cluster in
      let ranks = cluster.members.map { layers.rank[$0] }
      return (ranks.min() ?? 0)...(ranks.max() ?? 0)
    }
    self.spans = spans
    var scopes = [Int?](repeating: nil, count: layers.rank.count)
    // Inner clusters come after the ones around them.
    for (index, cluster) in clusters.enumerated() {
      for box in cluster.members { scopes[box] = index }
    }
    func chain(_ scope: Int?) -> [Int] {
      var chain: [Int] = []
      var current = scope
      while let cluster = current {
        chain.append(cluster)
        current = task.clusters[cluster].parent
      }
      return chain
    }
    // A long link leaves a frame at its last rank, and enters one at its first.
    if !clusters.isEmpty {
      for (index, link) in task.links.enumerated() {
        let (source, target) = (chain(scopes[link.source]), chain(scopes[link.target]))
        for item in layers.places[index] {
          let rank = layers.rank[item]
          let candidates = (source + target).filter { spans[$0].contains(rank) }
          let both = candidates.first { source.contains($0) && target.contains($0) }
          scopes[item] =
            candidates.first { !target.contains($0) || !source.contains($0) } ?? both
        }
      }
    }
    self.scopes = scopes
    var inside = [[Int]](repeating: [], count: clusters.count)
    for (item, scope) in scopes.enumerated() where scope != nil {
      for cluster in chain(scope) { inside[cluster].append(item) }
    }
    self.inside = inside
    var children = [[Int]](repeating: [], count: clusters.count + 1)
    for (index, cluster) in clusters.enumerated() {
      children[(cluster.parent ?? clusters.count)].append(index)
    }
    self.children = children
  }

  /// Orders all ranks by the heights of items, and says the order with the two walls of each cluster,
  /// which have the numbers after the items.
  func sequences(_ layers: inout Layers, heights: [Double]) -> [[Int]] {
    if clusters.isEmpty { return layers.ranks }
    var heights = heights
    // A long link passes clusters on one side.
    for places in layers.places where places.count > 1 {
      var start = places.lowerBound
      while start < places.upperBound {
        var end = start + 1
        while end < places.upperBound, scopes[end] == scopes[start] { end += 1 }
        let mean = heights[start..<end].reduce(0, +) / Double(end - start)
        for item in start..<end { heights[item] = mean }
        start = end
      }
    }
    let middles = clusters.map { cluster in
      cluster.members.reduce(0) { $0 + heights[$1] } / Double(max(1, cluster.members.count))
    }
    let walls = layers.rank.count
    var sequences: [[Int]] = []
    for rank in layers.ranks.indices {
      var members = [[Int]](repeating: [], count: clusters.count + 1)
      for item in layers.ranks[rank] { members[scopes[item] ?? clusters.count].append(item) }
      var sequence: [Int] = []
      func write(_ scope: Int) {
        let items = members[scope].map { (heights[$0], layers.position[$0], $0, false) }
        let inner = children[scope].filter { spans[$0].contains(rank) }
          .map { (middles[$0], Int.max, $0, true) }
        let sorted = (items + inner).sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }
        for (_, _, number, isCluster) in sorted {
          if isCluster {
            sequence.append(walls + 2 * number)
            write(number)
            sequence.append(walls + 2 * number + 1)
          } else {
            sequence.append(number)
          }
        }
      }
      write(clusters.count)
      sequences.append(sequence)
      layers.ranks[rank] = sequence.filter { $0 < walls }
      layers.number(rank)
    }
    return sequences
  }

  /// How far the frames that begin or end at a rank reach beyond its boxes, frames inside others that go on
  /// among them.
  func insets(at rank: Int, isStart: Bool, title: Double) -> Double {
    func isAtEnd(_ cluster: Int) -> Bool {
      (isStart ? spans[cluster].lowerBound : spans[cluster].upperBound) == rank
    }
    func inset(_ cluster: Int) -> Double {
      children[cluster].filter(isAtEnd).reduce(0) { max($0, inset($1)) } + Self.inset + title
    }
    return spans.indices.filter(isAtEnd).reduce(0) { max($0, inset($1)) }
  }

  /// How far the frames that reach over the gap behind a rank would reach into it, were they cut there.
  func insets(across rank: Int) -> Double { Double(count(across: rank)) * Self.inset }

  /// How many frames reach over the gap behind a rank.
  func count(across rank: Int) -> Int {
    spans.count { $0.contains(rank) && $0.contains(rank + 1) }
  }

  /// From a frame to the boxes and frames inside it.
  static let inset = 10.0
}
