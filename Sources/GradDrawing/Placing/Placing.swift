import GradFigure

/// Where boxes, lines and labels stand: found in ranks along the flow, one step after the other, each in
/// linear time but for a logarithm.
///
/// 1. Ranks: how far along the flow each box stands.
/// 2. Order: which box of a rank stands above which, with few crossings and in the order of the program.
/// 3. Heights: as straight as the order allows.
/// 4. Ports: each pair of lines has its own, in the order in which the lines arrive.
/// 5. Routes: one curve in each gap, level at both ends, so that what is in order cannot cross.
/// 6. Labels: beside the tips of their own lines, in a column of the gap where it needs one.
/// 7. Rows, where the flow is too long for one: each leads forward, and lines return below it.
package struct Placing {
  /// The room of each box, which may have grown for its ports.
  package var boxes: [Rect]
  /// The room of each row of each divided box.
  package var divisions: [[Rect]]
  /// The lines of each link.
  var lines: [LinePair]
  /// The rooms of the labels of each link; `nil` for one that has no place.
  package var labels: [[Rect?]]
  /// The frames of each cluster, one in each row that it reaches over.
  package var clusters: [[Rect]]
  /// How many links cross, as the order has it.
  package var crossings: Int
  /// How many links return from the end of each row but the last to the next.
  package var returns: [Int]
  /// The row in which each box stands.
  package var rows: [Int]

  /// Ranks and order from elsewhere.
  package struct Order: Sendable {
    /// The rank of each box.
    package var ranks: [Int]
    /// Where in its rank each box is, in any measure.
    package var heights: [Double]
    /// For each link the same at each rank that it passes; empty for a link of which nothing is known.
    package var passes: [[Double]]

    package init(ranks: [Int], heights: [Double], passes: [[Double]]) {
      (self.ranks, self.heights, self.passes) = (ranks, heights, passes)
    }
  }

  /// Up to so many boxes an order of others is asked for, unless links are dense: where each box is linked to
  /// many, they cross in any order.
  static let mostAsked = 600
  private static let mostDense = 4

  /// What a figure is still worth with so many links that return: a reader follows each of them across it.
  ///
  /// They cost a quarter of the size of text at most: what is larger by more can be read from farther away.
  static func worth(ofReturns returns: Int) -> Double {
    1 - Double(returns) / (4 * Double(returns + 3))
  }

  /// Places all parts of `task`.
  ///
  /// - Parameters:
  ///   - task: What is to be placed.
  ///   - other: Asked for an order where our own has crossings; the better one is taken.
  /// - Throws: What `other` throws.
  package init<Failure: Error>(
    _ task: PlacingTask, other: () throws(Failure) -> Order?
  ) throws(Failure) {
    let rooms = PortRooms(task)
    var layers = Layers.ordered(task)
    var crossings = layers.crossings()
    if crossings > 0, task.boxes.count <= Self.mostAsked,
      task.links.count <= Self.mostDense * task.boxes.count, let order = try other()
    {
      if let asked = Layers.ordered(task, as: order) {
        let next = Layers.successors(task.boxes.map(\.series))
        let score = asked.score(next)
        if score < layers.score(next) { (layers, crossings) = (asked, score.crossings) }
      }
    }
    if crossings > 0 { crossings = layers.exchangeBranches(task.boxes.map(\.series), crossings) }
    var plan = FlowPlan(task, rooms, &layers)
    plan.placePorts()
    var whole = plan
    whole.drawRoutes()
    whole.placeLabels()
    let rows = RowBreaks(whole)
    let breaks = rows.found()
    if breaks.isEmpty {
      plan = whole
    } else {
      // Nothing is gained by an input near its use whose lines cross others for it.
      if let moved = rows.withInputsMoved(breaks),
        var layers = Layers.ordered(task, as: moved.order), layers.crossings() <= crossings
      {
        plan = FlowPlan(task, rooms, &layers)
        plan.placePorts()
        plan.breaks = moved.breaks
      } else {
        plan.breaks = breaks
      }
      plan.drawRoutes()
      plan.placeLabels()
    }
    self.init(FlowRows(plan), plan, isDown: task.isDown, crossings: crossings)
  }

  private init(_ flow: FlowRows, _ plan: FlowPlan, isDown: Bool, crossings: Int) {
    self.crossings = crossings
    let rows = plan.rank.map { plan.row(of: $0) }
    self.rows = rows
    returns = [Int](repeating: 0, count: rows.max() ?? 0)
    for link in plan.task.links {
      for row in rows[link.source]..<max(rows[link.source], rows[link.target]) { returns[row] += 1 }
    }
    boxes = flow.boxes.map { $0.turned(isDown) }
    divisions = flow.boxes.enumerated().map { box, room in
      plan.rows(of: box, in: room).map { $0.turned(isDown) }
    }
    lines = flow.lines.map {
      LinePair(forward: $0.forward.turned(isDown), backward: $0.backward.turned(isDown))
    }
    labels = flow.labels.map { $0.map { $0?.turned(isDown) } }
    clusters = flow.clusters.map { $0.map { $0.turned(isDown) } }
  }
}

