import GradCore

/// Methods of texts.
extension Word {
  private static func changing(
    names: Set<String>? = [], _ change: @escaping @Sendable (String) -> String
  ) -> Method {
    Method(names: names) { (machine, object, _, _, _) throws(ProgramError) in
      let text = change((object as? TextObject)?.text ?? "")
      machine.operands.append(machine.make(TextObject(text)))
    }
  }

  /// What is only shown stays as it is.
  private static let same = changing { $0 }

  static let methodsOfTexts: [String: Method] = [
    "format": changing(names: nil) { $0 }, "title": same, "rjust": same, "ljust": same,
    "zfill": same, "center": same,
    "strip": changing { text in
      let letters = text.drop { $0.isWhitespace }
      return String(String(letters.reversed().drop { $0.isWhitespace }).reversed())
    },
    "upper": changing { $0.uppercased() }, "lower": changing { $0.lowercased() },
    "join": Method { (machine, object, given, _, token) throws(ProgramError) in
      var words: [String] = []
      for item in try machine.allItems(of: try machine.only(given, of: "join", token), token) {
        words.append(machine.text(of: item))
      }
      let text = words.joined(separator: (object as? TextObject)?.text ?? "")
      machine.operands.append(machine.make(TextObject(text)))
    },
    "split": Method(names: ["sep"]) {
      (machine, object, given, named, _) throws(ProgramError) in
      let text = (object as? TextObject)?.text ?? ""
      let separator = (given.first ?? machine.argument("sep", named)).map { machine.text(of: $0) }
      let words: [String] =
        if let separator, separator.count == 1, let letter = separator.first {
          text.split(separator: letter, omittingEmptySubsequences: false).map(String.init)
        } else {
          text.split { $0.isWhitespace }.map(String.init)
        }
      var items: [Recorder.Operand] = []
      for word in words { items.append(machine.make(TextObject(word))) }
      machine.operands.append(machine.make(ListObject(items)))
    },
    "startswith": Method { (machine, object, given, _, _) throws(ProgramError) in
      let start = machine.text(of: given.first)
      let holds = (object as? TextObject)?.text.hasPrefix(start) ?? false
      machine.operands.append(.truth(holds))
    },
    "replace": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard given.count >= 2 else {
        throw machine.failure(.wrongArguments, "'replace' takes 2 arguments", token)
      }
      let (old, new) = (Array(machine.text(of: given[0])), machine.text(of: given[1]))
      let letters = Array((object as? TextObject)?.text ?? "")
      var (result, place) = ("", 0)
      while place < letters.count {
        if !old.isEmpty, letters[place...].starts(with: old) {
          result += new
          place += old.count
        } else {
          result.append(letters[place])
          place += 1
        }
      }
      machine.operands.append(machine.make(TextObject(result)))
    },
  ]
}
