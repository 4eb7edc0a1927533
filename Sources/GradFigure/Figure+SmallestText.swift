import GradCore

extension Figure {
  /// The size of the smallest letters in nodes and at edges, raised and lowered ones among them, whichever
  /// of the two flows is shown.
  package var smallestText: Double {
    var size = callBoxes.isEmpty ? Double.infinity : 12
    for cell in nodes.lazy.flatMap({ $0.rows.joined() }) where !cell.content.text.isEmpty {
      if case .array(let block) = cell.content {
        size = min(size, block.smallestText)
      } else {
        size = min(size, cell.fontSize * cell.content.text.smallestScale)
      }
    }
    for label in edges.lazy.flatMap(\.labels) where !label.content.text.isEmpty {
      size = min(size, label.fontSize * label.content.text.smallestScale)
    }
    return size
  }
}

extension Reading {
  /// Whether numbers are drawn small: where a page is full, so that there is room, and names have indices,
  /// which are no larger.
  var hasSmallNumbers: Bool {
    isTight && trace.nodes.indices.contains { name(of: $0).smallestScale < 1 }
  }
}

extension MathText {
  /// The size of the smallest letters against the line's.
  var smallestScale: Double { pieces.reduce(1) { min($0, $1.level.scale) } }
}
