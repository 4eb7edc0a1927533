import GradCore

extension Figure {
  /// Puts one box in the place of all nodes of a fold, with one edge for all that lead to or from it
  /// and have the same other end.
  mutating func fold(_ reading: Reading) {
    let boxes = reading.trace.nodes.count - reading.folds.reduce(0) { $0 + $1.nodes.count - 1 }
    if let most = reading.options.maxNodes, boxes > most { excess = boxes }
    if reading.folds.isEmpty {
      notes.append(contentsOf: reading.foldSummary.map { [$0] } ?? [])
      return
    }
    let foldOfNode = reading.foldOfNode
    var folded = reading.folds.map { reading.box(of: $0) }
    var places = [Int](repeating: -1, count: folded.count)
    var positions: [Int] = []
    var kept: [Node] = []
    for node in nodes {
      let fold = foldOfNode[node.traceNode]
      guard fold >= 0 else {
        positions.append(kept.count)
        kept.append(node)
        continue
      }
      if places[fold] < 0 {
        places[fold] = kept.count
        folded[fold].scope = node.scope
        folded[fold].isFaded = true
        kept.append(folded[fold])
      }
      positions.append(places[fold])
      // A box is faint if all of it is, and in a call if all of it is.
      if !node.isFaded { kept[places[fold]].isFaded = false }
      if node.isMarked { kept[places[fold]].isMarked = true }
      kept[places[fold]].scope = reading.trace.callAround(node.scope, kept[places[fold]].scope)
    }
    for (fold, place) in places.enumerated() where place >= 0 {
      // Whole calls stand in what is around them.
      if case .calls(let function, _) = reading.folds[fold].kind, let call = kept[place].scope,
        reading.trace.calls[call].function == function
      {
        kept[place].scope = reading.trace.calls[call].parent
      }
    }
    nodes = kept
    edges = merged(edges, positions, Set(places))
    notes.append(contentsOf: reading.foldSummary.map { [$0] } ?? [])
  }

  /// The edges between the new boxes.
  private func merged(_ edges: [Edge], _ positions: [Int], _ boxes: Set<Int>) -> [Edge] {
    var result: [Edge] = []
    var numbers: [[Int]: Int] = [:]
    for var edge in edges {
      (edge.source, edge.target) = (positions[edge.source], positions[edge.target])
      guard boxes.contains(edge.source) || boxes.contains(edge.target) else {
        result.append(edge)
        continue
      }
      if edge.source == edge.target { continue }
      let ends = [edge.source, edge.target]
      guard let number = numbers[ends] else {
        numbers[ends] = result.count
        edge.labels = []
        edge.traceEdge = nil
        edge.partial = ""
        edge.explanation = []
        result.append(edge)
        continue
      }
      result[number].hasDerivative = result[number].hasDerivative || edge.hasDerivative
      result[number].isFaded = result[number].isFaded && edge.isFaded
      result[number].isBackwardFaded = result[number].isBackwardFaded && edge.isBackwardFaded
      result[number].step = max(result[number].step, edge.step)
    }
    return withoutCircles(result, boxes)
  }

  /// The edges but those that only say what stands first, and lead from or to a box that holds what stands
  /// behind as well.
  private func withoutCircles(_ edges: [Edge], _ boxes: Set<Int>) -> [Edge] {
    func mayGo(_ edge: Edge) -> Bool {
      edge.flow == .order && (boxes.contains(edge.source) || boxes.contains(edge.target))
    }
    var result = edges.filter { !mayGo($0) }
    var targets: [Int: [Int]] = [:]
    for edge in result { targets[edge.source, default: []].append(edge.target) }
    for edge in edges where mayGo(edge) {
      var reached: Set = [edge.target]
      var waiting = [edge.target]
      while let node = waiting.popLast() {
        for target in targets[node] ?? [] where reached.insert(target).inserted {
          waiting.append(target)
        }
      }
      if reached.contains(edge.source) { continue }
      targets[edge.source, default: []].append(edge.target)
      result.append(edge)
    }
    return result
  }
}

extension Reading {
  /// The box that stands for a fold: what it is, how much it holds, and the range of its numbers.
  fileprivate func box(of fold: Fold) -> Figure.Node {
    let leader = leader(of: fold)
    let derivatives = derivatives(of: fold)
    var cells = [
      FoldBox.cell(.title, title(of: fold)), FoldBox.cell(.gate, contents(of: fold)),
      FoldBox.cell(.value, values(of: fold)),
    ]
    if let derivatives { cells.append(FoldBox.cell(.derivative, derivatives)) }
    let width = cells.map(\.size.width).max() ?? 0
    for index in cells.indices { cells[index].size.width = width }
    return Figure.Node(
      traceNode: leader, scope: scope(of: leader), role: role(of: leader), shape: .box,
      rows: cells.map { [$0] },
      explanation: [valueSentence(of: fold), derivativeSentence(of: fold)].compactMap { $0?.plain },
      step: fold.nodes.map { schedule.forward[$0] }.max() ?? 0,
      derivativeStep: fold.nodes.map { schedule.derivative[$0] }.max() ?? 0,
      data: [(.fold, contents(of: fold).plain)])
  }
}

/// The measures of a box that stands for several nodes.
private enum FoldBox {
  static func cell(_ kind: Figure.Cell.Kind, _ text: MathText) -> Figure.Cell {
    let isTitle = kind == .title
    let size = isTitle ? 15 : kind == .gate ? 12 : 13.5
    let width = text.width(size: size, bold: isTitle) + 20
    return Figure.Cell(
      kind: kind, content: .line(text),
      size: Size(width: width.rounded(.up), height: isTitle ? 27 : 22),
      fontSize: size, isBold: isTitle)
  }
}

extension Trace {
  /// The innermost call that is around two, or one of them; `nil` for the program itself.
  fileprivate func callAround(_ first: Int?, _ second: Int?) -> Int? {
    var (first, second) = (first, second)
    // A call is behind the one around it.
    while let one = first, let other = second, one != other {
      if one > other { first = calls[one].parent } else { second = calls[other].parent }
    }
    return first == nil ? nil : second
  }
}