extension Layers {
  /// The longest link without a lane, in figures with many boxes.
  private static let longest = 100

  /// Ranks and order of our own.
  static func ordered(_ task: PlacingTask) -> Layers {
    let links = task.links.map { ($0.source, $0.target) }
    let count = task.boxes.count
    let isSmall = count <= Placing.mostAsked
    var layers = Layers(
      LayerRanks.found(task.boxes.map(\.isCopy), links), links, longest: isSmall ? .max : longest)
    let exchanges = isSmall && layers.rank.count <= 6_000
    layers.findOrder(
      Effort(
        starts: exchanges ? 3 : 1, sweeps: exchanges ? 16 : 8, patience: exchanges ? 4 : 2,
        exchanges: exchanges))
    if exchanges {
      layers.settle()
      if layers.rank.count <= 1_500 { layers.findSeries(task.boxes.map(\.series)) }
    }
    layers.stackParts(task.boxes.map(\.isAside))
    return layers
  }

  /// Ranks and order from elsewhere, improved; `nil` if a link does not lead to a higher rank.
  static func ordered(_ task: PlacingTask, as order: Placing.Order) -> Layers? {
    let links = task.links.map { ($0.source, $0.target) }
    guard links.allSatisfy({ order.ranks[$0.0] < order.ranks[$0.1] }) else { return nil }
    var layers = Layers(order.ranks, links, longest: .max)
    var heights = order.heights
    heights += Array(repeating: 0, count: layers.rank.count - heights.count)
    for (link, places) in layers.places.enumerated() {
      let known = order.passes[link].count == places.count
      for (index, item) in places.enumerated() {
        heights[item] =
          known ? order.passes[link][index] : order.heights[task.links[link].source]
      }
    }
    layers.sort(by: heights)
    layers.settle()
    if layers.rank.count <= 1_500 { layers.findSeries(task.boxes.map(\.series)) }
    layers.stackParts(task.boxes.map(\.isAside))
    return layers
  }

  private mutating func sort(by heights: [Double]) {
    for rank in ranks.indices {
      ranks[rank].sort { (heights[$0], $0) < (heights[$1], $1) }
      number(rank)
    }
  }
}

extension Rect {
  /// With x and y exchanged, where links lead down.
  func turned(_ isDown: Bool) -> Rect {
    isDown
      ? Rect(
        origin: Point(origin.y, origin.x), size: Size(width: size.height, height: size.width))
      : self
  }
}

extension Curve {
  /// With x and y exchanged, where links lead down.
  func turned(_ isDown: Bool) -> Curve {
    isDown ? Curve(points.map { Point($0.y, $0.x) }) : self
  }
}
