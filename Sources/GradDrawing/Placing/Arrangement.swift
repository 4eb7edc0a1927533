package import GradFigure

import GradCore

/// Everything of a figure in its place: boxes, lines and labels, in the coordinates of a layout.
///
/// Places do not depend on which of the two flows is shown.
package struct Arrangement {
  /// The room of each node.
  let boxes: [Rect]
  /// The lines of each edge.
  let pairs: [EdgePair]
  /// The rooms of the labels of each edge; `nil` for a label that is left out.
  let labels: [[Rect?]]
  /// The room of each open call's body.
  let callBoxes: [Rect]
  /// What is written on each of them.
  let titles: [CallTitle]
  /// What all of it takes.
  let bounds: Rect
  /// How many times something stands in the way of something else: a label on a line that is not its
  /// own, a line through a box, a crossing that the layout did not have.
  package let conflicts: Int
  /// How many labels are left out, since the figure is too dense for them.
  package let missingLabels: Int
  /// How much was tested to find all of these places.
  package let work: Int

  /// O(nodes + edges), and for labels the things near them; for up to 150 edges the comparison of
  /// every two; all within budgets.
  package init(_ figure: Figure, _ layout: Layout) {
    boxes = zip(figure.nodes, layout.centers).map { Rect(center: $1, size: $0.size) }
    let shifts = figure.nodes.map { Self.rowShift($0, figure.direction) }
    let finder = WayFinder(figure, boxes: boxes, shifts: shifts, found: layout.ways)
    let ways = finder.pairs()
    let pairs = ways.pairs
    self.pairs = pairs
    callBoxes = figure.callBoxes.map { [boxes] in Self.room(of: $0, figure, boxes) }
    let lines = Self.lines(figure, pairs)
    titles = CallTitle.all(figure.callBoxes, in: callBoxes, boxes: boxes, lines: lines)
    var placement = LabelPlacement(
      boxes: boxes + titles.map(\.box), lines: lines,
      bounds: Rect(origin: Point(0, 0), size: layout.size))
    let wanted = Self.labels(figure, pairs, layout)
    let found = placement.places(for: wanted)
    var labels = [[Rect?]](repeating: [], count: figure.edges.count)
    for (label, box) in zip(wanted, found.boxes) { labels[label.edge].append(box) }
    self.labels = labels
    conflicts = found.conflicts + ways.conflicts
    work = ways.work + found.work
    missingLabels = found.boxes.count { $0 == nil }

    var bounds = Rect(origin: Point(0, 0), size: layout.size)
    for box in callBoxes + titles.map(\.box) + found.boxes.compactMap(\.self) {
      bounds = bounds.union(box)
    }
    for pair in pairs {
      for curve in [pair.forward, pair.backward] {
        for point in curve.polyline(steps: 8).points {
          bounds = bounds.union(Rect(center: point, size: Size(width: 2, height: 2)))
        }
      }
    }
    self.bounds = bounds
  }

  /// From the middle of the value to the middle of the derivative in a node; nothing in a node without
  /// a derivative, and the least in one that shows neither.
  private static func rowShift(
    _ node: Figure.Node, _ direction: FigureOptions.Direction
  ) -> Point {
    var (value, derivative): (Point?, Point?)
    var y = 0.0
    for row in node.rows {
      let height = row.map(\.size.height).max() ?? 0
      var x = 0.0
      for cell in row {
        let middle = Point(x + cell.size.width / 2, y + height / 2)
        if cell.kind == .value { value = middle }
        if cell.kind == .derivative { derivative = middle }
        x += cell.size.width
      }
      y += height
    }
    // Data has one line, at its value.
    if value != nil, derivative == nil { return Point(0, 0) }
    var distance = EdgePair.closest
    if let value, let derivative {
      let shift = derivative - value
      distance = max(distance, direction == .right ? shift.y : shift.x)
    }
    return direction == .right ? Point(0, distance) : Point(distance, 0)
  }

  /// The nodes of an open call, with more room around them the more open calls are inside.
  private static func room(of box: Figure.CallBox, _ figure: Figure, _ boxes: [Rect]) -> Rect {
    var level = 0
    for other in figure.callBoxes {
      var (depth, call) = (0, Optional(other.call))
      while let current = call, current != box.call {
        depth += 1
        call = figure.trace.calls[current].parent
      }
      if call != nil { level = max(level, depth) }
    }
    return box.nodes.map { boxes[$0] }.reduce(boxes[box.nodes[0]]) { $0.union($1) }
      .inset(by: -10 - 18 * Double(level))
  }

  private static func lines(_ figure: Figure, _ pairs: [EdgePair]) -> [LabelPlacement.Line] {
    figure.edges.indices.flatMap { index in
      let pair = pairs[index]
      let forward = LabelPlacement.Line(
        edge: index, isBackward: false, line: pair.forward.polyline(), head: pair.forwardHead)
      if !figure.edges[index].isPair { return [forward] }
      return [
        forward,
        LabelPlacement.Line(
          edge: index, isBackward: true, line: pair.backward.polyline(), head: pair.backwardHead),
      ]
    }
  }

  private static func labels(
    _ figure: Figure, _ pairs: [EdgePair], _ layout: Layout
  ) -> [LabelPlacement.Label] {
    figure.edges.indices.flatMap { edge -> [LabelPlacement.Label] in
      let labels = figure.edges[edge].labels
      if labels.isEmpty { return [] }
      let isPair = figure.edges[edge].isPair
      let line = (isPair ? pairs[edge].backward : pairs[edge].forward).polyline()
      let wish =
        layout.labelRooms[edge].map { line.nearest(to: $0) } ?? line.length * (isPair ? 0.7 : 0.4)
      return labels.map {
        LabelPlacement.Label(edge: edge, line: line, isBackward: isPair, label: $0, wish: wish)
      }
    }
  }
}

extension Curve.Polyline {
  /// How far along the line the point nearest to `place` is.
  func nearest(to place: Point) -> Double {
    var best = (distance: Double.infinity, length: length / 2)
    for (point, length) in zip(points, lengths) {
      let distance = (point - place).length
      if distance < best.distance { best = (distance, length) }
    }
    return best.length
  }
}
