import GradBase
import GradCore
import GradFigure

extension Frames {
  /// The list of frames: schema `graphviz-grad/frames/1`.
  ///
  /// A frame has its `number`, its `pass`, the `node` whose value it adds (at the start of the way back:
  /// whose derivative) or the `edge` over which it brings a derivative, and its `sentence`.
  ///
  /// Of a descent it is the whole history with the list of frames in it: ``GradCore/Descent/json``.
  public var json: String {
    if let descent { return json(of: descent) }
    let trace = drawing.figure.trace
    var json = JSONText()
    json.object(.lines) { json in
      json.field("schema", "graphviz-grad/frames/1")
      json.field("output", trace.nodes[trace.output].id)
      json.field("size") { json in
        json.array { json in
          json.number(drawing.size.width)
          json.number(drawing.size.height)
        }
      }
      json.field("total", total)
      json.field("frames") { json in
        json.array(.lines) { json in
          for frame in frames { json.object { json in write(frame, to: &json) } }
        }
      }
    }
    return json.text + "\n"
  }

  private func json(of descent: Descent) -> String {
    descent.json { json in
      json.field("frames") { json in
        json.array(.lines) { json in
          for frame in frames {
            json.object { json in
              json.field("number", frame.number)
              if let step = frame.descentStep { json.field("step", step) }
              json.field("sentence", frame.step.sentence)
            }
          }
        }
      }
    }
  }

  private func write(_ frame: Frame, to json: inout JSONText) {
    let trace = drawing.figure.trace
    json.field("number", frame.number)
    json.field("pass", frame.step.pass.rawValue)
    json.field("node", frame.step.node.map { trace.nodes[$0].id })
    json.field("edge") { json in
      guard let index = frame.step.edge else { return json.null() }
      let edge = trace.edges[index]
      json.object { json in
        json.field("from", trace.nodes[edge.source].id)
        json.field("to", trace.nodes[edge.target].id)
        json.field("operand", edge.operand)
      }
    }
    json.field("sentence", frame.step.sentence)
  }
}
