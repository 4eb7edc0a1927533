import GradBase
import GradCore

extension GradingFormat {
  /// The schema `graphviz-grad/grading/1`, for other tools.
  public static let json = GradingFormat(name: "json", fileExtension: "json") { grading in
    var json = JSONText()
    json.object(.lines) { json in
      json.field("schema", "graphviz-grad/grading/1")
      json.field("passed", grading.isPassed)
      json.field("right", grading.marks.count(where: \.isRight))
      json.field("answers") { json in
        json.array(.lines) { json in
          for mark in grading.marks {
            json.object { json in
              json.field("name", mark.key)
              if mark.fault == nil { json.field("right", mark.right) }
              if let given = mark.given { json.field("answer", given) }
              if let difference = mark.difference { json.field("difference", difference) }
              json.field("verdict", mark.verdict)
              if let fault = mark.fault { json.field("fault", fault) }
            }
          }
        }
      }
      json.field("unknown") { json in
        json.array { json in for name in grading.unknown { json.string(name) } }
      }
    }
    return json.text + "\n"
  }
}
