import GradBase

extension Highlighting {
  /// A grammar of TextMate as JSON, which VS Code, GitHub's linguist, Shiki and others read.
  ///
  /// - Parameter note: Who wrote it.
  /// - Returns: The text of a file `grad.tmLanguage.json`.
  package func textMateGrammar(note: String) -> String {
    var json = JSONText()
    json.object(.lines) { json in
      json.field("information_for_contributors") { $0.strings([note]) }
      json.field("name", "graphviz-grad")
      json.field("scopeName", "source.grad")
      json.field("fileTypes") { $0.strings(["grad"]) }
      json.field("patterns") { json in
        json.array(.lines) { json in
          for rule in rules {
            json.object { json in
              json.field("name", rule.kind.scope)
              if let end = rule.end {
                json.field("begin", rule.pattern)
                json.field("end", end)
                json.field("patterns") { json in
                  json.array { json in
                    json.object { json in
                      json.field("name", "constant.character.escape.grad")
                      json.field("match", "\\\\.")
                    }
                  }
                }
              } else {
                json.field("match", rule.pattern)
              }
            }
          }
        }
      }
    }
    return json.text + "\n"
  }

  /// A syntax of Sublime Text, which Typst and bat read too.
  ///
  /// - Parameter note: Who wrote it.
  /// - Returns: The text of a file `grad.sublime-syntax`.
  package func sublimeSyntax(note: String) -> String {
    func quoted(_ text: String) -> String {
      "'" + text.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
    }
    var text = """
      %YAML 1.2
      ---
      # \(note)
      name: graphviz-grad
      file_extensions: [grad]
      scope: source.grad
      contexts:
        main:

      """
    var ends: [String] = []
    for rule in rules {
      text += "    - match: \(quoted(rule.pattern))\n      scope: \(rule.kind.scope)\n"
      if let end = rule.end {
        text += "      push: text\(ends.count)\n"
        ends.append(end)
      }
    }
    for (number, end) in ends.enumerated() {
      text += """
          text\(number):
            - meta_scope: \(Kind.string.scope)
            - match: '\\\\.'
              scope: constant.character.escape.grad
            - match: \(quoted(end))
              pop: true

        """
    }
    return text
  }
}

extension Highlighting.Kind {
  /// The name of TextMate for it, by which themes colour.
  var scope: String {
    let name =
      switch self {
      case .options: "comment.line.number-sign.documentation"
      case .comment: "comment.line.number-sign"
      case .string: "string.quoted"
      case .number: "constant.numeric"
      case .prompt: "comment.other.prompt"
      case .keyword: "keyword.control"
      case .constant: "constant.language"
      case .numberName: "support.constant"
      case .module: "support.module"
      case .function: "support.function"
      case .call: "entity.name.function"
      case .name: "variable.other"
      case .operator: "keyword.operator"
      case .punctuation: "punctuation"
      }
    return "\(name).grad"
  }
}
