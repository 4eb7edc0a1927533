public import GradDrawing
public import GradFigure

import CGraphviz
import GradCore

extension Layout {
  /// Finds places for all parts of a figure, with the help of Graphviz's `dot` where an order of boxes
  /// without crossings is not found at once.
  ///
  /// Safe to call from any thread; calls that ask `dot` take turns.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError`` where Graphviz is asked and cannot answer.
  public init(_ figure: Figure) throws(GraphvizError) {
    try self.init(figure) { (task: PlacingTask) throws(GraphvizError) in
      try DotOrder.find(task)
    }
  }
}

/// The ranks of boxes and their order in them, as `dot` finds them.
///
/// With the graph's attribute `phase` it stops there: places and splines, which take most of its time,
/// are found by ``Placing``.
private enum DotOrder {
  /// - Returns: The order; `nil` where the Graphviz that runs is another than that of the build, in whose
  ///   records things have other places.
  static func find(_ task: PlacingTask) throws(GraphvizError) -> Placing.Order? {
    try Graphviz.onStack(for: task.boxes.count) { () throws(GraphvizError) in
      try Graphviz.alone { () throws(GraphvizError) in
        let context = try Context.forLayout()
        if !Installation.agree(context.version, Installation.builtVersion) { return nil }
        let graph = try Graph([
          "rankdir": task.isDown ? "TB" : "LR", "newrank": "true", "phase": "2",
        ])
        let nodes = try task.boxes.enumerated().map { (index, box) throws(GraphvizError) in
          guard let node = cgv_node(graph.pointer, "n\(index)") else {
            throw GraphvizLog.error(at: .layout)
          }
          _ = cgv_set(node, "label", "")
          _ = cgv_set(node, "fixedsize", "true")
          _ = cgv_set(node, "width", "\(box.size.width / 72)")
          _ = cgv_set(node, "height", "\(box.size.height / 72)")
          return node
        }
        let edges = try task.links.map { link throws(GraphvizError) in
          guard let edge = cgv_edge(graph.pointer, nodes[link.source], nodes[link.target]) else {
            throw GraphvizLog.error(at: .layout)
          }
          return edge
        }
        return try graph.laidOut(by: "dot", in: context) { () throws(GraphvizError) in
          order(nodes, edges)
        }
      }
    }
  }

  private static func order(
    _ nodes: [UnsafeMutablePointer<Agnode_t>], _ edges: [UnsafeMutablePointer<Agedge_t>]
  ) -> Placing.Order {
    let ranks = nodes.map { Int(cgv_rank($0)) }
    let passes = edges.map { edge -> [Double] in
      var passes: [Double] = []
      var node = cgv_first_place(edge)
      while let place = node {
        passes.append(Double(cgv_order(place)))
        node = cgv_next_place(place)
      }
      return passes
    }
    return Placing.Order(
      ranks: ranks, heights: nodes.map { Double(cgv_order($0)) }, passes: passes)
  }
}
