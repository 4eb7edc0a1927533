import GradCore

/// The boxes of a folded figure over the nodes that they hold: each box opens into a figure of its own,
/// in which what is still too much stands in boxes again.
package struct FoldTree: Sendable {
  /// What is read with nothing folded.
  package let reading: Reading
  /// All boxes, those inside others after them.
  package private(set) var boxes: [Box] = []

  /// A box that opens.
  package struct Box: Sendable {
    /// What it holds, nodes of ``FoldTree/reading``.
    package var fold: Fold
    /// The box that it is inside of, by its position.
    package var parent: Int?
  }

  /// The most nodes that a box shows by themselves when it is opened.
  private static let most = 60

  /// The boxes of a reading that may have folded something; none where nothing was.
  ///
  /// O(nodes + edges), and what is written into the nodes of `folded`.
  package init(_ folded: Reading) {
    guard folded.isReduced else {
      reading = folded
      return
    }
    var options = folded.options
    options.maxNodes = nil
    reading = Reading(folded.full, options)
    let top = reading.boxes(as: folded)
    // Boxes inside of calls that come back to themselves would have no order.
    guard reading.isGraph(top) else { return }
    for fold in top { boxes.append(Box(fold: fold, parent: nil)) }
    var next = 0
    while next < boxes.count {
      for part in reading.parts(of: boxes[next].fold, most: Self.most) {
        boxes.append(Box(fold: part, parent: next))
      }
      next += 1
    }
  }

  /// The boxes inside box `index`; those of the whole figure for `nil`.
  package func children(of index: Int?) -> [Int] {
    boxes.indices.filter { boxes[$0].parent == index }
  }

  /// The reading with the boxes inside box `index` folded; those of the whole figure for `nil`.
  package func reading(inside index: Int?) -> Reading {
    var reading = reading
    reading.folds = children(of: index).map { boxes[$0].fold }
    return reading
  }

  /// The figures of what the boxes hold, box by box, in the direction of the whole figure.
  ///
  /// O(boxes · (nodes + edges)), each step of it short.
  package func insides(_ direction: FigureOptions.Direction) -> [Figure] {
    if boxes.isEmpty { return [] }
    var reading = reading
    reading.direction = direction
    // What a box holds has no room for the rows that a table shares.
    reading.inputs = .boxes
    let whole = Figure(reading, hasAids: false)
    return boxes.indices.map { index in
      var inside = self.reading(inside: index)
      inside.direction = direction
      return whole.inside(boxes[index].fold, inside)
    }
  }

  /// For each node the innermost box that it is in.
  package var innermost: [Int?] {
    var result = [Int?](repeating: nil, count: reading.trace.nodes.count)
    for (index, box) in boxes.enumerated() {
      for node in box.fold.nodes { result[node] = index }
    }
    return result
  }
}

extension Reading {
  /// The boxes of `folded`, which reads the same trace, over the nodes of this reading: what it folds, and
  /// the calls whose bodies it does not show.
  fileprivate func boxes(as folded: Reading) -> [Fold] {
    var owners = [Int](repeating: -1, count: full.nodes.count)
    for (index, origin) in folded.origins.enumerated() {
      for inner in folded.inner(of: origin) where owners[inner] < 0 { owners[inner] = index }
    }
    for (index, origin) in folded.origins.enumerated() { owners[origin] = index }
    let foldOfNode = folded.foldOfNode
    var members: [Int: [Int]] = [:]
    for (index, origin) in origins.enumerated() where owners[origin] >= 0 {
      let fold = foldOfNode[owners[origin]]
      members[fold >= 0 ? fold : folded.folds.count + owners[origin], default: []].append(index)
    }
    return members.keys.sorted().compactMap { key in
      let nodes = members[key] ?? []
      if nodes.count < 2 { return nil }
      if key < folded.folds.count { return Fold(nodes: nodes, kind: folded.folds[key].kind) }
      let result = folded.origins[key - folded.folds.count]
      return folded.selection.folded(returning: result, in: full).map { call in
        Fold(nodes: nodes, kind: .call(function: full.calls[call].function))
      }
    }.sorted { $0.nodes[0] < $1.nodes[0] }
  }

  /// Whether no way leads out of one of `folds` and into it again.
  fileprivate func isGraph(_ folds: [Fold]) -> Bool {
    var owners = Array(trace.nodes.indices)
    for fold in folds {
      for node in fold.nodes { owners[node] = fold.nodes[0] }
    }
    var waiting = [Int](repeating: 0, count: trace.nodes.count)
    var ahead = [[Int]](repeating: [], count: trace.nodes.count)
    for edge in trace.edges where owners[edge.source] != owners[edge.target] {
      waiting[owners[edge.target]] += 1
      ahead[owners[edge.source]].append(owners[edge.target])
    }
    var ready = trace.nodes.indices.filter { owners[$0] == $0 && waiting[$0] == 0 }
    var count = 0
    while let node = ready.popLast() {
      count += 1
      for next in ahead[node] {
        waiting[next] -= 1
        if waiting[next] == 0 { ready.append(next) }
      }
    }
    return count == Set(owners).count
  }

  /// Parts of a box that holds more than `most` nodes, one after the other in program order, so that no
  /// way leads out of a part and into it again; none for a box that holds few.
  fileprivate func parts(of fold: Fold, most: Int) -> [Fold] {
    if fold.nodes.count <= most { return [] }
    var size = max(most * 2 / 3, (fold.nodes.count + most - 1) / most)
    // Whole repeats, where it is made of them.
    if case .repeats(let count) = fold.kind, fold.nodes.count % count == 0 {
      let period = fold.nodes.count / count
      if period < size { size -= size % period }
    }
    return stride(from: 0, to: fold.nodes.count, by: size).map { start in
      Fold(nodes: Array(fold.nodes[start..<min(start + size, fold.nodes.count)]), kind: .part)
    }
  }
}
