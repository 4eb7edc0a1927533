import GradBase
public import GradFigure

extension Figure {
  /// The graph in the DOT language, without positions, for `dot` to draw in its own way.
  ///
  /// <https://graphviz.org/doc/info/lang.html>
  ///
  /// - Parameter theme: The colours.
  /// - Returns: The graph.
  public func dot(_ theme: Theme) -> String { DotWriter(figure: self, theme: theme).text() }
}

/// Writes one figure in the DOT language.
private struct DotWriter {
  let figure: Figure
  let theme: Theme

  func text() -> String {
    let isRight = figure.direction == .right
    var lines = [
      "digraph {",
      "  graph [bgcolor=\"\(theme[.paper])\", newrank=true, "
        + "rankdir=\(isRight ? "LR" : "TB"), tooltip=\(quoted(figure.heading))"
        + (figure.title.map { ", label=\(quoted($0.plain)), labelloc=t" } ?? "") + "];",
      "  node [fontname=\"Arial\", fontsize=14, shape=plain];",
      "  edge [fontname=\"Arial\", fontsize=12];",
    ]
    lines += figure.nodes.indices.map(node)
    for (index, call) in figure.callBoxes.enumerated() {
      let nodes = call.nodes.map { "n\($0 + 1)" }.joined(separator: "; ")
      lines.append(
        "  subgraph cluster_\(index + 1) { label=\(quoted(call.title.plain)); \(nodes); }")
    }
    for index in figure.edges.indices { lines += edge(index) }
    return lines.joined(separator: "\n") + "\n}\n"
  }

  private func node(_ index: Int) -> String {
    let node = figure.nodes[index]
    let rows = node.rows.map { row in
      "<tr>" + row.map { cell(of: node, $0) }.joined() + "</tr>"
    }
    let fill: Paint =
      node.role == .input ? .inputBox : node.role == .output ? .outputBox : .box
    let table =
      "<table border=\"1\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"4\" style=\"rounded\" "
      + "color=\"\(theme[.line])\" bgcolor=\"\(theme[fill])\">"
    return "  n\(index + 1) [label=<\(table)\(rows.joined())</table>>, "
      + "tooltip=\(quoted(node.tooltip))];"
  }

  private func cell(of node: Figure.Node, _ cell: Figure.Cell) -> String {
    let columns = node.rows.map(\.count).max() ?? 1
    let span = node.rows.contains { $0.count == 1 && $0[0].kind == cell.kind } && columns > 1
    let paint: Paint =
      cell.kind == .value ? .forward : cell.kind == .derivative ? .backward : .ink
    let text =
      html(cell.content.line)
      + (cell.aside.map { " <font color=\"\(theme[.muted])\" point-size=\"11\">\(html($0))</font>" }
        ?? "")
    return "<td port=\"\(cell.kind.rawValue)\"\(span ? " colspan=\"\(columns)\"" : "")>"
      + "<font color=\"\(theme[paint])\">\(cell.isBold ? "<b>\(text)</b>" : text)</font></td>"
  }

  private func edge(_ index: Int) -> [String] {
    let edge = figure.edges[index]
    let (source, target) = ("n\(edge.source + 1)", "n\(edge.target + 1)")
    let (out, into) = figure.direction == .right ? (":e", ":w") : (":s", ":n")
    func port(_ node: Int, _ kind: Figure.Cell.Kind, _ side: String) -> String {
      figure.nodes[node].rows.joined().contains { $0.kind == kind }
        ? ":\(kind.rawValue)\(side)" : ""
    }
    let labels = edge.labels.filter { $0.kind != .shape }.map(\.content.line.plain)
      .joined(separator: " ")
    let shape = edge.labels.filter { $0.kind == .shape }.map(\.content.line.plain).joined()
    var lines: [String] = []
    if figure.show != .backward {
      // Data has one line, so its value, if it stands at the wire, stands there.
      let own = edge.hasDerivative ? shape : labels + shape
      let label = own.isEmpty ? "" : ", label=\(quoted(own))"
      lines.append(
        "  \(source)\(port(edge.source, .value, out)) -> \(target)\(port(edge.target, .value, into)) "
          + "[color=\"\(theme[.forward])\"\(label)];")
    }
    if figure.show != .forward, edge.hasDerivative {
      let color = theme[.backward]
      let ends = [
        "\(target)\(port(edge.target, .derivative, into))",
        "\(source)\(port(edge.source, .derivative, out))",
      ]
      let way = (figure.mode == .forward ? ends.reversed() : ends).joined(separator: " -> ")
      lines.append(
        "  \(way) [color=\"\(color)\", "
          + "constraint=false, fontcolor=\"\(color)\", label=\(quoted(labels)), "
          + "tooltip=\(quoted(edge.tooltip))];")
    }
    return lines
  }

  private func html(_ text: MathText) -> String {
    text.runs.map { run in
      switch run.level {
      case .base: XML.text(run.text)
      case .raised, .transposed: "<sup>\(XML.text(run.text))</sup>"
      case .lowered: "<sub>\(XML.text(run.text))</sub>"
      case .tag:
        "<font color=\"\(theme[.muted])\" point-size=\"10\">\(XML.text(run.text))</font>"
      }
    }.joined()
  }

  /// A string in quotes; backslashes are doubled, because Graphviz reads escapes in labels.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
