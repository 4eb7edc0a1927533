import GradCore

extension Figure {
  /// The most nodes around a box that are drawn beside what it holds.
  private static let mostGuests = 40
  /// How many lines lead at most between such a node and what the box holds: one that is used
  /// everywhere, as a weight is, would cover it with lines, and stands in the formulas anyway.
  private static let mostLinks = 8

  /// The figure of what a box holds, with the nodes that it is joined to; without those that are joined to
  /// much of it, and without all where they are many.
  ///
  /// O(nodes + edges) of the whole figure.
  ///
  /// - Parameters:
  ///   - fold: What the box holds.
  ///   - reading: The reading of the whole figure, with the boxes inside that box folded.
  /// - Returns: The figure.
  package func inside(_ fold: Fold, _ reading: Reading) -> Figure {
    var isInside = [Bool](repeating: false, count: trace.nodes.count)
    for node in fold.nodes { isInside[node] = true }
    let isOwn = nodes.map { isInside[$0.traceNode] }
    var links = [Int](repeating: 0, count: nodes.count)
    for edge in edges where isOwn[edge.source] != isOwn[edge.target] {
      links[isOwn[edge.source] ? edge.target : edge.source] += 1
    }
    var isDrawn = nodes.indices.map { isOwn[$0] || (1...Self.mostLinks).contains(links[$0]) }
    let guests = nodes.indices.count { isDrawn[$0] && !isOwn[$0] }
    if guests > Self.mostGuests { isDrawn = isOwn }
    var figure = self
    var positions = [Int](repeating: -1, count: nodes.count)
    figure.nodes = []
    for index in nodes.indices where isDrawn[index] {
      positions[index] = figure.nodes.count
      var node = nodes[index]
      if !isOwn[index] { (node.isMain, node.scope) = (false, nil) }
      figure.nodes.append(node)
    }
    figure.edges = edges.compactMap { edge in
      guard isDrawn[edge.source], isDrawn[edge.target], isOwn[edge.source] || isOwn[edge.target]
      else { return nil }
      var edge = edge
      (edge.source, edge.target) = (positions[edge.source], positions[edge.target])
      return edge
    }
    figure.fold(reading)
    figure.callBoxes = reading.callBoxes(figure.nodes)
    (figure.title, figure.notes, figure.legend, figure.excess) = (nil, [], [], nil)
    figure.heading = reading.fullTitle(of: fold).plain
    figure.summary = ""
    return figure
  }
}
