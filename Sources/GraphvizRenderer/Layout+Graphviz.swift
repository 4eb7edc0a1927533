public import GradDrawing
public import GradFigure

import CGraphviz
import GradCore

extension Layout {
  /// The deepest chain of nodes that `dot` is given; on an ordinary stack it crashes at about 30,000.
  public static let deepestChain = 20_000

  /// Finds places for the nodes of a figure and ways for its edges with Graphviz's `dot`.
  ///
  /// Nodes are given to `dot` as boxes of fixed size without text, so that the layout does not depend
  /// on fonts. Safe to call from any thread; calls take turns.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a chain deeper than ``deepestChain``.
  public init(_ figure: Figure) throws(GraphvizError) { self = try Self.best(figure).layout }

  /// The same as ``init(_:)``, with everything in its place as it was tried.
  package static func best(
    _ figure: Figure
  ) throws(GraphvizError) -> (layout: Layout, arrangement: Arrangement) {
    let depth = figure.depth
    if depth > deepestChain {
      throw GraphvizError(
        stage: .limit,
        messages: ["the figure is \(depth) nodes deep; at most \(deepestChain) can be laid out"])
    }
    var layout = try found(figure, MoreRoom(betweenNodes: 0, betweenRanks: 0))
    var arrangement = Arrangement(figure, layout)
    guard figure.keepsLabelRooms else { return (layout, arrangement) }
    // Where labels stand in the way of lines, more room between the ranks sets them free.
    var work = arrangement.work
    for room in rooms where arrangement.conflicts > 0 && work < mostWork {
      let wider = try found(figure, room)
      let other = Arrangement(figure, wider)
      work += other.work + figure.edges.count * workOfEdge
      if other.conflicts < arrangement.conflicts { (layout, arrangement) = (wider, other) }
    }
    return (layout, arrangement)
  }

  /// No other layout is tried after so many tests of all searches together, and what `dot` does for an
  /// edge, in the same unit.
  private static let (mostWork, workOfEdge) = (12_000_000, 10_000)

  /// Room beyond the least, in inches.
  fileprivate struct MoreRoom {
    var betweenNodes: Double
    var betweenRanks: Double
  }

  /// What is tried until nothing stands in the way of anything.
  private static let rooms = [
    MoreRoom(betweenNodes: 0.05, betweenRanks: 0.2),
    MoreRoom(betweenNodes: 0.1, betweenRanks: 0.45),
    MoreRoom(betweenNodes: 0.2, betweenRanks: 0.8),
    MoreRoom(betweenNodes: 0.6, betweenRanks: 0.8),
    MoreRoom(betweenNodes: 0.3, betweenRanks: 1.3),
    MoreRoom(betweenNodes: 1, betweenRanks: 1.3), MoreRoom(betweenNodes: 1.5, betweenRanks: 2.5),
  ]

  private static func found(
    _ figure: Figure, _ room: MoreRoom
  ) throws(GraphvizError) -> Layout {
    try Graphviz.onStack(for: figure.nodes.count) { () throws(GraphvizError) in
      try Graphviz.alone { () throws(GraphvizError) in
        let context = try Context.forLayout()
        let graph = try Graph(figure.graphAttributes(room))
        for (name, value) in figure.simplifications { _ = cgv_set(graph.pointer, name, value) }
        let handles = try GraphHandles(figure, in: graph)
        return try graph.laidOut(by: "dot", in: context) { () throws(GraphvizError) in
          try handles.layout(of: figure, in: graph)
        }
      }
    }
  }
}

extension Figure {
  /// The number of nodes on the longest way from an input to the output.
  var depth: Int { depths.max() ?? 0 }

  /// For each node the number of nodes on the longest way to it.
  private var depths: [Int] {
    var depths = [Int](repeating: 1, count: nodes.count)
    var waiting = [Int](repeating: 0, count: nodes.count)
    var outgoing = [[Int]](repeating: [], count: nodes.count)
    for edge in edges {
      waiting[edge.target] += 1
      outgoing[edge.source].append(edge.target)
    }
    var ready = nodes.indices.filter { waiting[$0] == 0 }
    while let node = ready.popLast() {
      for target in outgoing[node] {
        depths[target] = max(depths[target], depths[node] + 1)
        waiting[target] -= 1
        if waiting[target] == 0 { ready.append(target) }
      }
    }
    return depths
  }

