import GradBase
import GradCore
import GradDrawing
import GradFigure
import GradLanguage

extension Page {
  /// Everything that the page computes and writes with, as JSON that may stand in a script element.
  func recording() -> String {
    var json = JSONText()
    json.object(.lines) { json in
      json.field("output", trace.output)
      json.field("chosen") { json in
        if let chosen { json.number(chosen) } else { json.null() }
      }
      if isGiven { json.field("isGiven", true) }
      json.field("numbers") { json in json.object { json in writeNumbers(to: &json) } }
      json.field("words") { json in
        json.object(.lines) { json in
          json.field("position", words.position("{step}", "{last}"))
          json.field("valueOf", words.valueOf("{name}"))
          json.field("sliderOf", words.sliderOf("{name}"))
          json.field("nudge", words.nudge("{name}"))
          json.field("beside", words.beside("{quotient}", "{derivative}"))
          json.field("flipped", words.flipped("{condition}"))
          json.field("unused", options.figure.language.figure.unused.plain)
        }
      }
      json.field("operations") { json in
        json.array(.lines) { json in
          for index in trace.nodes.indices { writeOperation(index, to: &json) }
        }
      }
      json.field("decisions") { json in
        json.array(.lines) { json in
          for decision in trace.decisions { json.object { json in write(decision, to: &json) } }
        }
      }
      json.field("inputs") { json in
        json.array(.lines) { json in
          for index in inputs { json.object { json in writeInput(index, to: &json) } }
        }
      }
      json.field("shown") { json in
        json.array(.lines) { json in
          for index in template.nodes.indices {
            json.object { json in writeNode(index, to: &json) }
          }
        }
      }
      json.field("edges") { json in
        json.array(.lines) { json in
          for index in template.operands.indices {
            json.object { json in writeEdge(index, to: &json) }
          }
        }
      }
      json.field("parts") { json in
        json.array(.lines) { json in
          for part in drawing.parts { json.object { json in write(part, to: &json) } }
        }
      }
      json.field("steps") { json in
        json.array(.lines) { json in for sentence in template.sentences { json.text(sentence) } }
      }
    }
    // A `<` of a program could end the element.
    return json.text.split(separator: "<", omittingEmptySubsequences: false)
      .joined(separator: "\\u003c")
  }

  /// The node that is chosen at first, among those shown: the one in focus.
  private var chosen: Int? {
    let focus = options.figure.focus.flatMap { trace.index(of: $0) }
    return focus.flatMap { focus in template.nodes.firstIndex { $0.origin == focus } }
  }

  /// The inputs of the program itself; none where an operation has its numbers from elsewhere, and
  /// cannot be computed with others.
  private var inputs: [Int] {
    if isGiven { return [] }
    return trace.nodes.indices.filter {
      trace.nodes[$0].kind == .input && trace.nodes[$0].call == nil
    }
  }

  /// Whether some operator is not in the table, so that the page can compute nothing anew.
  private var isGiven: Bool { trace.nodes.contains { $0.opcode == .foreign } }

  private func writeNumbers(to json: inout JSONText) {
    json.field("precision", options.figure.numbers.precision)
    json.field("decimals") { json in
      if let decimals = options.figure.numbers.decimals {
        json.number(decimals)
      } else {
        json.null()
      }
    }
  }

  /// An operation as `[opcode, [operands], value, [partials]]`, with the numbers that cannot be computed.
  private func writeOperation(_ index: Int, to json: inout JSONText) {
    let node = trace.nodes[index]
    json.array { json in
      json.number(Int(node.opcode.rawValue))
      json.array { json in for operand in trace.operands(of: index) { json.number(operand) } }
      if node.kind != .operation || node.opcode == .foreign { json.number(node.value) }
      if node.opcode == .foreign {
        json.array { json in
          for edge in trace.edges(into: index) { json.number(edge.partial) }
        }
      }
    }
  }

  private func write(_ decision: Decision, to json: inout JSONText) {
    json.field("condition", decision.condition)
    json.field("isHeld", decision.holds)
    json.field("node") { json in
      if let node = decision.node { json.number(node) } else { json.null() }
    }
  }

  private func writeInput(_ index: Int, to json: inout JSONText) {
    let shown = template.nodes.firstIndex { $0.origin == index }
    json.field("node", index)
    json.field("shown") { json in if let shown { json.number(shown) } else { json.null() } }
    json.field("name", shown.map { template.nodes[$0].name } ?? trace.nodes[index].id)
    json.field("value", trace.nodes[index].value)
  }

  private func writeNode(_ index: Int, to json: inout JSONText) {
    let node = template.nodes[index]
    json.field("id", trace.nodes[node.origin].id)
    json.field("origin", node.origin)
    json.field("name", node.name)
    json.field("title", node.title)
    json.field("derivativeName", node.derivativeName)
    json.field("chainRule") { json in
      json.array { json in for formula in node.chainRule { json.text(formula) } }
    }
    json.field("paths") { json in
      if let paths = node.paths { json.text(paths) } else { json.null() }
    }
    json.field("blocking", node.blocking)
    json.field("isUnused", trace.nodes[node.origin].isUnused)
  }

  private func writeEdge(_ index: Int, to json: inout JSONText) {
    let edge = reading.trace.edges[index]
    json.field("from", edge.source)
    json.field("to", edge.target)
    json.field("operand") { json in
      if let operand = template.operands[index] { json.number(operand) } else { json.null() }
    }
    json.field("step", template.backwardSteps[index])
  }

  /// What stands in one part of the drawing, in the order of its texts.
  private func write(_ part: Drawing.Part, to json: inout JSONText) {
    var step = part.step
    switch part.owner {
    case .node(let index):
      let node = drawing.figure.nodes[index]
      json.field("kind", "node")
      json.field("node", node.traceNode)
      json.field("isMain", node.isMain)
      step = 0
    case .forward(let index): writeEnds("forward", index, to: &json)
    case .backward(let index): writeEnds("backward", index, to: &json)
    case .label(let index, let kind):
      writeEnds("label", index, to: &json)
      json.field("isForward", kind != .partial)
    case .callBox: json.field("kind", "frame")
    case .caption, .note, .legend, .sentence, .number, .outline: json.field("kind", "title")
    }
    json.field("step", step)
    json.field("explanation") { json in
      json.array { json in for line in explanation(of: part) { json.text(line) } }
    }
    json.field("lines") { json in
      json.array { json in
        for case .text(let line) in part.shapes {
          json.object { json in
            if case .cell(let kind) = line.kind { json.field("kind", kind.rawValue) }
            json.field("step", line.step)
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

  /// What a part says to who asks, with its numbers.
  private func explanation(of part: Drawing.Part) -> [MathText] {
    let figure = drawing.figure
    func edge(_ index: Int) -> [MathText] {
      figure.edges[index].traceEdge.map { reading.explanation(ofEdge: $0) }
        ?? reading.explanation(of: figure.nodes[figure.edges[index].source].traceNode)
    }
    switch part.owner {
    case .node(let index): return reading.explanation(of: figure.nodes[index].traceNode)
    case .forward(let index) where figure.edges[index].line == .pair:
      return reading.explanation(of: figure.nodes[figure.edges[index].target].traceNode)
    case .forward(let index), .backward(let index), .label(let index, _): return edge(index)
    case .callBox(let index): return [figure.callBoxes[index].title]
    case .number, .outline, .caption, .note, .legend, .sentence: return []
    }
  }

  private func writeEnds(_ kind: String, _ index: Int, to json: inout JSONText) {
    let edge = drawing.figure.edges[index]
    let nodes = drawing.figure.nodes
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
  }
}
