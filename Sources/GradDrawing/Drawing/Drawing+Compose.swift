public import GradFigure

extension Drawing {
  /// Draws a figure in the places of a layout; O(nodes + edges).
  public init(_ figure: Figure, _ layout: Layout, theme: Theme, hasBackground: Bool = true) {
    let composer = DrawingComposer(figure, layout, theme)
    let parts = composer.parts()
    self.init(
      size: composer.size, parts: parts, theme: theme, hasBackground: hasBackground,
      heading: figure.heading, summary: figure.summary, figure: figure,
      missingLabels: composer.missingLabels)
  }
}

extension Drawing {
  /// What a drawing says besides its shapes, where nobody looks at it and nothing is laid out.
  package init(unplaced figure: Figure, theme: Theme) {
    self.init(
      size: Size(width: 0, height: 0), parts: [], theme: theme, hasBackground: false,
      heading: figure.heading, summary: figure.summary, figure: figure)
  }
}

/// Puts shapes around the places of a layout.
private struct DrawingComposer {
  let figure: Figure
  let theme: Theme
  /// The room of each node.
  let boxes: [Rect]
  /// The room of each table.
  let tables: [Rect]
  let pairs: [EdgePair]
  let size: Size
  /// The rooms of the labels of each edge, shown or not; `nil` for one that is left out.
  let labels: [[Rect?]]
  /// The room of each open call's body.
  let callBoxes: [[Rect]]
  let callTitles: [[CallTitle]]
  private let surroundings: Surroundings

  init(_ figure: Figure, _ layout: Layout, _ theme: Theme) {
    self.figure = figure
    self.theme = theme
    surroundings = Surroundings(figure, around: layout.bounds.size)
    size = surroundings.size
    let offset = surroundings.place - layout.bounds.origin

    boxes = layout.boxes.map { $0.moved(by: offset) }
    tables = layout.tables.map { $0.moved(by: offset) }
    pairs = layout.pairs.map { $0.moved(by: offset) }
    labels = layout.labels.map { $0.map { $0?.moved(by: offset) } }
    callBoxes = layout.callBoxes.map { $0.map { $0.moved(by: offset) } }
    callTitles = layout.titles.map { $0.map { $0.moved(by: offset) } }
  }

  // MARK: Parts

  func parts() -> [Drawing.Part] {
    // One by one, as lists that are joined are copied.
    var parts: [Drawing.Part] = []
    parts.reserveCapacity(2 * figure.edges.count + figure.nodes.count + 8)
    if let title = surroundings.title {
      parts.append(Drawing.Part(owner: .caption, shapes: [.text(title)]))
    }
    for index in figure.callBoxes.indices { parts.append(callBox(index)) }
    for index in figure.edges.indices {
      if let part = forward(index) { parts.append(part) }
    }
    for index in figure.edges.indices {
      if let part = backward(index) { parts.append(part) }
    }
    for index in figure.edges.indices { parts += labels(index) }
    for index in figure.tables.indices {
      parts.append(figure.part(ofTable: index, in: tables[index], rows: boxes))
    }
    for index in figure.nodes.indices
    where figure.show != .forward || !figure.nodes[index].isBackward {
      parts.append(node(index))
    }
    parts += surroundings.footerParts(theme)
    return parts
  }

  private func forward(_ index: Int) -> Drawing.Part? {
    let edge = figure.edges[index]
    let isWire = edge.line == .wire
    switch edge.flow {
    case .order: return nil
    case .value: if figure.show == .backward && !isWire { return nil }
    case .derivative, .saved: if figure.show == .forward { return nil }
    }
    let paint: Paint =
      switch edge.flow {
      case .derivative: .backward
      case .saved: .muted
      case .value, .order: isWire ? .line : .forward
      }
    return Drawing.Part(
      owner: .forward(index),
      explanation: isWire ? edge.explanation : figure.nodes[edge.target].explanation,
      // Derivatives come back over wires too.
      tone: edge.isFaded || isWire && edge.isBackwardFaded ? .faded : .full,
      step: figure.nodes[edge.target].step, way: pairs[index].forwardWay,
      shapes: [
        .outline(
          .curve(pairs[index].forward), fill: nil,
          stroke: Drawing.Stroke(
            paint: paint, width: edge.flow == .saved ? 1.1 : 1.4, isDashed: edge.flow == .saved)),
        .outline(
          .polygon(pairs[index].forwardHead), fill: paint, stroke: nil),
      ])
  }

