package import GradFigure

import GradCore

extension Figure {
  /// The figure as what is to be placed.
  package var placingTask: PlacingTask {
    let isDown = direction == .down
    var series: [String: Int] = [:]
    var boxes: [PlacingTask.Box] = []
    let places = placesInBoxes
    let tableOfBox = Dictionary(
      uniqueKeysWithValues: tables.map { (places[$0.nodes[0]].box, $0) })
    for (index, node) in nodes.enumerated() where places[index].box == boxes.count {
      if let table = tableOfBox[boxes.count] {
        var box = box(of: table)
        box.isCopy = node.isRepeated
        box.isAside = table.nodes.allSatisfy { nodes[$0].isFaded }
        boxes.append(box)
        continue
      }
      var box = PlacingTask.Box(size: node.size, rows: node.lineRows(isDown))
      (box.isCopy, box.isAside) = (node.isRepeated, node.isFaded)
      switch node.shape {
      case .box, .record:
        box.head = isDown ? 0 : node.headHeight
      case .row: break
      case .circle:
        let gate = node.gateSize
        box.outline =
          gate.width == gate.height
          ? .circle(diameter: gate.width)
          : .oblong(
            length: isDown ? gate.height : gate.width, breadth: isDown ? gate.width : gate.height)
      case .plain: box.outline = .bare
      }
      if node.isMain, let stem = trace.nodes[node.traceNode].id.stemOfSeries {
        box.series = series[stem, default: series.count]
        series[stem] = box.series
      }
      boxes.append(box)
    }
    let links = edges.map { edge in
      let source = places[edge.source]
      var link = PlacingTask.Link(
        source: source.box, target: places[edge.target].box, isPair: edge.isPair)
      link.row = source.row ?? 0
      link.labels = edge.labels.map { label in
        PlacingTask.Label(
          size: label.size,
          place: label.place.ofLink)
      }
      return link
    }
    var task = PlacingTask(
      boxes: boxes, links: links, clusters: clusters(places), isDown: isDown)
    task.spacing = spacing
    task.rows = rowChoice
    return task
  }

  private var rowChoice: PlacingTask.RowChoice {
    let page = page ?? .slide
    let room = PlacingTask.Room(
      page: Size(width: page.width, height: page.height),
      surroundings: Surroundings(self, around: Size(width: 1_600, height: 0)).added)
    return switch rows {
    case .number(let number): .number(number)
    case .auto: .fitting(room, ifLong: false)
    case .ifLong: .fitting(room, ifLong: self.page == nil)
    }
  }

  /// Styles with a node for each operation have long ways: their nodes are small, and their lines short.
  private var spacing: PlacingTask.Spacing {
    var spacing = PlacingTask.Spacing()
    if isTight { (spacing.boxes, spacing.steepness, spacing.widestGap) = (8, 0.22, 80) }
    let hasWires = edges.contains { $0.line == .wire }
    if hasWires || nodes.contains(where: { $0.shape == .record }) {
      // A wire from gate to gate needs no room but that of its numbers and one arrowhead.
      let hasGates = nodes.contains { $0.shape == .circle }
      spacing.gap = !hasWires ? (isTight ? 28 : 36) : hasGates ? 16 : 28
      if direction == .down, !isTight { (spacing.steepness, spacing.widestGap) = (0.25, 100) }
    }
    return spacing
  }

  /// Where a node stands: in a box by itself, or in one of the rows of a table's box.
  typealias PlaceInBox = (box: Int, row: Int?)

  /// For each node the box that is placed; the rows of a table share theirs.
  var placesInBoxes: [PlaceInBox] {
    var rows: [Int: (first: Int, row: Int)] = [:]
    for table in tables {
      for (row, node) in table.nodes.enumerated() { rows[node] = (table.nodes[0], row) }
    }
    var places: [PlaceInBox] = []
    var count = 0
    for index in nodes.indices {
      if let (first, row) = rows[index], row > 0 {
        places.append((places[first].box, row))
      } else {
        places.append((count, rows[index].map(\.row)))
        count += 1
      }
    }
    return places
  }

  /// The box of a table, divided into its rows.
  private func box(of table: Table) -> PlacingTask.Box {
    let isDown = direction == .down
    let rows = table.nodes.map { isDown ? nodes[$0].size.width : nodes[$0].size.height }
    let along = table.columns.reduce(0, +)
    let across = rows.reduce(table.headRoom, +)
    var box = PlacingTask.Box(
      size: isDown ? Size(width: across, height: along) : Size(width: along, height: across),
      rows: .init(forward: across / 2, backward: across / 2))
    box.head = table.headRoom
    box.divisions = rows
    return box
  }

  private func clusters(_ places: [PlaceInBox]) -> [PlacingTask.Cluster] {
    var positions: [Int: Int] = [:]
    return callBoxes.enumerated().map { index, box in
      positions[box.call] = index
      // A call between the two may have no box of its own.
      var parent = trace.calls[box.call].parent
      while let call = parent, positions[call] == nil { parent = trace.calls[call].parent }
      return PlacingTask.Cluster(
        members: box.nodes.filter { places[$0].row ?? 0 == 0 }.map { places[$0].box },
        parent: parent.flatMap { positions[$0] },
        title: Size(width: box.title.width(size: CallTitle.size), height: CallTitle.size))
    }
  }
}

extension Figure.Label.Place {
  fileprivate var ofLink: PlacingTask.Label.Place {
    switch self {
    case .onBackward: .onLine
    case .onForward: .onForward
    case .above: .before
    case .below: .after
    }
  }
}

extension Figure.Node {
  /// The width and height of the gate: those of a circle, or of an oblong.
  var gateSize: Size { middle.map { rows[$0.row][$0.column].size } ?? size }

  /// Where the two lines of a lone edge end: at the rows of the value and the derivative.
  fileprivate func lineRows(_ isDown: Bool) -> PlacingTask.Rows {
    var (value, derivative): (Double?, Double?)
    var y = 0.0
    for row in rows {
      let height = row.height
      var x = 0.0
      for cell in row {
        let middle = isDown ? x + cell.size.width / 2 : y + height / 2
        switch cell.kind {
        case .value: value = middle
        case .derivative: derivative = middle
        default: break
        }
        x += cell.size.width
      }
      y += height
    }
    let size = size
    let middle = (isDown ? size.width : size.height) / 2
    if !hasSides { return .init(forward: middle, backward: middle) }
    let (forward, backward) = (value ?? derivative ?? middle, derivative ?? value ?? middle)
    if value != nil, derivative == nil, !isRepeated {
      return .init(forward: forward, backward: backward)
    }
    // Lines of a pair are never nearer than this, and where both numbers are in one row this far apart.
    let half = max(EdgePair.closest, backward - forward) / 2
    return .init(
      forward: (forward + backward) / 2 - half, backward: (forward + backward) / 2 + half)
  }
}

extension String {
  /// What comes before the number at the end of a name such as `x1` or `w_12`; `nil` without a number.
  fileprivate var stemOfSeries: String? {
    let stem = self[..<(lastIndex { !$0.isNumber }.map { index(after: $0) } ?? startIndex)]
    return stem.isEmpty || stem.endIndex == endIndex ? nil : String(stem)
  }
}
