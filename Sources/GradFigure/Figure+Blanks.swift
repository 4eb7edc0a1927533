import GradCore

extension Figure {
  /// Puts empty boxes in the place of numbers, and takes what tells them from tooltips.
  ///
  /// Sizes stay those of the solution.
  mutating func addBlanks(_ reading: Reading) {
    let blanks = BlankNumbers(reading)
    if blanks.isEmpty { return }
    for index in nodes.indices {
      let node = nodes[index].traceNode
      for row in nodes[index].rows.indices {
        for column in nodes[index].rows[row].indices {
          nodes[index].rows[row][column].content = blanks.content(
            of: nodes[index].rows[row][column], of: node)
        }
      }
      nodes[index].explanation = [reading.fullTitle(of: node).plain]
      nodes[index].data.removeAll { $0.key != .name }
    }
    for index in edges.indices {
      let edge = edges[index].traceEdge
      let source = nodes[edges[index].source].traceNode
      let isBlank = edge.map(blanks.partials.contains) ?? false
      for place in edges[index].labels.indices {
        let label = edges[index].labels[place]
        let isBlank =
          switch label.kind {
          case .shape: false
          case .partial: isBlank
          case .value: blanks.values[source] != nil
          case .derivative: blanks.derivatives[source] != nil
          }
        if isBlank { edges[index].labels[place].content = .blank(lead: MathText()) }
      }
      edges[index].explanation = edge.map { [reading.partialName(ofEdge: $0).plain] } ?? []
      if isBlank { edges[index].partial = "" }
    }
    notes = []
  }
}

/// The numbers that a figure leaves out.
struct BlankNumbers {
  /// By node, the entries of an array whose values are left out; all where there are none.
  var values: [Int: Set<Int>] = [:]
  /// The same for derivatives.
  var derivatives: [Int: Set<Int>] = [:]
  /// The edges whose partials are left out.
  var partials: Set<Int> = []
  private let reading: Reading

  init(_ reading: Reading) {
    self.reading = reading
    for answer in reading.blankAnswers {
      let entries = answer.entry.map { [$0] } ?? []
      switch answer.kind {
      case .values: values[answer.index, default: []].formUnion(entries)
      case .partials: partials.insert(answer.index)
      case .derivatives: derivatives[answer.index, default: []].formUnion(entries)
      }
    }
  }

  var isEmpty: Bool { values.isEmpty && derivatives.isEmpty && partials.isEmpty }

  /// What stands in a cell of a node, without the numbers that are left out.
  func content(of cell: Figure.Cell, of node: Int) -> Figure.Content {
    let blanks: Set<Int>?
    switch cell.kind {
    case .value: blanks = values[node]
    case .derivative: blanks = derivatives[node]
    case .title, .gate: blanks = nil
    }
    guard let blanks else { return cell.content }
    switch cell.content {
    case .array(let block): return reading.blanked(block, blanks)
    // The shape tells nothing.
    case .line where reading.isArray(node): return cell.content
    case .line(let text), .blank(let text): return .blank(lead: text.lead)
    }
  }
}