  private func backward(_ index: Int) -> Drawing.Part? {
    let edge = figure.edges[index]
    if figure.show == .forward || !edge.isPair { return nil }
    let stroke = Drawing.Stroke(paint: .backward, width: 1.4, isDashed: theme.dashesBackward)
    let line = figure.mode == .forward ? pairs[index].tangent : pairs[index].derivative
    return Drawing.Part(
      owner: .backward(index), data: [(.partial, edge.partial)], explanation: edge.explanation,
      tone: edge.isFaded || edge.isBackwardFaded ? .faded : .full,
      step: edge.step, way: line.way,
      shapes: [
        .outline(.curve(line.shaft), fill: nil, stroke: stroke),
        .outline(.polygon(line.head), fill: .backward, stroke: nil),
      ])
  }

  /// The labels of edge `index` that the figure shows, each with its room.
  private func shownLabels(_ index: Int) -> [(label: Figure.Label, room: Rect?)] {
    if figure.show == .forward, figure.edges[index].flow != .value { return [] }
    return zip(figure.edges[index].labels, labels[index]).filter { label, _ in
      switch label.kind {
      case .shape: figure.show != .backward
      case .value: true
      case .partial, .derivative: figure.show != .forward
      }
    }.map { ($0, $1) }
  }

  /// How many labels that the figure shows have no room.
  var missingLabels: Int {
    figure.edges.indices.reduce(0) { sum, index in
      sum + shownLabels(index).count { $0.room == nil && $0.label.place != .onForward }
    }
  }

  private func labels(_ index: Int) -> [Drawing.Part] {
    let edge = figure.edges[index]
    return shownLabels(index).compactMap { label, room in
      guard let room else { return nil }
      let isForward = label.kind == .value
      if label.kind == .shape { return shape(index, label, in: room) }
      // A value that the backward pass uses is written beside its line, which comes later.
      let isEarly = isForward && edge.flow == .value
      let step = isEarly ? figure.nodes[edge.source].step : edge.step
      if label.content.isBlank {
        return blank(index, label, room, step: step)
      }
      let line = Drawing.TextLine(
        text: label.content.text,
        anchor: Point(
          room.center.x, room.center.y + label.fontSize * FontMetrics.capitalHeight / 2),
        size: label.fontSize, isBold: false, paint: isForward ? .signal : .backward,
        kind: .label(label.kind))
      return Drawing.Part(
        owner: .label(index, label.kind), explanation: edge.explanation,
        tone: edge.isFaded || edge.isBackwardFaded && !isForward ? .faded : .full,
        step: step, box: room,
        shapes: label.place == .onBackward
          ? [.outline(.box(room, radius: 3), fill: .paper, stroke: nil), .text(line)]
          : [.text(line)])
    }
  }

  /// What a forward line says of an operand that grows.
  private func shape(_ index: Int, _ label: Figure.Label, in room: Rect) -> Drawing.Part {
    let edge = figure.edges[index]
    let line = Drawing.TextLine(
      text: label.content.text,
      anchor: Point(room.center.x, room.center.y + label.fontSize * FontMetrics.capitalHeight / 2),
      size: label.fontSize, isBold: false, paint: .forward, kind: .label(label.kind))
    return Drawing.Part(
      owner: .label(index, label.kind), explanation: figure.nodes[edge.target].explanation,
      tone: edge.isFaded ? .faded : .full, step: figure.nodes[edge.target].step, box: room,
      shapes: [.outline(.box(room, radius: 3), fill: .paper, stroke: nil), .text(line)])
  }

