import GradBase
import GradCore
import GradDrawing
import GradFigure

/// Writes the parts of a drawing as the page fills them in.
struct PartWriter {
  let page: Page
  let figure: Figure
  /// The boxes of the figure, by the node that each is known by.
  let leaders: [Int: Int]
  /// Whether it is the whole figure, rather than what is in a box.
  let isWhole: Bool

  /// The box that a node of the figure is.
  private func fold(_ index: Int) -> Int? {
    let node = figure.nodes[index]
    return node.data.contains { $0.key == .fold } ? leaders[node.traceNode] : nil
  }

  /// What stands in one part of the drawing, in the order of its texts.
  func write(_ part: Drawing.Part, to json: inout JSONText) {
    var step = part.step
    switch part.owner {
    case .node(let index):
      let node = figure.nodes[index]
      json.field("kind", fold(index) == nil ? "node" : "fold")
      json.field("node", node.traceNode)
      json.field("isMain", node.isMain)
      if let fold = fold(index) { json.field("fold", fold) }
      // A derivative that is a node comes as a whole.
      step = node.isBackward ? node.step : 0
    case .forward(let index): writeEnds("forward", index, to: &json)
    case .backward(let index): writeEnds("backward", index, to: &json)
    case .label(let index, let kind):
      writeEnds("label", index, to: &json)
      json.field("isForward", kind == .value || kind == .shape)
    case .callBox: json.field("kind", "frame")
    case .table, .caption, .note, .legend, .sentence, .number, .outline, .curve:
      json.field("kind", "title")
    }
    json.field("step", step)
    json.field("explanation") { json in
      json.array { json in for line in explanation(of: part) { json.text(line) } }
    }
    json.field("lines") { json in
      json.array { json in
        for (line, marks) in Self.lines(part.shapes) {
          json.object { json in
            if case .cell(let kind) = line.kind { json.field("kind", kind.rawValue) }
            json.field("step", line.step)
            if marks > 0 { json.field("marks", marks) }
            json.field("room") { json in
              if let room = line.room { json.number(room) } else { json.null() }
            }
            json.field("runs") { json in json.runs(line.text) }
            // What a screen reader says, to whom x² is not x2.
            if line.text.runs.count > 1 { json.field("plain") { json in json.text(line.text) } }
          }
        }
      }
    }
  }

  /// A text as SVG writes it, and how many shapes after it are marks over its letters.
  private typealias Line = (line: Drawing.TextLine, marks: Int)

  /// The texts among shapes, one for each that SVG writes.
  private static func lines(_ shapes: [Drawing.Shape]) -> [Line] {
    shapes.flatMap { shape -> [Line] in
      switch shape {
      case .text(let line):
        let drawn = line.drawn
        // Where signs are drawn among its texts, no marks are carried along.
        let marks = line.text.plain.contains("⊙") ? 0 : drawn.count - 1
        return drawn.compactMap { if case .text(let line) = $0 { (line, marks) } else { nil } }
      case .array(let array): return lines(array.shapes)
      default: return []
      }
    }
  }

  /// What a part says to who asks, with its numbers.
  private func explanation(of part: Drawing.Part) -> [MathText] {
    // What is said of a box, and of what stands in one, the page makes of its numbers.
    if !isWhole { return [] }
    let reading = page.reading
    func edge(_ index: Int) -> [MathText] {
      figure.edges[index].traceEdge.map { reading.explanation(ofEdge: $0) }
        ?? reading.explanation(of: figure.nodes[figure.edges[index].source].traceNode)
    }
    switch part.owner {
    case .node(let index):
      return fold(index) == nil ? reading.explanation(of: figure.nodes[index].traceNode) : []
    case .forward(let index) where figure.edges[index].line == .pair:
      return reading.explanation(of: figure.nodes[figure.edges[index].target].traceNode)
    case .forward(let index), .backward(let index), .label(let index, _): return edge(index)
    case .callBox(let index): return [figure.callBoxes[index].title]
    case .table, .number, .outline, .caption, .note, .legend, .sentence, .curve: return []
    }
  }

  private func writeEnds(_ kind: String, _ index: Int, to json: inout JSONText) {
    let edge = figure.edges[index]
    let nodes = figure.nodes
    json.field("kind", kind)
    json.field("edge") { json in
      if let traceEdge = edge.traceEdge { json.number(traceEdge) } else { json.null() }
    }
    json.field("ends") { json in
      json.array { json in
        json.number(nodes[edge.source].traceNode)
        json.number(nodes[edge.target].traceNode)
      }
    }
    if edge.flow != .value { json.field("isBackward", true) }
    if edge.line == .wire { json.field("isWire", true) }
    let folds = [edge.source, edge.target].map(fold)
    if folds.contains(where: { $0 != nil }) {
      json.field("folds") { json in
        json.array { json in
          for fold in folds { if let fold { json.number(fold) } else { json.null() } }
        }
      }
    }
  }
}
