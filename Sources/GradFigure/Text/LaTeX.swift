extension MathText {
  /// The same as LaTeX for math mode, without dollar signs: `\theta_1\cdot x^2`.
  ///
  /// Names of several letters are upright, functions are operators, a differential's d is upright, and
  /// numbers like `1.2e−7` become `1.2\cdot10^{-7}`. Needs `amsmath`, and what ``LaTeX/packages(for:)``
  /// and ``LaTeX/definitions(for:)`` say. O(length).
  public var latex: String { latex { "{\\scriptstyle\\textcolor{gray}{\($0)}}" } }

  /// The same with versions of names as `tag` writes them, for readers that know no colours.
  public func latex(tag: @escaping (String) -> String) -> String {
    var scanner = LaTeXScanner(self)
    return LaTeXAssembly(tag: tag).text(scanner.scanned()[...], at: .base)
  }

  /// The same as LaTeX for running text, where it is words rather than mathematics.
  public var latexText: String {
    runs.map { run in
      switch run.level {
      case .base: LaTeX.text(run.text)
      case .raised, .transposed: "\\textsuperscript{\(LaTeX.text(run.text))}"
      case .lowered: "\\textsubscript{\(LaTeX.text(run.text))}"
      case .tag: "{\\scriptsize\\textcolor{gray}{\(LaTeX.text(run.text))}}"
      }
    }.joined()
  }
}

/// Puts tokens together: raises, lowers, and draws roots over their operands.
struct LaTeXAssembly {
  /// Writes the version of a name.
  let tag: (String) -> String

  /// The tokens of `level` on the line, the others as scripts.
  func text(_ tokens: ArraySlice<MathToken>, at level: MathText.Level) -> String {
    var line = LaTeXLine()
    var position = tokens.startIndex
    while position < tokens.endIndex {
      let token = tokens[position]
      if token.level != level {
        let end =
          tokens[position...].firstIndex { $0.level != token.level } ?? tokens.endIndex
        let body = text(tokens[position..<end], at: token.level)
        if token.level == .tag {
          line.append(tag(body))
        } else {
          line.script(token.level == .transposed ? "\\mathsf{T}" : body, token.level)
        }
        position = end
      } else if token.kind == .root,
        let (operand, next) = MathToken.operand(after: position, in: tokens)
      {
        line.append("\(token.text){\(text(operand, at: level))}")
        position = next
      } else {
        let next = position + 1
        let isRaised = next < tokens.endIndex && tokens[next].level == .raised
        if token.kind == .prime {
          line.prime(token.text)
        } else if token.kind == .root {
          line.append("\(token.text){\\,}")
        } else if token.kind == .power, isRaised, level == .base {
          line.append("(\(token.text))")
        } else {
          line.append(token.text)
          line.isRaised = token.kind == .power
        }
        position = next
      }
    }
    return line.text
  }
}

/// A line of LaTeX that grows to the right.
struct LaTeXLine {
  private(set) var text = ""
  /// Whether what stands last has something raised already; TeX allows one script of a kind.
  var isRaised = false
  private var isLowered = false
  /// Whether a prime stands last, which alone may be followed by something raised.
  private var endsInPrime = false

  /// Adds a token; a space keeps a command from the letter after it.
  mutating func append(_ token: String) {
    let isLetter = token.first.map { $0.isASCII && $0.isLetter } ?? false
    if isLetter, endsInCommand { text += " " }
    text += token
    (isRaised, isLowered, endsInPrime) = (false, false, false)
  }

  mutating func prime(_ marks: String) {
    if isRaised || text.isEmpty { text += "{}" }
    text += marks
    (isRaised, endsInPrime) = (true, true)
  }

  mutating func script(_ body: String, _ level: MathText.Level) {
    let isTaken = level == .lowered ? isLowered : isRaised && !endsInPrime
    if isTaken || text.isEmpty {
      text += "{}"
      (isRaised, isLowered) = (false, false)
    }
    let isShort = body.count == 1 && body.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    text += (level == .lowered ? "_" : "^") + (isShort ? body : "{\(body)}")
    if level == .lowered { isLowered = true } else { isRaised = true }
    endsInPrime = false
  }

  private var endsInCommand: Bool {
    let letters = text.utf8.reversed().prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }.count
    return letters > 0 && text.utf8.dropLast(letters).last == UInt8(ascii: "\\")
  }
}