  /// Whether `dot` keeps room for the labels; beyond about a hundred edges that costs ten times the
  /// time.
  var keepsLabelRooms: Bool { edges.count <= 100 }

  fileprivate func graphAttributes(_ room: Layout.MoreRoom) -> KeyValuePairs<String, String> {
    let (nodes, ranks) = (direction == .right ? 0.42 : 0.5, keepsLabelRooms ? 0.3 : 0.6)
    return [
      "rankdir": direction == .right ? "LR" : "TB", "newrank": "true",
      "nodesep": "\(nodes + room.betweenNodes)",
      "ranksep": "\(ranks + crowding + room.betweenRanks)",
    ]
  }

  /// What `dot` may leave undone in a large figure, where its time grows with the cube of the ranks that
  /// edges pass: first it improves positions for fewer rounds, which costs nothing visible; then it
  /// draws no curves, for lines take ways of their own past boxes; then it looks less hard for an order
  /// of nodes with few crossings.
  fileprivate var simplifications: [(name: String, value: String)] {
    let depths = depths
    let size = edges.reduce(nodes.count) { $0 + depths[$1.target] - depths[$1.source] }
    if size < 400 { return [] }
    if size < 5_000 { return [("nslimit", "1")] }
    let quick = [("nslimit", "0.1"), ("splines", "line")]
    return size < 20_000 ? quick : quick + [("mclimit", "0.1")]
  }

  /// More room between ranks, in inches, where many edges meet in a node: their lines are steep.
  private var crowding: Double {
    var degrees = [Int](repeating: 0, count: 2 * nodes.count)
    for edge in edges {
      degrees[2 * edge.source] += 1
      degrees[2 * edge.target + 1] += 1
    }
    return min(1, 0.15 * Double(max(0, (degrees.max() ?? 0) - 2)))
  }
}

/// The objects of a graph that stand for the parts of a figure.
private struct GraphHandles {
  private var nodes: [UnsafeMutablePointer<Agnode_t>] = []
  private var edges: [UnsafeMutablePointer<Agedge_t>] = []

  init(_ figure: Figure, in graph: borrowing Graph) throws(GraphvizError) {
    for (index, node) in figure.nodes.enumerated() {
      guard let handle = cgv_node(graph.pointer, "n\(index)") else {
        throw GraphvizLog.error(at: .layout)
      }
      nodes.append(handle)
      let size = node.size
      if node.shape == .circle {
        _ = cgv_set(handle, "shape", "circle")
        _ = cgv_set(handle, "fixedsize", "true")
        _ = cgv_set(handle, "width", "\(size.width / 72)")
        _ = cgv_set(handle, "height", "\(size.height / 72)")
        _ = cgv_set(handle, "label", "")
      } else {
        _ = cgv_set(handle, "shape", "plain")
        try graph.setTable(Self.table(of: node, figure.direction), as: "label", of: handle)
      }
    }
    for edge in figure.edges {
      guard let handle = cgv_edge(graph.pointer, nodes[edge.source], nodes[edge.target]) else {
        throw GraphvizLog.error(at: .layout)
      }
      edges.append(handle)
      _ = cgv_set(handle, "dir", "none")
      let (tail, head) = figure.direction == .right ? ("e", "w") : ("s", "n")
      if figure.nodes[edge.source].hasSides {
        _ = cgv_set(handle, "tailport", "body:\(tail)")
      }
      if figure.nodes[edge.target].hasSides {
        _ = cgv_set(
          handle, "headport",
          figure.direction == .right || figure.nodes[edge.target].rows.count == 1
            ? "body:\(head)" : "top:\(head)")
      }
      if figure.keepsLabelRooms, let room = edge.labelRoom {
        try graph.setTable(Self.cells([("", room)]), as: "label", of: handle)
      }
    }
    var clusters: [Int: UnsafeMutablePointer<Agraph_t>] = [:]
    for box in figure.callBoxes {
      let around = figure.trace.calls[box.call].parent.flatMap { clusters[$0] } ?? graph.pointer
      guard let cluster = cgv_subgraph(around, "cluster_\(box.call)") else {
        throw GraphvizLog.error(at: .layout)
      }
      _ = cgv_set(cluster, "margin", "18")
      for node in box.nodes { cgv_add(cluster, nodes[node]) }
      clusters[box.call] = cluster
    }
  }

