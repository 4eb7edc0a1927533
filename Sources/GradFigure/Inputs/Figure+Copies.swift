import GradCore

extension Figure {
  /// From the first use of an input to one that is far from it, in ranks along the flow.
  private static let far = 2

  /// Draws inputs again, lightly, where they are used far from their first use.
  ///
  /// The first one alone has the derivative, with the sum of what comes back to all of them.
  mutating func repeatInputs(_ reading: Reading) {
    let ranks = ranks
    var uses = [[Int]](repeating: [], count: nodes.count)
    for (index, edge) in edges.enumerated() { uses[edge.source].append(index) }
    for (input, uses) in uses.enumerated() where nodes[input].role == .input && nodes[input].isMain
    {
      let sorted = uses.map { (rank: ranks[edges[$0].target], edge: $0) }.sorted { $0 < $1 }
      guard !nodes[input].isFold, var start = sorted.first?.rank else { continue }
      var copy: Int?
      for (rank, edge) in sorted {
        if rank - start >= Self.far {
          start = rank
          copy = nodes.count
          nodes.append(nodes[input].again(reading.words.drawnAgain.plain))
        }
        if let copy { edges[edge].source = copy }
      }
    }
  }

  /// Draws inputs again, lightly, where edges end that would lead there from an earlier row: once for those of
  /// one number.
  mutating func repeatInputs(at uses: [Int: Int], _ reading: Reading) {
    struct Place: Hashable {
      var input: Int
      var row: Int
    }
    var copies: [Place: Int] = [:]
    for (edge, row) in uses.sorted(by: { $0.key < $1.key }) {
      let input = edges[edge].source
      let place = Place(input: input, row: row)
      if copies[place] == nil {
        copies[place] = nodes.count
        let isCopy = nodes[input].isRepeated
        nodes.append(isCopy ? nodes[input] : nodes[input].again(reading.words.drawnAgain.plain))
      }
      edges[edge].source = copies[place] ?? input
    }
  }

  /// How far along the flow each node is: the longest way to it; of what is computed of inputs alone for one
  /// other node, right before that, for it may have inputs of its own there.
  private var ranks: [Int] {
    var outgoing = [[Int]](repeating: [], count: nodes.count)
    var waiting = [Int](repeating: 0, count: nodes.count)
    for edge in edges {
      outgoing[edge.source].append(edge.target)
      waiting[edge.target] += 1
    }
    var ranks = [Int](repeating: 0, count: nodes.count)
    var order = nodes.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      let node = order[next]
      next += 1
      for target in outgoing[node] {
        ranks[target] = max(ranks[target], ranks[node] + 1)
        waiting[target] -= 1
        if waiting[target] == 0 { order.append(target) }
      }
    }
    var isOfInputs = nodes.map { $0.role != .input }
    for edge in edges where nodes[edge.source].role != .input { isOfInputs[edge.target] = false }
    for node in order.reversed() where isOfInputs[node] && outgoing[node].count == 1 {
      ranks[node] = ranks[outgoing[node][0]] - 1
    }
    return ranks
  }
}

extension Figure.Cell {
  /// How wide its text is, with what stands at its right.
  var textWidth: Double {
    content.width(size: fontSize, bold: isBold)
      + (aside.map { $0.width(size: Self.asideSize) + 14 } ?? 0)
  }
}

extension Figure.Node {
  /// The same input once more: its name and its value.
  fileprivate func again(_ note: String) -> Figure.Node {
    var copy = self
    (copy.isMain, copy.isRepeated) = (false, true)
    copy.explanation.append(note)
    copy.data.removeAll { $0.key == .derivative }
    copy.rows = rows.map { row in
      row.filter { $0.kind != .derivative }.map { cell in
        var cell = cell
        cell.isBold = false
        return cell
      }
    }.filter { !$0.isEmpty }
    if shape != .box { return copy }
    let widest = copy.rows.joined().map { $0.textWidth + 20 }.max() ?? 0
    for row in copy.rows.indices {
      copy.rows[row][0].size.width = max(46, widest.rounded(.up))
    }
    return copy
  }
}
