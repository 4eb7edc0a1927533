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

extension MathText {
  /// The size of the smallest letters against the line's.
  fileprivate var smallestScale: Double { pieces.reduce(1) { min($0, $1.level.scale) } }
}