  private func blank(
    _ index: Int, _ label: Figure.Label, _ room: Rect, step: Int
  ) -> Drawing.Part {
    Drawing.Part(
      owner: .label(index, label.kind),
      explanation: figure.edges[index].explanation,
      tone: figure.edges[index].isFaded ? .faded : .full,
      step: step,
      box: room, shapes: [Blank.shape(label, in: room)])
  }

  private func node(_ index: Int) -> Drawing.Part {
    let node = figure.nodes[index]
    let box = boxes[index]
    let stroke =
      node.isRepeated
      ? Drawing.Stroke(paint: .muted, width: 1, isDashed: true)
      : Drawing.Stroke(
        paint: node.isMarked ? .alert : node.isBackward ? .backward : .line,
        width: node.isMarked ? 3 : 1.2)
    let fill: Paint =
      switch node.role {
      case .input: .inputBox
      case .operation: .box
      case .output: .outputBox
      }
    var shapes: [Drawing.Shape] = []
    switch node.shape {
    case .plain: break
    case .row:
      let alert = node.isMarked ? stroke : nil
      shapes.append(.outline(.box(box.inset(by: 1.5), radius: 8), fill: fill, stroke: alert))
    case .circle:
      let gate = Rect(center: box.center, size: node.gateSize)
      let outline: Drawing.Outline =
        node.gateSize.width == node.gateSize.height
        ? .circle(center: box.center, radius: node.gateSize.width / 2) : .box(gate, radius: 10)
      shapes.append(.outline(outline, fill: fill, stroke: stroke))
    case .record:
      shapes.append(.outline(.box(box, radius: 6), fill: fill, stroke: stroke))
      shapes += separators(of: node, in: box).map { line in
        .outline(.curve(line), fill: nil, stroke: stroke)
      }
    case .box:
      shapes.append(.outline(.box(box, radius: 11), fill: fill, stroke: stroke))
      if node.headHeight > 0 {
        let y = box.origin.y + node.headHeight
        shapes.append(
          .outline(
            .curve(Curve(from: Point(box.origin.x, y), to: Point(box.maxX, y))),
            fill: nil, stroke: stroke))
      }
    }
    shapes += texts(of: node, in: box)
    return Drawing.Part(
      owner: .node(index), data: node.data, explanation: node.explanation,
      tone: node.isFaded ? .faded : .full, box: box,
      shapes: shapes)
  }

  /// The lines between the cells of a record: below its head, and between cells of a row.
  private func separators(of node: Figure.Node, in box: Rect) -> [Curve] {
    let cells = cells(of: node, in: box)
    let head = cells.first?.room.maxY ?? box.maxY
    var lines = [Curve(from: Point(box.origin.x, head), to: Point(box.maxX, head))]
    for ((_, room), (_, next)) in zip(cells, cells.dropFirst()) where next.origin.y < room.maxY {
      let isHead = room.maxY == head
      lines.append(
        Curve(
          from: Point(room.maxX, isHead ? box.origin.y : head),
          to: Point(room.maxX, isHead ? head : box.maxY)))
    }
    return lines
  }

  /// The cells around the one that edges lead to, which is in the middle.
  private func cells(
    of node: Figure.Node, in box: Rect, around middle: (row: Int, column: Int)
  ) -> [(cell: Figure.Cell, room: Rect)] {
    let heights = node.rows.map(\.height)
    var y = box.center.y - heights[..<middle.row].reduce(0, +) - heights[middle.row] / 2
    var cells: [(Figure.Cell, Rect)] = []
    for (index, row) in node.rows.enumerated() {
      let widths = row.map(\.size.width)
      let before =
        index == middle.row
        ? widths[..<middle.column].reduce(0, +) + widths[middle.column] / 2
        : widths.reduce(0, +) / 2
      // Wires begin behind a name, so what is below it ends with it.
      let isLeading = node.shape == .plain && node.rows.count > 1
      var x = isLeading ? box.maxX - widths.reduce(0, +) : box.center.x - before
      for cell in row {
        let room = Size(width: cell.size.width, height: heights[index])
        cells.append((cell, Rect(origin: Point(x, y), size: room)))
        x += room.width
      }
      y += heights[index]
    }
    return cells
  }

