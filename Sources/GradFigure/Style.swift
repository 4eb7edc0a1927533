import GradCore

/// The shape of nodes and edges.
///
/// To add a style, add a file to `Styles/` and name it in ``all``.
public struct Style: Sendable {
  /// What the command line calls it.
  public let name: String
  /// What counts as a node in this style; `nil` if any detail will do.
  let detail: Detail?
  /// What inputs of one node look like as a table; `nil` if they never are one.
  var table: TableLook?
  /// Whether inputs of one node may be a table.
  package var hasTables: Bool { table != nil }
  /// Makes the nodes and edges of a figure.
  let compose: @Sendable (Reading) -> (nodes: [Figure.Node], edges: [Figure.Edge])
}

extension Style {
  /// Every style, in the order `--help` lists them.
  public static let all: [Style] = [lecture, circuit, record]
}

extension Reading {
  /// What stands above the columns of a table of inputs.
  var tableHeads: [MathText] {
    [words.input, words.tableValue, seed == nil ? words.tableDerivative : words.tableTangent]
  }

  /// Node `index` of the trace in the shape and with the cells of a style.
  func node(_ index: Int, _ shape: Figure.Shape, _ rows: [[Figure.Cell]]) -> Figure.Node {
    Figure.Node(
      traceNode: index, scope: scope(of: index), role: role(of: index), shape: shape, rows: rows,
      explanation: explanationText(of: index), step: schedule.forward[index],
      derivativeStep: schedule.derivative[index], data: data(of: index))
  }

  /// What stands beside node `index` of the trace: a gate, or the end of a wire.
  func companion(
    of index: Int, _ role: Figure.Role, _ shape: Figure.Shape, _ rows: [[Figure.Cell]]
  ) -> Figure.Node {
    var node = node(index, shape, rows)
    (node.isMain, node.role, node.data) = (false, role, [])
    return node
  }

  /// Edge `index` of the trace with the line and the labels of a style, to its target or to what stands
  /// beside that.
  func edge(
    _ index: Int, _ line: Figure.Line, _ labels: [Figure.Label], to target: Int? = nil
  ) -> Figure.Edge {
    let edge = trace.edges[index]
    return Figure.Edge(
      traceEdge: index, source: edge.source, target: target ?? edge.target, line: line,
      hasDerivative: hasDerivative(onEdge: index), labels: labels,
      explanation: explanationText(ofEdge: index), step: schedule.backward[index],
      partial: edge.isOfArrays && edge.partial.isNaN
        ? edgeFormula(ofEdge: index).text.plain : partialText(ofEdge: index).plain)
  }
}
