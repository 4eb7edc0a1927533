import GradBase
import GradCore
import GradFigure

extension Drawing {
  /// The trace with the geometry of every node, row and edge: schema `graphviz-grad/figure/1`.
  ///
  /// The keys of a trace, and for nodes `role`, `box` and `rows`, for edges the Bézier points of the
  /// `forward` and the `backward` line up to the tips of their arrowheads, and the `labels`. `tables` are the nodes that share a box, if any do. Boxes are
  /// `[x, y, width, height]` from the upper left corner; y points down.
  public var json: String {
    var json = JSONText()
    json.object(.lines) { json in writeFields(to: &json) }
    return json.text + "\n"
  }
}

extension Drawing {
  fileprivate func writeFields(to json: inout JSONText) {
    json.field("schema", "graphviz-grad/figure/1")
    json.field("heading", heading)
    json.field("summary", summary)
    json.field("direction", figure.direction.rawValue)
    json.field("theme", theme.name)
    json.field("size") { json in
      json.array { json in
        json.number(size.width)
        json.number(size.height)
      }
    }
    json.field("output", figure.trace.nodes[figure.trace.output].id)
    json.field("nodes") { json in
      json.array(.lines) { json in
        for case (.node(let index), let part) in parts.map({ ($0.owner, $0) }) {
          json.object { json in writeNode(index, part, to: &json) }
        }
      }
    }
    if !figure.tables.isEmpty {
      json.field("tables") { json in
        json.array(.lines) { json in
          for case (.table(let index), let part) in parts.map({ ($0.owner, $0) }) {
            json.object { json in
              json.field("nodes") { json in
                json.array { json in
                  for node in figure.tables[index].nodes {
                    json.string(figure.trace.nodes[figure.nodes[node].traceNode].id)
                  }
                }
              }
              json.field("box") { json in json.box(part.box) }
            }
          }
        }
      }
    }
    json.field("edges") { json in
      json.array(.lines) { json in
        let lines = EdgeLines(parts, count: figure.edges.count)
        for index in figure.edges.indices {
          json.object { json in writeEdge(index, lines, to: &json) }
        }
      }
    }
  }

  private func writeNode(_ index: Int, _ part: Part, to json: inout JSONText) {
    let node = figure.nodes[index]
    if node.isMain {
      figure.trace.writeNode(node.traceNode, to: &json)
    } else {
      json.field("of", figure.trace.nodes[node.traceNode].id)
    }
    json.field("role", node.role.rawValue)
    json.field("step", node.step)
    json.field("box") { json in json.box(part.box) }
    json.field("rows") { json in
      json.array { json in
        for shape in part.shapes {
          switch shape {
          case .text(let line): json.object { json in writeText(line, to: &json) }
          case .array(let array):
            json.object { json in
              json.field("kind", array.kind.rawValue)
              json.field("text", array.line.plain)
              json.field("box") { json in json.box(array.box) }
            }
          case .outline, .shade: break
          }
        }
      }
    }
    json.field("tooltip", node.tooltip)
  }

  private func writeText(_ line: TextLine, to json: inout JSONText) {
    switch line.kind {
    case .cell(let kind): json.field("kind", kind.rawValue)
    case .label(let kind): json.field("kind", kind.rawValue)
    case .shape: json.field("kind", "shape")
    case .callTitle, .heading, .caption, .note, .legend, .sentence, .curve: break
    }
    json.field("text", line.text.plain)
    json.field("box") { json in json.box(line.box) }
  }

  private func writeEdge(_ index: Int, _ lines: EdgeLines, to json: inout JSONText) {
    let edge = figure.edges[index]
    if let traceEdge = edge.traceEdge { figure.trace.writeEdge(traceEdge, to: &json) }
    json.field("step", edge.step)
    if let way = lines.forward[index] { json.field("forward") { json in json.points(way.points) } }
    if let way = lines.backward[index] {
      json.field("backward") { json in json.points(way.points) }
    }
    json.field("labels") { json in
      json.array { json in
        for line in lines.labels[index] { json.object { json in writeText(line, to: &json) } }
      }
    }
    json.field("tooltip", edge.tooltip)
  }

  /// The lines and the labels of each edge, where they are drawn.
  private struct EdgeLines {
    var forward: [Curve?]
    var backward: [Curve?]
    var labels: [[TextLine]]

    init(_ parts: [Part], count: Int) {
      forward = .init(repeating: nil, count: count)
      backward = .init(repeating: nil, count: count)
      labels = .init(repeating: [], count: count)
      for part in parts {
        switch part.owner {
        case .forward(let index): forward[index] = part.way
        case .backward(let index): backward[index] = part.way
        case .label(let index, _):
          for case .text(let line) in part.shapes { labels[index].append(line) }
        default: break
        }
      }
    }
  }
}

extension JSONText {
  fileprivate mutating func box(_ box: Rect?) {
    guard let box else { return null() }
    array { json in
      for number in [box.origin.x, box.origin.y, box.size.width, box.size.height] {
        json.number((number * 100).rounded() / 100)
      }
    }
  }

  fileprivate mutating func points(_ points: [Point]) {
    array { json in
      for number in points.flatMap({ [$0.x, $0.y] }) { json.number((number * 100).rounded() / 100) }
    }
  }
}
