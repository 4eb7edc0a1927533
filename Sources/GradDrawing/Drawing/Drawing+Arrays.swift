import GradFigure

extension Drawing.ArrayShape {
  /// The shapes of an array in the middle of a room.
  ///
  /// - Parameters:
  ///   - block: What stands where in the array.
  ///   - cell: The cell that it stands in.
  ///   - room: The room of the cell.
  ///   - paint: The colour of its numbers.
  ///   - step: The step in which it appears.
  ///   - theme: How heat maps look.
  init(
    _ block: Figure.ArrayBlock, _ cell: Figure.Cell, in room: Rect, _ paint: Paint, step: Int,
    _ theme: Theme
  ) {
    let box = Rect(center: room.center, size: block.size)
    func point(_ x: Double, _ y: Double) -> Point { Point(box.origin.x + x, box.origin.y + y) }
    var shapes: [Drawing.Shape] = []
    for item in block.items {
      switch item {
      case .text(let text, let x, let y, let size, let ink):
        shapes.append(
          .text(
            Drawing.TextLine(
              text: text, anchor: point(x, y + size * FontMetrics.capitalHeight / 2), size: size,
              isBold: false, paint: Self.paint(ink, paint), kind: .cell(cell.kind), step: step)))
      case .bracket(let x, let y, let height, let isLeft):
        let tick = isLeft ? 3.5 : -3.5
        shapes.append(
          .outline(
            .path(
              Drawing.Path(steps: [
                .move(point(x + tick, y)), .line(point(x, y)), .line(point(x, y + height)),
                .line(point(x + tick, y + height)),
              ])), fill: nil, stroke: Drawing.Stroke(paint: paint, width: 1.1)))
      case .blank(let x, let y, let size):
        shapes.append(Blank.outline(Rect(center: point(x, y), size: size)))
      case .heat(let map, let x, let y, let size):
        shapes += Self.cells(of: map, in: Rect(origin: point(x, y), size: size), theme)
      case .rule(let x, let y, let length, let isVertical):
        let end = isVertical ? point(x, y + length) : point(x + length, y)
        shapes.append(
          .outline(
            .path(Drawing.Path(steps: [.move(point(x, y)), .line(end)])), fill: nil,
            stroke: Drawing.Stroke(paint: .muted, width: 1)))
      }
    }
    self.init(kind: cell.kind, line: block.line, step: step, box: box, shapes: shapes)
  }

  /// The colour of a text in an array whose numbers are painted `own`.
  private static func paint(_ ink: Figure.ArrayBlock.Ink, _ own: Paint) -> Paint {
    switch ink {
    case .number: own
    case .muted: .muted
    case .name: .ink
    }
  }

  /// The cells of a heat map, those of one shade together, with a grid over them.
  private static func cells(of map: HeatMap, in box: Rect, _ theme: Theme) -> [Drawing.Shape] {
    let (width, height) = (
      box.size.width / Double(map.columns), box.size.height / Double(map.rows)
    )
    func place(_ column: Int, _ row: Int) -> Point {
      Point(box.origin.x + Double(column) * width, box.origin.y + Double(row) * height)
    }
    var paths: [Int?: Drawing.Path] = [:]
    var marks = Drawing.Path(steps: [])
    for row in 0..<map.rows {
      var column = 0
      while column < map.columns {
        // Neighbours of one shade are one rectangle.
        let shade = map.cells[row * map.columns + column]
        var end = column + 1
        while end < map.columns, map.cells[row * map.columns + end] == shade { end += 1 }
        let (a, b) = (place(column, row), place(end, row + 1))
        paths[shade, default: Drawing.Path(steps: [])].steps += [
          .move(a), .line(Point(b.x, a.y)), .line(b), .line(Point(a.x, b.y)), .close,
        ]
        if theme.heat.marksNegative, let shade, shade < 0 {
          for cell in column..<end {
            let corner = place(cell, row)
            let y = corner.y + height / 2
            marks.steps += [
              .move(Point(corner.x + 0.25 * width, y)), .line(Point(corner.x + 0.75 * width, y)),
            ]
          }
        }
        column = end
      }
    }
    let order = paths.keys.sorted { ($0 ?? .max) < ($1 ?? .max) }
    var shapes = order.compactMap { shade in paths[shade].map { Drawing.Shape.shade($0, shade) } }
    if !marks.steps.isEmpty {
      shapes.append(
        .outline(
          .path(marks), fill: nil,
          stroke: Drawing.Stroke(paint: .line, width: min(1, height / 5))))
    }
    return shapes + [grid(map, in: box)]
  }

  /// The outline of a heat map, and lines between its cells where these are not small.
  private static func grid(_ map: HeatMap, in box: Rect) -> Drawing.Shape {
    let corner = Point(box.maxX, box.maxY)
    var steps: [Drawing.Path.Step] = [
      .move(box.origin), .line(Point(corner.x, box.origin.y)), .line(corner),
      .line(Point(box.origin.x, corner.y)), .close,
    ]
    let (width, height) = (
      box.size.width / Double(map.columns), box.size.height / Double(map.rows)
    )
    if min(width, height) >= 4 {
      for column in 1..<max(1, map.columns) {
        let x = box.origin.x + Double(column) * width
        steps += [.move(Point(x, box.origin.y)), .line(Point(x, corner.y))]
      }
      for row in 1..<max(1, map.rows) {
        let y = box.origin.y + Double(row) * height
        steps += [.move(Point(box.origin.x, y)), .line(Point(corner.x, y))]
      }
    }
    return .outline(
      .path(Drawing.Path(steps: steps)), fill: nil,
      stroke: Drawing.Stroke(paint: .muted, width: 0.3))
  }
}
