import GradCore

extension Figure {
  /// Puts empty boxes in the place of numbers, and takes what tells them from tooltips.
  ///
  /// Sizes stay those of the solution.
  mutating func addBlanks(_ reading: Reading) {
    let answers = reading.blankAnswers
    if answers.isEmpty { return }
    func blanks(_ kind: Blanks.Kind) -> Set<Int> {
      Set(answers.filter { $0.kind == kind }.map(\.index))
    }
    let (values, partials, derivatives) = (
      blanks(.values), blanks(.partials), blanks(.derivatives)
    )
    for index in nodes.indices {
      let node = nodes[index].traceNode
      for row in nodes[index].rows.indices {
        for column in nodes[index].rows[row].indices {
          switch nodes[index].rows[row][column].kind {
          case .value: nodes[index].rows[row][column].isBlank = values.contains(node)
          case .derivative: nodes[index].rows[row][column].isBlank = derivatives.contains(node)
          case .title, .gate: break
          }
        }
      }
      nodes[index].tooltip = reading.fullTitle(of: node).plain
      nodes[index].data.removeAll { $0.key != .name }
    }
    for index in edges.indices {
      let edge = edges[index].traceEdge
      for label in edges[index].labels.indices {
        switch edges[index].labels[label].kind {
        case .partial: edges[index].labels[label].isBlank = edge.map(partials.contains) ?? false
        case .value:
          edges[index].labels[label].isBlank = values.contains(nodes[edges[index].source].traceNode)
        case .derivative:
          edges[index].labels[label].isBlank =
            derivatives.contains(nodes[edges[index].source].traceNode)
        }
      }
      edges[index].tooltip = edge.map { reading.partialName(ofEdge: $0).plain } ?? ""
      if edge.map(partials.contains) ?? false { edges[index].partial = "" }
    }
    notes = []
  }
}
