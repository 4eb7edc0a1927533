package import GradFigure

/// Everything of a figure in its place: boxes, lines and labels.
///
/// Places do not depend on which of the two flows is shown.
public struct Layout: Sendable, Equatable {
  /// The room of each node of the figure, which may be larger than the node asks for.
  public let boxes: [Rect]
  /// The room of each table of the figure.
  let tables: [Rect]
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
  /// What the lines that return from row to row leave of its worth, of 1.
  package let easeOfReading: Double
  /// The most lines that return from the end of one row.
  package let mostReturns: Int
  /// The edges that lead from an input which other edges leave in its row to a later row, with that row.
  package let laterUses: [Int: Int]

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
    let places = figure.placesInBoxes
    boxes = places.map { place in
      place.row.map { placing.divisions[place.box][$0] } ?? placing.boxes[place.box]
    }
    tables = figure.tables.map { placing.boxes[places[$0.nodes[0]].box] }
    pairs = placing.lines.map(EdgePair.init)
    labels = placing.labels
    callBoxes = placing.clusters
    crossings = placing.crossings
    easeOfReading = Placing.worth(ofReturns: placing.returns.reduce(0, +))
    mostReturns = placing.returns.max() ?? 0
    laterUses = figure.laterUses(placing.rows)
    titles = CallTitle.all(
      figure.callBoxes, in: callBoxes, boxes: boxes + tables + labels.joined().compactMap(\.self),
      lines: figure.callBoxes.isEmpty
        ? []
        : placing.lines.flatMap { [$0.forward, $0.backward].map { $0.polyline().points } })

    let rooms =
      boxes + tables + callBoxes.joined() + titles.joined().map(\.box)
      + labels.joined().compactMap(\.self)
    var bounds = rooms.first ?? Rect(origin: Point(0, 0), size: Size(width: 0, height: 0))
    for room in rooms { bounds = bounds.union(room) }
    for pair in placing.lines {
      bounds = bounds.union(pair.forward.bounds).union(pair.backward.bounds)
    }
    self.bounds = bounds
  }
}

extension Figure {
  /// The edges that lead from an input which other edges leave in its row to a later row, with that row.
  fileprivate func laterUses(_ rows: [Int]) -> [Int: Int] {
    if rows.allSatisfy({ $0 == 0 }) { return [:] }
    let places = placesInBoxes
    func row(_ node: Int) -> Int { rows[places[node].box] }
    var isUsed = [Bool](repeating: false, count: nodes.count)
    for edge in edges where row(edge.source) == row(edge.target) { isUsed[edge.source] = true }
    var uses: [Int: Int] = [:]
    for (index, edge) in edges.enumerated()
    where row(edge.target) > row(edge.source) && isUsed[edge.source] {
      let source = nodes[edge.source]
      let isInput = source.role == .input && (source.isMain || source.isRepeated)
      if isInput, !source.isFold { uses[index] = row(edge.target) }
    }
    return uses
  }
}

extension Layout {
  /// The size of the drawing of a figure in these places.
  package func size(of figure: Figure) -> Size { Surroundings(figure, around: bounds.size).size }
}
