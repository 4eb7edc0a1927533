/// Reads a line of mathematics as tokens of Typst.
struct TypstScanner {
  private struct Letter {
    var character: Character
    var level: MathText.Level
    /// The name it belongs to.
    var name: Int?
  }

  private let letters: [Letter]
  private var position = 0
  private var tokens: [TypstToken] = []
  private var isInBars = false

  /// Whether the line is bold, for letters that equations have no bold ones for.
  private let isBold: Bool

  init(_ text: MathText, isBold: Bool) {
    self.isBold = isBold
    letters = text.pieces.enumerated().flatMap { index, piece in
      piece.text.map { character in
        Letter(
          character: character, level: piece.level, name: piece.meaning == .name ? index : nil)
      }
    }
  }

  /// The whole line as tokens.
  mutating func scanned() -> [TypstToken] {
    while position < letters.count { scan() }
    return tokens
  }

  private mutating func scan() {
    let letter = letters[position]
    let character = letter.character
    if let name = letter.name {
      let letters = take { $0.name == name }
      add(self.name(letters))
    } else if character.isASCII, character.isNumber {
      number()
    } else if character.isASCII, character.isLetter {
      let word = take {
        $0.name == nil && $0.character.isASCII
          && ($0.character.isLetter || $0.character.isNumber || $0.character == "_")
      }
      self.word(word)
    } else if character == " " {
      gap()
    } else if let symbol = LaTeX.symbols[character] {
      position += 1
      var kind = symbol.kind
      if character == "|" {
        isInBars.toggle()
        kind = isInBars ? .open : .close
      }
      let before = tokens.last { $0.kind != .blank && $0.level == letter.level }?.kind
      let isLoose = before == nil || before == .sign || before == .open || before == .comma
      let isUnary = "+−-".contains(character) && (before == .sign || before == .space)
      if kind == .prime {
        add(Self.primes(character), kind)
      } else if isUnary {
        add("class(\"unary\", \(Typst.literal(character)))", kind)
      } else if isLoose, "×·÷/*⊙".contains(character) {
        // A sign before its only operand stands close to it.
        add("class(\"normal\", \(Typst.literal(character)))", kind)
      } else {
        add(Typst.literal(character), kind)
      }
    } else {
      let start = character
      let foreign = take {
        $0.name == nil && $0.character != " " && LaTeX.symbols[$0.character] == nil
          && !($0.character.isASCII && ($0.character.isLetter || $0.character.isNumber))
      }
      add(foreign == "□" ? String(start) : words(foreign))
    }
  }

  /// Takes the letter here and those after it on the same level for which `belongs` holds.
  private mutating func take(while belongs: (Letter) -> Bool) -> String {
    let start = position
    repeat {
      position += 1
    } while position < letters.count && letters[position].level == letters[start].level
      && belongs(letters[position])
    return String(letters[start..<position].map(\.character))
  }

  private mutating func add(_ text: String, _ kind: LaTeXToken.Kind = .ordinary) {
    tokens.append(TypstToken(text: text, kind: kind, level: letters[position - 1].level))
  }

  // MARK: Names, words, numbers

  /// A name: one letter slanted, several upright, Greek letters as they are.
  private func name(_ name: String) -> String {
    if let (plain, command) = LaTeX.unaccented(name) {
      let accent = command == "\\bar" ? "macron" : String(command.dropFirst())
      return "\(accent)(\(self.name(plain)))"
    }
    var line = ""
    func isSign(_ character: Character) -> Bool {
      LaTeX.symbols[character] != nil || MathText.loweredDigits[character] != nil
    }
    var rest = name[...]
    while let first = rest.first {
      let index = rest.prefix { MathText.loweredDigits[$0] != nil }
      if !index.isEmpty {
        let digits = index.compactMap { MathText.loweredDigits[$0].map(String.init) }.joined()
        line += (line.isEmpty ? "\"\"" : "") + "_(\(digits))"
        rest = rest.dropFirst(index.count)
      } else if LaTeX.symbols[first] != nil {
        Typst.append(Typst.literal(first), to: &line)
        rest = rest.dropFirst()
      } else {
        let part = rest.prefix { !isSign($0) }
        rest = rest.dropFirst(part.count)
        let isPlain = part.count == 1 && part.allSatisfy { $0.isASCII && $0.isLetter }
        Typst.append(isPlain ? String(part) : words(part), to: &line)
      }
    }
    return line
  }

  /// Letters as text; equations have bold ones of ASCII's alone.
  private func words(_ text: some StringProtocol) -> String {
    isBold && !text.allSatisfy(\.isASCII)
      ? "#grad-bold(\(Typst.string(text)))" : Typst.string(text)
  }

  /// A function, a differential, a constant or a placeholder.
  private mutating func word(_ word: String) {
    let next = position < letters.count ? letters[position] : nil
    if let command = LaTeX.functions[word] {
      add(String(command.dropFirst()), .function)
    } else if word == "d", next?.name != nil || isBeforeName {
      add("upright(d)")
    } else if word == "e", letters[position - 1].level != .lowered {
      add("upright(e)")
    } else {
      add(word.count == 1 ? word : Typst.string(word))
    }
  }

  /// Whether a gap and then a name follow, as in `d velocity`.
  private var isBeforeName: Bool {
    position + 1 < letters.count && letters[position].character == " "
      && letters[position + 1].name != nil
  }

  /// `1.5`, or `1.2·10^(−7)` for `1.2e−7`.
  private mutating func number() {
    let digits = take {
      $0.name == nil && $0.character.isASCII && ($0.character.isNumber || $0.character == ".")
    }
    let level = letters[position - 1].level
    var end = position
    func at(_ index: Int) -> Character? {
      index < letters.count && letters[index].level == level && letters[index].name == nil
        ? letters[index].character : nil
    }
    func isDigit(_ character: Character?) -> Bool {
      character.map { $0.isASCII && $0.isNumber } ?? false
    }
    if at(end) == "e" {
      end += 1
      let isNegative = at(end) == "−" || at(end) == "-"
      if isNegative { end += 1 }
      let start = end
      while isDigit(at(end)) { end += 1 }
      if start < end {
        let exponent = (isNegative ? "−" : "") + String(letters[start..<end].map(\.character))
        position = end
        return add((digits == "1" ? "" : digits + "·") + "10^(\(exponent))", .power)
      }
    }
    add(digits)
  }

  // MARK: Signs and gaps

  /// A prime for each stroke.
  private static func primes(_ character: Character) -> String {
    switch character {
    case "″": "′′"
    case "‴": "′′′"
    default: "′"
    }
  }

  /// A gap: equations keep their own around signs; between words it is a space.
  private mutating func gap() {
    let before = tokens.last?.kind
    position += 1
    let next = position < letters.count ? letters[position] : nil
    let nextKind = next?.name == nil ? next.flatMap { LaTeX.symbols[$0.character]?.kind } : nil
    switch (before, nextKind) {
    case (nil, _), (.blank, _), (.space, _), (.open, _): return
    case (.sign, _) where next == nil: add("#h(0.28em)", .space)
    case (.sign, _), (.comma, _), (.function, _), (_, .close): add(" ", .blank)
    case (_, .sign) where position + 1 < letters.count && letters[position + 1].character == " ":
      add(" ", .blank)
    default: if next != nil { add("#h(0.3em)", .space) }
    }
  }
}
