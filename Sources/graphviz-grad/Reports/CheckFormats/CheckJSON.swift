import GradBase
import GradCore
import GraphvizGrad

extension CheckFormat {
  /// The schema `graphviz-grad/gradcheck/1`, for other tools.
  static let json = CheckFormat(name: "json", fileExtension: "json", separator: "") { check in
    var json = JSONText()
    json.object(.lines) { json in
      json.field("schema", "graphviz-grad/gradcheck/1")
      json.field("output", check.output)
      json.field("tolerance", check.tolerance)
      if check.order > 1 { json.field("order", check.order) }
      json.field("inputs") { json in
        json.array(.lines) { json in
          for entry in check.entries { json.object { write(entry, &$0) } }
        }
      }
    }
    return json.text + "\n"
  }

  private static func write(_ entry: GradientCheck.Entry, _ json: inout JSONText) {
    json.field("name", entry.name)
    if let other = entry.other { json.field("by", other) }
    json.field("value", entry.value)
    json.field("derivative", entry.derivative)
    json.field("numerical", entry.numerical.best.value)
    json.field("error", entry.numerical.best.error)
    json.field("left", entry.numerical.left.value)
    json.field("right", entry.numerical.right.value)
    json.field("finding", entry.finding.rawValue)
    let explanation = entry.explanation { shortestText($0) }
    if !explanation.isEmpty { json.field("explanation", explanation) }
  }
}
