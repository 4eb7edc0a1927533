import GradFigure

extension Figure {
  /// The outline of a table, the lines between its rows, and the heads of its columns; what stands in the
  /// rows belongs to their nodes.
  ///
  /// - Parameters:
  ///   - index: The table.
  ///   - box: Its room.
  ///   - rows: The rooms of all nodes.
  /// - Returns: The part, to be drawn before the nodes.
  func part(ofTable index: Int, in box: Rect, rows: [Rect]) -> Drawing.Part {
    let table = tables[index]
    let isDown = direction == .down
    let thin = Drawing.Stroke(paint: .muted, width: 0.6)
    func line(_ a: Point, _ b: Point) -> Drawing.Shape {
      .outline(.curve(Curve(from: a, to: b)), fill: nil, stroke: thin)
    }
    var shapes: [Drawing.Shape] = [
      .outline(
        .box(box, radius: 11), fill: .inputBox, stroke: Drawing.Stroke(paint: .line, width: 1.2))
    ]
    for node in table.nodes.dropFirst(table.heads.isEmpty ? 1 : 0) {
      let row = rows[node]
      shapes.append(
        isDown
          ? line(row.origin, Point(row.origin.x, row.maxY))
          : line(row.origin, Point(row.maxX, row.origin.y)))
    }
    var place = isDown ? box.origin.y : box.origin.x
    for (column, room) in table.columns.enumerated() {
      defer { place += room }
      let isLeftOut = show == .forward && column == table.columns.count - 1 && column > 1
      guard table.heads.indices.contains(column), !isLeftOut else { continue }
      let middle =
        isDown
        ? Point(box.origin.x + table.headRoom / 2, place + room / 2)
        : Point(place + room / 2, box.origin.y + table.headRoom / 2)
      shapes.append(
        .text(
          Drawing.TextLine(
            text: table.heads[column],
            anchor: Point(middle.x, middle.y + Table.headSize * FontMetrics.capitalHeight / 2),
            size: Table.headSize, isBold: false, paint: .muted, kind: .heading,
            room: isDown ? table.headRoom : room)))
    }
    let isFaded = table.nodes.allSatisfy { nodes[$0].isFaded }
    return Drawing.Part(
      owner: .table(index), tone: isFaded ? .faded : .full, box: box, shapes: shapes)
  }
}
