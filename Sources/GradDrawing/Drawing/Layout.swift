package import GradFigure

import GradCore

/// Everything of a figure in its place: boxes, lines and labels.
///
/// Places do not depend on which of the two flows is shown.
public struct Layout: Sendable, Equatable {
  /// The room of each node of the figure, which may be larger than the node asks for.
  public let boxes: [Rect]
  /// The lines of each edge.
  let pairs: [EdgePair]
  /// The rooms of the labels of each edge; `nil` for a label that is left out.
  let labels: [[Rect?]]
  /// The rooms of each open call's body, one in each row that it reaches over.
  let callBoxes: [[Rect]]
  /// What is written on each of them.
  let titles: [[CallTitle]]
  /// What all of it takes.
  public let bounds: Rect
  /// How many edges cross.
  package let crossings: Int

  /// Places the parts of a figure in an order of our own; O(size · log), whatever the figure.
  package init(inOwnOrder figure: Figure) {
    self.init(figure) { _ in nil }
  }

  /// Places the parts of a figure.
  ///
  /// - Parameters:
  ///   - figure: The figure.
  ///   - other: Asked for an order where our own has crossings, in figures that are not large.
  /// - Throws: What `other` throws.
  package init<Failure: Error>(
    _ figure: Figure, other: (PlacingTask) throws(Failure) -> Placing.Order?
  ) throws(Failure) {
    let task = figure.placingTask
    let placing = try Placing(task) { () throws(Failure) in try other(task) }
    boxes = placing.boxes
    pairs = placing.lines.map(EdgePair.init)
    labels = placing.labels
    callBoxes = placing.clusters
    crossings = placing.crossings
    titles = CallTitle.all(
      figure.callBoxes, in: callBoxes, boxes: boxes,
      lines: figure.callBoxes.isEmpty
        ? []
        : placing.lines.flatMap { [$0.forward, $0.backward].map { $0.polyline().points } })

    let rooms =
      boxes + callBoxes.joined() + titles.joined().map(\.box) + labels.joined().compactMap(\.self)
    var bounds = rooms.first ?? Rect(origin: Point(0, 0), size: Size(width: 0, height: 0))
    for room in rooms { bounds = bounds.union(room) }
    for pair in placing.lines {
      bounds = bounds.union(pair.forward.bounds).union(pair.backward.bounds)
    }
    self.bounds = bounds
  }
}

extension Layout {
  /// The size of the drawing of a figure in these places.
  package func size(of figure: Figure) -> Size { Surroundings(figure, around: bounds.size).size }
}

extension Figure {
  /// The figure as what is to be placed.
  package var placingTask: PlacingTask {
    let isDown = direction == .down
    var series: [String: Int] = [:]
    let boxes = nodes.map { node -> PlacingTask.Box in
      var box = PlacingTask.Box(size: node.size, rows: node.lineRows(isDown))
      switch node.shape {
      case .box, .record:
        box.head = node.rows.count > 1 && !isDown ? node.rows[0][0].size.height : 0
      case .circle: box.outline = .circle(diameter: node.diameter)
      case .plain: box.outline = .bare
      }
      if node.isMain, let stem = trace.nodes[node.traceNode].id.stemOfSeries {
        box.series = series[stem, default: series.count]
        series[stem] = box.series
      }
      return box
    }
    let links = edges.map { edge in
      var link = PlacingTask.Link(source: edge.source, target: edge.target, isPair: edge.isPair)
      link.labels = edge.labels.map { label in
        PlacingTask.Label(
          size: label.size,
          place: label.place == .onBackward ? .onLine : label.place == .above ? .before : .after)
      }
      return link
    }
    var task = PlacingTask(boxes: boxes, links: links, clusters: clusters, isDown: isDown)
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
    let hasWires = edges.contains { $0.line == .wire }
    if hasWires || nodes.contains(where: { $0.shape == .record }) {
      // A wire needs no room but that of its numbers and one arrowhead.
      spacing.gap = hasWires ? 16 : 36
      if direction == .down { (spacing.steepness, spacing.widestGap) = (0.25, 100) }
    }
    return spacing
  }

  private var clusters: [PlacingTask.Cluster] {
    var positions: [Int: Int] = [:]
    return callBoxes.enumerated().map { index, box in
      positions[box.call] = index
      // A call between the two may have no box of its own.
      var parent = trace.calls[box.call].parent
      while let call = parent, positions[call] == nil { parent = trace.calls[call].parent }
      return PlacingTask.Cluster(
        members: box.nodes, parent: parent.flatMap { positions[$0] },
        title: Size(width: box.title.width(size: CallTitle.size), height: CallTitle.size))
    }
  }
}

extension Figure.Node {
  /// How wide the circle around the gate is.
  var diameter: Double { middle.map { rows[$0.row][$0.column].size.width } ?? size.width }

  /// Where the two lines of a lone edge end: at the rows of the value and the derivative.
  fileprivate func lineRows(_ isDown: Bool) -> PlacingTask.Rows {
    var (value, derivative): (Double?, Double?)
    var y = 0.0
    for row in rows {
      let height = row.map(\.size.height).max() ?? 0
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
    let middle = (isDown ? size.width : size.height) / 2
    if !hasSides { return .init(forward: middle, backward: middle) }
    let (forward, backward) = (value ?? derivative ?? middle, derivative ?? value ?? middle)
    if value != nil, derivative == nil { return .init(forward: forward, backward: backward) }
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
    return stem.isEmpty || stem.count == count ? nil : String(stem)
  }
}
