/// What chains of nodes begin with: `q` of `q.a().b`.
///
/// The checker asks about every part of a chain; each part is walked over once.
struct ChainBases {
  private var known: [Int32: Int32] = [:]

  /// Walks a chain to its begin.
  ///
  /// - Parameters:
  ///   - index: The node that the chain ends at.
  ///   - nodes: All nodes.
  ///   - isLink: Whether the chain goes on to a node's first child.
  /// - Returns: The node that the chain begins with, `index` where there is none.
  mutating func base(
    of index: Int32, in nodes: [SyntaxTree.Node], isLink: (SyntaxTree.Node) -> Bool
  ) -> Int32 {
    var base = index
    var walked: [Int32] = []
    while isLink(nodes[Int(base)]) {
      if let known = known[base] {
        base = known
        break
      }
      walked.append(base)
      base = nodes[Int(base)].first
    }
    for node in walked { known[node] = base }
    return base
  }
}
