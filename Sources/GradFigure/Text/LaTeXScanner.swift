/// Reads a line of mathematics as tokens of LaTeX.
struct LaTeXScanner {
  private struct Letter {
    var character: Character
    var level: MathText.Level
    /// The name it belongs to.
    var name: Int?
  }

  private let letters: [Letter]
  private var position = 0
  private var tokens: [LaTeXToken] = []
  private var isInBars = false

  init(_ text: MathText) {
    letters = text.pieces.enumerated().flatMap { index, piece in
      piece.text.map { character in
        Letter(
          character: character, level: piece.level, name: piece.meaning == .name ? index : nil)
      }
    }
  }

  /// The whole line as tokens.
  mutating func scanned() -> [LaTeXToken] {
    while position < letters.count { scan() }
    return tokens
  }

  private mutating func scan() {
    let letter = letters[position]
    let character = letter.character
    if let name = letter.name {
      nameToken(take { $0.name == name })
    } else if character.isASCIIDigit {
      number()
    } else if character.isASCII, character.isLetter {
      word(take { $0.name == nil && ($0.character.isWordPart) })
    } else if character == " " {
      gap()
    } else if let symbol = LaTeX.symbols[character] {
      position += 1
      symbolToken(symbol, letter.level)
    } else {
      add("\\text{\(LaTeX.text(take { $0.name == nil && $0.character.isForeign }))}")
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
    tokens.append(LaTeXToken(text: text, kind: kind, level: letters[position - 1].level))
  }

  // MARK: Names, words, numbers

  /// A name: one letter slanted, several upright, Greek letters as they are.
  private mutating func nameToken(_ name: String) {
    if let (plain, command) = LaTeX.unaccented(name) {
      let first = tokens.count
      nameToken(plain)
      let letters = tokens[first...].map(\.text).joined()
      tokens.removeSubrange(first...)
      return add("\(command){\(letters)}")
    }
    var line = LaTeXLine()
    var rest = name[...]
    while let first = rest.first {
      if let symbol = LaTeX.symbols[first] {
        line.append(symbol.text)
        rest = rest.dropFirst()
        continue
      }
      let index = rest.prefix { MathText.loweredDigits[$0] != nil }
      if !index.isEmpty {
        line.script(
          index.compactMap { MathText.loweredDigits[$0].map(String.init) }.joined(), .lowered)
        rest = rest.dropFirst(index.count)
        continue
      }
      let part = rest.prefix { LaTeX.symbols[$0] == nil && MathText.loweredDigits[$0] == nil }
      rest = rest.dropFirst(part.count)
      if part.allSatisfy(\.isASCII) {
        line.append(part.count == 1 ? LaTeX.text(part) : "\\mathrm{\(LaTeX.text(part))}")
      } else {
        line.append("\\text{\(LaTeX.text(part))}")
      }
    }
    add(line.text)
  }

  /// A function, a differential, a constant or a placeholder.
  private mutating func word(_ word: String) {
    let next = position < letters.count ? letters[position] : nil
    if let command = LaTeX.functions[word] {
      add(command, .function)
    } else if word == "d", next?.name != nil || isBeforeName || isOfHigherOrder {
      add("\\mathrm{d}")
    } else if word == "e", letters[position - 1].level != .lowered {
      add("\\mathrm{e}")
    } else {
      add(word.count == 1 ? word : "\\mathrm{\(LaTeX.text(word))}")
    }
  }

  /// Whether a gap and then a name follow, as in `d velocity`.
  private var isBeforeName: Bool {
    position + 1 < letters.count && letters[position].character == " "
      && letters[position + 1].name != nil
  }

  /// Whether an order and then a name follow, as in `d²x`.
  private var isOfHigherOrder: Bool {
    let rest = letters[position...]
    guard rest.first?.level == .raised else { return false }
    let name = rest.first { $0.level != .raised && $0.character != " " }
    return name?.name != nil && name?.level == .base
  }

  /// `1.5`, or `1.2\cdot10^{-7}` for `1.2e−7`.
  private mutating func number() {
    let digits = take { $0.name == nil && ($0.character.isASCIIDigit || $0.character == ".") }
    let level = letters[position - 1].level
    var end = position
    func at(_ index: Int) -> Character? {
      index < letters.count && letters[index].level == level && letters[index].name == nil
        ? letters[index].character : nil
    }
    if at(end) == "e" {
      end += 1
      let isNegative = at(end) == "−" || at(end) == "-"
      if isNegative { end += 1 }
      let start = end
      while at(end)?.isASCIIDigit == true { end += 1 }
      if start < end {
        let exponent = (isNegative ? "-" : "") + String(letters[start..<end].map(\.character))
        position = end
        return add((digits == "1" ? "" : digits + "\\cdot") + "10^{\(exponent)}", .power)
      }
    }
    add(digits)
  }

  // MARK: Signs and gaps

  private mutating func symbolToken(_ symbol: LaTeX.Symbol, _ level: MathText.Level) {
    switch symbol.kind {
    case .sign:
      // TeX takes a sign that begins the line, or follows another, for that of a number; but not the
      // second on a line, nor one behind a stroke or a word.
      let before = tokens.last { $0.kind != .blank }
      let isLoose =
        before?.kind == .sign && (tokens.count == 1 || before?.text == "/")
        || before?.kind == .space
      add(isLoose ? "{\(symbol.text)}" : symbol.text, .sign)
    case .open where symbol.text == "|":
      isInBars.toggle()
      add(isInBars ? "\\lvert" : "\\rvert", isInBars ? .open : .close)
    default: add(symbol.text, symbol.kind)
    }
  }

  /// A gap: mathematics keeps its own around signs; between words it is a space.
  private mutating func gap() {
    let before = tokens.last?.kind
    position += 1
    let next = position < letters.count ? letters[position] : nil
    let nextKind = next?.name == nil ? next.flatMap { LaTeX.symbols[$0.character]?.kind } : nil
    switch (before, nextKind) {
    case (nil, _), (.blank, _), (.space, _), (.open, _): return
    case (.sign, _), (.comma, _), (.function, _), (_, .close): add(" ", .blank)
    case (_, .sign) where position + 1 < letters.count && letters[position + 1].character == " ":
      add(" ", .blank)
    default: if next != nil { add("\\ ", .space) }
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
  fileprivate var isWordPart: Bool { isASCII && (isLetter || isNumber || self == "_") }
  /// Neither LaTeX's own nor of its tables.
  fileprivate var isForeign: Bool {
    self != " " && !(isASCII && (isLetter || isNumber)) && LaTeX.symbols[self] == nil
  }
}
