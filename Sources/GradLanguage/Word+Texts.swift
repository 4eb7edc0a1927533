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

  /// The letters that Python's module `string` has.
  static let letters: [String: String] = {
    let (small, digits) = ("abcdefghijklmnopqrstuvwxyz", "0123456789")
    return [
      "ascii_lowercase": small, "ascii_uppercase": small.uppercased(),
      "ascii_letters": small + small.uppercased(), "digits": digits,
      "punctuation": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    ]
  }()

  /// A question to a text about letters or parts of it.
  private static func asking(
    _ answer: @escaping @Sendable (String, String) -> Recorder.Operand
  ) -> Method {
    Method { (machine, object, given, _, _) throws(ProgramError) in
      let text = (object as? TextObject)?.text ?? ""
      machine.operands.append(answer(text, machine.text(of: given.first)))
    }
  }

  /// Whether all letters of a text, of which there are some, are of a kind.
  private static func isAll(_ holds: @escaping @Sendable (Character) -> Bool) -> Method {
    asking { text, _ in .truth(!text.isEmpty && text.allSatisfy(holds)) }
  }

  /// A text with other letters around it, up to a width.
  private static func padding(_ sign: String) -> Method {
    Method { (machine, object, given, _, token) throws(ProgramError) in
      let width = try given.first.map { (value) throws(ProgramError) in
        try machine.whole(value, token)
      }
      let fill = given.count > 1 ? machine.text(of: given[1]) : sign == "0" ? "0" : " "
      let format = TextFormat(
        "\(fill.prefix(1))\(sign == "0" ? ">" : sign)\(min(width ?? 0, 10_000))")
      let text = format.text(of: (object as? TextObject)?.text ?? "")
      machine.operands.append(machine.make(TextObject(text)))
    }
  }

  /// Without letters of a set at its ends, of blanks where no set is given.
  private static func stripping(start: Bool, end: Bool) -> Method {
    Method { (machine, object, given, _, _) throws(ProgramError) in
      let letters = given.first.flatMap { $0.isNone ? nil : machine.text(of: $0) }
      func isGone(_ letter: Character) -> Bool { letters?.contains(letter) ?? letter.isWhitespace }
      var text = Substring((object as? TextObject)?.text ?? "")
      if start { text = text.drop(while: isGone) }
      while end, let last = text.last, isGone(last) { text.removeLast() }
      machine.operands.append(machine.make(TextObject(String(text))))
    }
  }

  /// The first place of a part, from the front or from the back.
  private static func place(of part: String, in text: String, fromBack: Bool = false) -> Int? {
    let (letters, wanted) = (Array(text), Array(part))
    guard letters.count >= wanted.count else { return nil }
    let places = 0...letters.count - wanted.count
    func holds(_ place: Int) -> Bool { letters[place...].starts(with: wanted) }
    return fromBack ? places.last(where: holds) : places.first(where: holds)
  }

  /// Whether a text begins or ends with another one, or with any of a tuple.
  private static func beginning(
    _ holds: @escaping @Sendable (String, String) -> Bool
  ) -> Method {
    Method { (machine, object, given, _, _) throws(ProgramError) in
      let text = (object as? TextObject)?.text ?? ""
      let tuple = given.first.flatMap { machine.object($0) } as? ListObject
      let starts = tuple?.items ?? Array(given.prefix(1))
      machine.operands.append(.truth(starts.contains { holds(text, machine.text(of: $0)) }))
    }
  }

  /// What stands before a part, the part, and what stands behind it.
  private static func parting(fromBack: Bool) -> Method {
    Method { (machine, object, given, _, _) throws(ProgramError) in
      let (text, part) = ((object as? TextObject)?.text ?? "", machine.text(of: given.first))
      var parts = fromBack ? ["", "", text] : [text, "", ""]
      if let place = place(of: part, in: text, fromBack: fromBack) {
        parts = [
          String(text.prefix(place)), part, String(text.dropFirst(place + part.count)),
        ]
      }
      let items = parts.map { machine.make(TextObject($0)) }
      machine.operands.append(machine.make(ListObject(items, isTuple: true)))
    }
  }

  private static func without(
    _ change: @escaping @Sendable (String, String) -> String
  ) -> Method {
    Method { (machine, object, given, _, _) throws(ProgramError) in
      let text = change((object as? TextObject)?.text ?? "", machine.text(of: given.first))
      machine.operands.append(machine.make(TextObject(text)))
    }
  }

  static let methodsOfTexts: [String: Method] = [
    "format": Method(names: nil) { (machine, object, given, named, _) throws(ProgramError) in
      let text = machine.format((object as? TextObject)?.text ?? "", given, named)
      machine.operands.append(machine.make(TextObject(text)))
    },
    "rjust": padding(">"), "ljust": padding("<"), "center": padding("^"), "zfill": padding("0"),
    "strip": stripping(start: true, end: true), "lstrip": stripping(start: true, end: false),
    "rstrip": stripping(start: false, end: true),
    "title": changing { text in
      var isInside = false
      return String(
        text.flatMap { letter in
          defer { isInside = letter.isLetter }
          return isInside ? letter.lowercased() : letter.uppercased()
        })
    },
    "capitalize": changing { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() },
    "count": asking { text, part in
      guard !part.isEmpty else { return .number(Double(text.count + 1)) }
      let (letters, wanted) = (Array(text), Array(part))
      var (count, place) = (0, 0)
      while place + wanted.count <= letters.count {
        let holds = letters[place...].starts(with: wanted)
        count += holds ? 1 : 0
        place += holds ? wanted.count : 1
      }
      return .number(Double(count))
    },
    "find": asking { .number(Double(place(of: $1, in: $0) ?? -1)) },
    "rfind": asking { .number(Double(place(of: $1, in: $0, fromBack: true) ?? -1)) },
    "index": Method { (machine, object, given, _, token) throws(ProgramError) in
      let part = machine.text(of: given.first)
      guard let place = place(of: part, in: (object as? TextObject)?.text ?? "") else {
        throw machine.failure(
          .indexOutOfRange, "the text does not hold what 'index' looks for", token)
      }
      machine.operands.append(.number(Double(place)))
    },
    "endswith": beginning { $0.hasSuffix($1) },
    "isdigit": isAll(\.isNumber), "isalpha": isAll(\.isLetter),
    "isalnum": isAll { $0.isLetter || $0.isNumber }, "isspace": isAll(\.isWhitespace),
    "isupper": isAll { !$0.isLowercase }, "islower": isAll { !$0.isUppercase },
    "splitlines": Method(names: ["keepends"]) { (machine, object, _, _, _) throws(ProgramError) in
      var lines: [Recorder.Operand] = []
      let text = (object as? TextObject)?.text ?? ""
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        lines.append(machine.make(TextObject(String(line))))
      }
      if text.hasSuffix("\n") || text.isEmpty { lines.removeLast() }
      machine.operands.append(machine.make(ListObject(lines)))
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
    "partition": parting(fromBack: false), "rpartition": parting(fromBack: true),
    "removeprefix": without { $0.hasPrefix($1) ? String($0.dropFirst($1.count)) : $0 },
    "removesuffix": without { $0.hasSuffix($1) ? String($0.dropLast($1.count)) : $0 },
    "swapcase": changing { text in
      String(text.flatMap { $0.isLowercase ? $0.uppercased() : $0.lowercased() })
    },
    "split": Method(names: ["sep", "maxsplit"]) {
      (machine, object, given, named, token) throws(ProgramError) in
      let text = (object as? TextObject)?.text ?? ""
      let separator = (given.first ?? machine.argument("sep", named)).flatMap {
        $0.isNone ? nil : machine.text(of: $0)
      }
      let most = try (given.count > 1 ? given[1] : machine.argument("maxsplit", named)).map {
        (value) throws(ProgramError) in try machine.whole(value, token)
      }
      let limit = most.map { $0 < 0 ? Int.max : $0 } ?? .max
      let words: [String] =
        if let separator, !separator.isEmpty {
          text.split(separator: separator, maxSplits: limit, omittingEmptySubsequences: false)
            .map(String.init)
        } else {
          text.split(maxSplits: limit) { $0.isWhitespace }.map {
            String($0.drop(while: \.isWhitespace))
          }
        }
      var items: [Recorder.Operand] = []
      for word in words { items.append(machine.make(TextObject(word))) }
      machine.operands.append(machine.make(ListObject(items)))
    },
    "startswith": beginning { $0.hasPrefix($1) },
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
