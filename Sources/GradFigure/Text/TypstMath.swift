extension MathText {
  /// The same as Typst for an equation, without dollar signs: `θ_(1)·x^(2)`.
  ///
  /// Names of several letters are upright, functions are operators, a differential's d is upright, and
  /// numbers like `1.2e−7` become `1.2·10^(−7)`. O(length).
  ///
  /// - Parameter isBold: Whether the line is bold: then `grad-bold` sets letters that equations have no
  ///   bold ones for.
  /// - Returns: What stands between dollar signs.
  public func typst(isBold: Bool = false) -> String {
    var scanner = TypstScanner(self, isBold: isBold)
    return TypstLine.text(scanner.scanned()[...], at: .base)
  }

  /// The same as an expression of Typst's code for running text: `"x" + super("2")`.
  public var typstText: String {
    if isEmpty { return "[]" }
    return runs.map { run in
      let text = Typst.string(run.text)
      return switch run.level {
      case .base: text
      case .raised, .transposed: "super(\(text))"
      case .lowered: "sub(\(text))"
      case .tag: "text(size: 0.7em, fill: luma(45%), \(text))"
      }
    }.joined(separator: " + ")
  }
}

/// Text as Typst wants it, whatever characters it has.
package enum Typst {
  /// A string of Typst's code, with its quotes.
  package static func string(_ text: some StringProtocol) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// One line of a comment: without characters that end it.
  package static func comment(_ text: String) -> String {
    "// " + LaTeX.comment(text).dropFirst(2)
  }

  /// Adds a piece to an equation; a space keeps letters from what would be one name with them, which
  /// even `·` would.
  static func append(_ token: String, to line: inout String) {
    if let last = line.last, let first = token.first, last.isLetter || last.isNumber,
      first.isLetter || first.isNumber || !first.isASCII
    {
      line += " "
    }
    line += token
  }

  /// A character of an equation that means nothing but itself.
  static func literal(_ character: Character) -> String {
    switch character {
    case "-": "−"
    case "+", "=": String(character)
    case "|": "\\|"
    case ":": "class(\"normal\", \\:)"
    default:
      character.isASCII && (character.isPunctuation || character.isSymbol)
        ? "\\\(character)" : String(character)
    }
  }
}

/// Puts tokens together: raises, lowers, and draws roots over their operands.
enum TypstLine {
  /// The tokens of `level` on the line, the others as scripts.
  static func text(_ tokens: ArraySlice<MathToken>, at level: MathText.Level) -> String {
    var line = ""
    var position = tokens.startIndex
    while position < tokens.endIndex {
      let token = tokens[position]
      if token.level == .tag, level != .tag {
        let end = tokens[position...].firstIndex { $0.level != .tag } ?? tokens.endIndex
        let body = text(tokens[position..<end], at: .tag)
        Typst.append("#text(size: 0.7em, fill: luma(45%), $\(body)$)", to: &line)
        position = end
      } else if token.level != level || token.kind == .prime {
        if line.isEmpty { line = "\"\"" }
        position = addScripts(of: tokens, from: position, at: level, to: &line)
      } else if token.kind == .root,
        let (operand, next) = MathToken.operand(after: position, in: tokens)
      {
        let order = ["∛": "3", "∜": "4"][token.text]
        let body = text(operand, at: level)
        Typst.append(order.map { "root(\($0), \(body))" } ?? "sqrt(\(body))", to: &line)
        position = next
      } else {
        let next = position + 1
        let isRaised = next < tokens.endIndex && tokens[next].level == .raised && level == .base
        Typst.append(
          token.kind == .power && isRaised ? "\\(\(token.text)\\)" : token.text, to: &line)
        position = next
      }
    }
    return line
  }

  /// Adds all scripts of what stands last, one above and one below.
  ///
  /// - Returns: The position behind them.
  private static func addScripts(
    of tokens: ArraySlice<MathToken>, from start: Int, at level: MathText.Level,
    to line: inout String
  ) -> Int {
    func isScript(_ token: MathToken) -> Bool {
      token.kind == .prime || token.level != level && token.level != .tag
    }
    let end = tokens[start...].firstIndex { !isScript($0) } ?? tokens.endIndex
    var (below, above): ([MathToken], [MathToken]) = ([], [])
    for var token in tokens[start..<end] {
      if token.kind == .prime { token.kind = .ordinary }
      if token.level == .transposed { token.text = "sans(upright(T))" }
      let isBelow = token.level == .lowered && level != .lowered
      token.level = level
      if isBelow { below.append(token) } else { above.append(token) }
    }
    if !below.isEmpty { line += "_(\(text(below[...], at: level)))" }
    if !above.isEmpty { line += "^(\(text(above[...], at: level)))" }
    return end
  }
}
