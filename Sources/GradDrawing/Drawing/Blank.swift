import GradFigure

/// The empty boxes of a figure to fill in.
enum Blank {
  /// The least width that a digit can be written into.
  private static let leastWidth = 24.0

  /// What stands before the number, and a box that takes the rest of the cell.
  static func shapes(
    _ cell: Figure.Cell, in room: Rect, baseline: Double, _ paint: Paint, step: Int,
    _ width: Double?
  ) -> [Drawing.Shape] {
    let lead = cell.content.text.width(size: cell.fontSize, bold: cell.isBold)
    let left = room.origin.x + 7
    let box = Rect(
      origin: Point(left + (lead > 0 ? lead + 1 : 0), room.origin.y + 3),
      size: Size(
        width: room.size.width - 14 - (lead > 0 ? lead + 1 : 0), height: room.size.height - 6))
    if lead == 0 { return [outline(box)] }
    return [
      outline(box),
      .text(
        Drawing.TextLine(
          text: cell.content.text, anchor: Point(left + lead / 2, baseline), size: cell.fontSize,
          isBold: cell.isBold, paint: paint, kind: .cell(cell.kind), step: step,
          room: width)),
    ]
  }

  /// A box where a number at an edge would be, as high as its label and wide enough for a digit.
  ///
  /// Beside a line there is no more room than the number takes.
  static func shape(_ label: Figure.Label, in room: Rect) -> Drawing.Shape {
    let width = label.place == .onBackward ? max(room.size.width, leastWidth) : room.size.width
    return outline(Rect(center: room.center, size: Size(width: width, height: room.size.height)))
  }

  static func outline(_ box: Rect) -> Drawing.Shape {
    .outline(
      .box(box, radius: 3), fill: .paper,
      stroke: Drawing.Stroke(paint: .muted, width: 0.8))
  }
}
