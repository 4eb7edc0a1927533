import GradCore

extension Figure {
  /// Whether another figure has the same boxes, cells, edges and labels, whatever their numbers, so that
  /// one layout serves both.
  package func hasForm(of other: Figure) -> Bool {
    nodes.count == other.nodes.count && edges.count == other.edges.count
      && tables.map(\.nodes) == other.tables.map(\.nodes) && notes.count == other.notes.count
      && legend.count == other.legend.count
      && callBoxes.map(\.nodes) == other.callBoxes.map(\.nodes)
      && zip(nodes, other.nodes).allSatisfy { $0.hasForm(of: $1) }
      && zip(edges, other.edges).allSatisfy { $0.hasForm(of: $1) }
  }

  /// Gives every cell and label the room that it has in any of several figures of one form.
  package static func shareRoom(_ figures: inout [Figure]) {
    guard var most = figures.first else { return }
    for figure in figures.dropFirst() { most.grow(to: figure) }
    for index in figures.indices {
      figures[index].grow(to: most)
      figures[index].alignTables()
    }
  }

  private mutating func grow(to other: Figure) {
    for index in nodes.indices {
      for row in nodes[index].rows.indices {
        for cell in nodes[index].rows[row].indices {
          nodes[index].rows[row][cell].size.grow(to: other.nodes[index].rows[row][cell].size)
        }
      }
    }
    for index in edges.indices {
      for label in edges[index].labels.indices {
        edges[index].labels[label].size.grow(to: other.edges[index].labels[label].size)
      }
    }
  }
}

extension Figure.Node {
  fileprivate func hasForm(of other: Figure.Node) -> Bool {
    shape == other.shape && role == other.role && isMain == other.isMain
      && isRepeated == other.isRepeated
      && rows.map { $0.map(\.kind) } == other.rows.map { $0.map(\.kind) }
      && titleRows.map { $0.map(\.content.text.plain) }
        == other.titleRows.map { $0.map(\.content.text.plain) }
  }
}

extension Figure.Edge {
  fileprivate func hasForm(of other: Figure.Edge) -> Bool {
    source == other.source && target == other.target && line == other.line
      && hasDerivative == other.hasDerivative
      && labels.map(\.kind) == other.labels.map(\.kind)
      && labels.map(\.place) == other.labels.map(\.place)
  }
}

extension Size {
  fileprivate mutating func grow(to other: Size) {
    width = max(width, other.width)
    height = max(height, other.height)
  }
}