  /// The cells of a node with their rooms: where a box has grown, the title stays at its top, and the other
  /// rows stand in the middle of what is below.
  private func cells(of node: Figure.Node, in box: Rect) -> [(cell: Figure.Cell, room: Rect)] {
    if let middle = node.middle { return cells(of: node, in: box, around: middle) }
    var rest = max(0, box.size.height - node.size.height)
    var width = max(0, box.size.width - node.size.width)
    if node.shape == .row {
      // In a table cells keep to their columns, though data has one less.
      if figure.direction == .right { width = 0 } else { rest = 0 }
    }
    var cells: [(Figure.Cell, Rect)] = []
    var y = box.origin.y
    for (index, row) in node.rows.enumerated() {
      let height = row.height
      if index == node.headRows.count { y += rest / 2 }
      var x = box.origin.x
      let shares = row.count { $0.kind != .gate }
      for cell in row {
        let share = row.count == 1 ? width : cell.kind == .gate ? 0 : width / Double(shares)
        let room = Size(width: cell.size.width + share, height: height)
        cells.append((cell, Rect(origin: Point(x, y), size: room)))
        x += room.width
      }
      y += height
    }
    return cells
  }

  private func texts(of node: Figure.Node, in box: Rect) -> [Drawing.Shape] {
    cells(of: node, in: box).flatMap { cell, room -> [Drawing.Shape] in
      if cell.kind == .derivative, figure.show == .forward { return [] }
      let baseline = room.center.y + cell.fontSize * FontMetrics.capitalHeight / 2
      let paint: Paint =
        switch cell.kind {
        case .value: .forward
        case .derivative: .backward
        case .title, .gate: .ink
        }
      let step =
        switch cell.kind {
        case .value: node.step
        case .derivative: node.derivativeStep
        case .title, .gate: 0
        }
      let width = node.hasSides ? room.size.width : nil
      if cell.content.isBlank {
        return Blank.shapes(cell, in: room, baseline: baseline, paint, step: step, width)
      }
      if case .array(let block) = cell.content {
        return [.array(Drawing.ArrayShape(block, cell, in: room, paint, step: step, theme))]
      }
      if let aside = cell.aside { return Self.title(cell, aside, in: room, baseline: baseline) }
      return [
        .text(
          Drawing.TextLine(
            text: cell.content.text, anchor: Point(room.center.x, baseline), size: cell.fontSize,
            isBold: cell.isBold, paint: paint, kind: .cell(cell.kind), step: step, room: width))
      ]
    }
  }

  /// A title at the left border, and what stands at the right one.
  private static func title(
    _ cell: Figure.Cell, _ aside: MathText, in room: Rect, baseline: Double
  ) -> [Drawing.Shape] {
    let padding = Figure.Cell.asidePadding
    let width = cell.content.text.width(size: cell.fontSize, bold: cell.isBold)
    let asideWidth = aside.width(size: Figure.Cell.asideSize)
    return [
      .text(
        Drawing.TextLine(
          text: cell.content.text, anchor: Point(room.origin.x + padding + width / 2, baseline),
          size: cell.fontSize, isBold: cell.isBold, paint: .ink, kind: .cell(cell.kind),
          room: width + 14)),
      .text(
        Drawing.TextLine(
          text: aside, anchor: Point(room.maxX - padding - asideWidth / 2, baseline),
          size: Figure.Cell.asideSize, isBold: false, paint: .muted, kind: .shape,
          room: asideWidth + 14)),
    ]
  }

  private func callBox(_ index: Int) -> Drawing.Part {
    let call = figure.callBoxes[index]
    let outlines = callBoxes[index]
    let stroke = Drawing.Stroke(paint: .muted, width: 1, isDashed: true)
    return Drawing.Part(
      owner: .callBox(index), explanation: [call.title.plain], box: outlines[0],
      shapes: outlines.map { .outline(.box($0, radius: 8), fill: nil, stroke: stroke) }
        + callTitles[index].map {
          .text(
            Drawing.TextLine(
              text: $0.text, anchor: $0.anchor,
              size: CallTitle.size, isBold: false, paint: .muted, kind: .callTitle))
        })
  }
}
