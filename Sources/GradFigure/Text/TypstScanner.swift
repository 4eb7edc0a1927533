/// Reads a line of mathematics as tokens of Typst.
struct TypstScanner {
  private var letters: MathLetters
  private var tokens: [MathToken] = []
  private var isInBars = false

  /// Whether the line is bold, for letters that equations have no bold ones for.
  private let isBold: Bool

  init(_ text: MathText, isBold: Bool) {
    self.isBold = isBold
    letters = MathLetters(text)
  }

  /// The whole line as tokens.
  mutating func scanned() -> [MathToken] {
    while let letter = letters.next { scan(letter) }
    return tokens
  }

  private mutating func scan(_ letter: MathLetters.Letter) {
    let character = letter.character
    if let name = letter.name {
      let word = letters.take { $0.name == name }
      add(self.name(word))
    } else if character.isASCIIDigit {
      number()
    } else if character.isASCII, character.isLetter {
      word(letters.take { $0.name == nil && $0.character.isWordPart })
    } else if character == " " {
      gap()
    } else if let symbol = LaTeX.symbols[character] {
      letters.take()
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
      let foreign = letters.take { $0.name == nil && $0.character.isForeign }
      add(foreign == "□" ? String(start) : words(foreign))
    }
  }

  private mutating func add(_ text: String, _ kind: MathToken.Kind = .ordinary) {
    tokens.append(MathToken(text: text, kind: kind, level: letters.level))
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
    if let command = LaTeX.functions[word] {
      add(String(command.dropFirst()), .function)
    } else if word == "d", letters.isDifferential {
      add("upright(d)")
    } else if word == "e", letters.level != .lowered {
      add("upright(e)")
    } else {
      add(word.count == 1 ? word : Typst.string(word))
    }
  }

  /// `1.5`, or `1.2·10^(−7)` for `1.2e−7`.
  private mutating func number() {
    let (digits, exponent) = letters.takeNumber()
    guard let exponent else { return add(digits) }
    let power = (exponent.isNegative ? "−" : "") + exponent.digits
    add((digits == "1" ? "" : digits + "·") + "10^(\(power))", .power)
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
    switch letters.takeGap(after: tokens.last?.kind) {
    case .none: break
    case .blank: add(" ", .blank)
    case .end: add("#h(0.28em)", .space)
    case .space: add("#h(0.3em)", .space)
    }
  }
}
