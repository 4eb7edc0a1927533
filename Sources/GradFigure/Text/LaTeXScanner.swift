/// Reads a line of mathematics as tokens of LaTeX.
struct LaTeXScanner {
  private var letters: MathLetters
  private var tokens: [MathToken] = []
  private var isInBars = false

  init(_ text: MathText) { letters = MathLetters(text) }

  /// The whole line as tokens.
  mutating func scanned() -> [MathToken] {
    while let letter = letters.next { scan(letter) }
    return tokens
  }

  private mutating func scan(_ letter: MathLetters.Letter) {
    let character = letter.character
    if let name = letter.name {
      nameToken(letters.take { $0.name == name })
    } else if character.isASCIIDigit {
      number()
    } else if character.isASCII, character.isLetter {
      word(letters.take { $0.name == nil && ($0.character.isWordPart) })
    } else if character == " " {
      gap()
    } else if let symbol = LaTeX.symbols[character] {
      letters.take()
      symbolToken(symbol, letter.level)
    } else {
      add("\\text{\(LaTeX.text(letters.take { $0.name == nil && $0.character.isForeign }))}")
    }
  }

  private mutating func add(_ text: String, _ kind: MathToken.Kind = .ordinary) {
    tokens.append(MathToken(text: text, kind: kind, level: letters.level))
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
    if let command = LaTeX.functions[word] {
      add(command, .function)
    } else if word == "d", letters.isDifferential {
      add("\\mathrm{d}")
    } else if word == "e", letters.level != .lowered {
      add("\\mathrm{e}")
    } else {
      add(word.count == 1 ? word : "\\mathrm{\(LaTeX.text(word))}")
    }
  }

  /// `1.5`, or `1.2\cdot10^{-7}` for `1.2e−7`.
  private mutating func number() {
    let (digits, exponent) = letters.takeNumber()
    guard let exponent else { return add(digits) }
    let power = (exponent.isNegative ? "-" : "") + exponent.digits
    add((digits == "1" ? "" : digits + "\\cdot") + "10^{\(power)}", .power)
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
    switch letters.takeGap(after: tokens.last?.kind) {
    case .none: break
    case .blank, .end: add(" ", .blank)
    case .space: add("\\ ", .space)
    }
  }
}
