import GradFigure

extension Figure {
  /// Widens boxes, so that numbers as long as `sample` fit in the place of theirs.
  mutating func keepRoom(for sample: String) {
    for index in nodes.indices where nodes[index].hasSides {
      var rows = nodes[index].rows
      for row in rows.indices {
        for cell in rows[row].indices {
          let text = rows[row][cell].content.text.filled(with: sample)
          let size = rows[row][cell].fontSize
          let wanted = (text.width(size: size, bold: rows[row][cell].isBold) + 20).rounded(.up)
          rows[row][cell].size.width = max(rows[row][cell].size.width, wanted)
        }
        // The halves of a row stay halves; in a table columns are aligned below.
        if nodes[index].shape == .row { continue }
        let widest = rows[row].filter { $0.kind != .gate }.map(\.size.width).max() ?? 0
        for cell in rows[row].indices where rows[row][cell].kind != .gate {
          rows[row][cell].size.width = widest
        }
      }
      nodes[index].rows = rows.widened
    }
    alignTables()
  }
}

extension MathText {
  /// The text up to its first number, with `sample` in its place.
  ///
  /// What follows is a sum, `db = 2 + 3 = 5`, which the page leaves out where it finds no room.
  fileprivate func filled(with sample: String) -> MathText {
    let lead = lead
    return lead == self ? self : lead + sample
  }
}
