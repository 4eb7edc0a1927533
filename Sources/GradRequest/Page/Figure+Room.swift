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
        // The halves of a row stay halves.
        if rows.count > 1 {
          let widest = rows[row].map(\.size.width).max() ?? 0
          for cell in rows[row].indices { rows[row][cell].size.width = widest }
        }
      }
      let width = rows.map { $0.reduce(0) { $0 + $1.size.width } }.max() ?? 0
      for row in rows.indices where rows.count > 1 {
        for cell in rows[row].indices {
          rows[row][cell].size.width = width / Double(rows[row].count)
        }
      }
      nodes[index].rows = rows
    }
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
