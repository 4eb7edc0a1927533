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
          let cell = nodes[index].rows[row][column]
          let isBlank =
            switch cell.kind {
            case .value: values.contains(node)
            case .derivative: derivatives.contains(node)
            case .title, .gate: false
            }
          if isBlank { nodes[index].rows[row][column].content = cell.content.blanked }
        }
      }
      nodes[index].explanation = [reading.fullTitle(of: node).plain]
      nodes[index].data.removeAll { $0.key != .name }
    }
    for index in edges.indices {
      let edge = edges[index].traceEdge
      let source = nodes[edges[index].source].traceNode
      let isBlank = edge.map(partials.contains) ?? false
      for place in edges[index].labels.indices {
        let label = edges[index].labels[place]
        let isBlank =
          switch label.kind {
          case .shape: false
          case .partial: isBlank
          case .value: values.contains(source)
          case .derivative: derivatives.contains(source)
          }
        if isBlank { edges[index].labels[place].content = .blank(lead: MathText()) }
      }
      edges[index].explanation = edge.map { [reading.partialName(ofEdge: $0).plain] } ?? []
      if isBlank { edges[index].partial = "" }
    }
    notes = []
  }
}