  /// Two empty cells: the title, and the body from whose sides edges leave.
  private static func table(
    of node: Figure.Node, _ direction: FigureOptions.Direction
  ) -> String {
    let size = node.size
    let title = node.rows.count > 1 ? node.rows[0].map(\.size.height).max() ?? 0 : 0
    let body = ("body", Size(width: size.width, height: size.height - title))
    return title > 0
      ? cells([("top", Size(width: size.width, height: title)), body]) : cells([body])
  }

  private static func cells(_ cells: [(port: String, size: Size)]) -> String {
    let rows = cells.map { cell in
      "<tr><td port=\"\(cell.port)\" fixedsize=\"true\" width=\"\(Int(cell.size.width.rounded(.up)))\" "
        + "height=\"\(Int(cell.size.height.rounded(.up)))\"></td></tr>"
    }
    return "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\">"
      + rows.joined() + "</table>"
  }

  /// Reads the geometry back, and turns it to have y point down.
  func layout(of figure: Figure, in graph: borrowing Graph) throws(GraphvizError) -> Layout {
    let corner = cgv_upper_right(graph.pointer)
    func turned(_ point: cgv_point) -> Point { Point(point.x, corner.y - point.y) }
    let centers = nodes.map { turned(cgv_center($0)) }
    var ways: [Curve] = []
    var rooms: [Point?] = []
    for (index, handle) in edges.enumerated() {
      let count = cgv_point_count(handle)
      guard count >= 4, count % 3 == 1 else {
        throw GraphvizError(stage: .layout, messages: ["an edge was lost"])
      }
      var points = (0..<count).map { turned(cgv_point_at(handle, $0)) }
      figure.attach(&points, edge: index, centers)
      ways.append(Curve(points))
      var center = cgv_point()
      rooms.append(cgv_label_center(handle, &center) ? turned(center) : nil)
    }
    return Layout(
      size: Size(width: corner.x, height: corner.y), centers: centers, ways: ways,
      labelRooms: rooms)
  }
}

extension Figure.Edge {
  /// The room that all labels of the edge take together.
  fileprivate var labelRoom: Size? {
    if labels.isEmpty { return nil }
    let width = labels.map(\.size.width).max() ?? 0
    return Size(width: width + 6, height: labels.reduce(8) { $0 + $1.size.height })
  }
}

extension Figure {
  /// Ends a way exactly at the sides of its boxes: `dot` may stop some tenths of a point away, or
  /// before an arrowhead.
  fileprivate func attach(_ points: inout [Point], edge index: Int, _ centers: [Point]) {
    let edge = edges[index]
    let last = points.count - 1
    let end = self.end(of: edge.target, centers[edge.target], isSource: false)
    if nodes[edge.source].hasSides {
      points[0] = self.end(of: edge.source, centers[edge.source], isSource: true)
    }
    if nodes[edge.target].hasSides { points[last] = end }
  }

  private func end(of node: Int, _ center: Point, isSource: Bool) -> Point {
    let size = nodes[node].size
    let title = nodes[node].rows.count > 1 ? nodes[node].rows[0].map(\.size.height).max() ?? 0 : 0
    let sign = isSource ? 0.5 : -0.5
    return direction == .right
      ? Point(center.x + sign * size.width, center.y + title / 2)
      : Point(center.x, center.y + sign * size.height)
  }
}
