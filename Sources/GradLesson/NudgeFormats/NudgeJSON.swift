import GradBase
import GradCore
import GradFigure

extension NudgeFormat {
  /// The schema `graphviz-grad/nudge/1`, for other tools; values in full, changes without dust.
  public static let json = NudgeFormat(name: "json", fileExtension: "json", separator: "") {
    effect in
    var json = JSONText()
    json.object(.lines) { json in
      json.field("schema", "graphviz-grad/nudge/1")
      json.field("node", effect.nudge.name)
      json.field("by", effect.nudge.amount)
      json.field("output", effect.output)
      json.field("change", effect.change)
      json.field("quotient", effect.quotient)
      json.field("derivative", effect.derivative)
      json.field("changes") { json in
        json.array(.lines) { json in
          for change in effect.changes { json.object { write(change, &$0) } }
        }
      }
    }
    return json.text + "\n"
  }

  private static func write(_ change: NudgeEffect.Change, _ json: inout JSONText) {
    json.field("id", change.id)
    if let place = change.place {
      json.field("entry") { json in
        json.array { json in for index in place { json.number(index) } }
      }
    }
    if let all = change.all {
      json.field("shape") { json in
        json.array { json in for count in all.shape { json.number(count) } }
      }
      json.field("changed", all.count)
    }
    json.field("before", change.before)
    json.field("after", change.after)
    json.field("change", change.change)
    json.field("quotient", change.quotient)
    json.field("text", "\(change.text.before.plain) → \(change.text.after.plain)")
  }
}
