import GraphvizGrad

import GradBase
import GradCore

extension HigherNumbers {
  /// Writes them as fields of an object that has been begun: `"higher": [{"input": "x", "order": 2, …}]`.
  fileprivate func write(to json: inout JSONText) {
    json.field("higher") { json in
      json.array(.lines) { json in
        for (id, values) in inputs {
          for (place, value) in values.enumerated() {
            json.object { json in
              json.field("input", id)
              json.field("order", place + 2)
              json.field("derivative") { $0.array(value) }
            }
          }
        }
      }
    }
    json.field("kinks") { json in
      json.array { json in for kink in kinks { json.string(kink) } }
    }
  }
}

extension TraceFormat {
  /// The schema `graphviz-grad/trace/1`, for other tools.
  static let json = TraceFormat(
    name: "json", fileExtension: "json", showsOperations: true, separator: ""
  ) {
    trace, higher, write in
    trace.writeJSON(to: write) { json in higher?.write(to: &json) }
  }
}
