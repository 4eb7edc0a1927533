extension Lexer {
  /// Reports the character at the offset, reads it as what it stands for where that is plain, and
  /// goes on after it.
  mutating func reportCharacter() {
    let start = offset
    let scalar = nextScalar()
    offset += UTF8.width(scalar)
    let range = start..<offset
    if scalar.properties.isWhitespace || scalar.properties.generalCategory == .spaceSeparator,
      scalar.value >= 0xA0, scalar.value != 0x2028, scalar.value != 0x2029
    {
      return
    }
    let isNew = reported.insert(quotes.contains(scalar) ? "“" : openings[scalar] ?? scalar).inserted
    if let (ascii, kind) = lookalike(scalar) {
      if isNew {
        report.error(
          .lookalike, "'\(scalar)' is not part of the language", at: range,
          help: "write \(ascii.contains("'") ? ascii : "'\(ascii)'") for '\(scalar)'")
      }
      add(kind, from: start)
      track(kind, start)
      return
    }
    if isNew, !(scalar == "\u{FFFD}" && source.firstInvalid != nil) { describe(scalar, range) }
    add(.mistake, from: start)
  }

  private mutating func describe(_ scalar: Unicode.Scalar, _ range: Range<Int>) {
    if isBidirectionalControl(scalar) {
      report.error(
        .bidirectionalControl,
        "the invisible character \(code(scalar)) changes the direction of the text", at: range,
        help: "delete it: the program would not be read as it looks")
    } else if scalar.value < 0x20 || scalar.value == 0x7F
      || scalar.properties.generalCategory == .control
    {
      report.error(
        .controlCharacter,
        scalar.value == 0
          ? "a NUL character in the text" : "a control character \(code(scalar)) in the text",
        at: range, help: "delete it")
    } else if scalar.properties.generalCategory == .format
      || scalar.properties.isDefaultIgnorableCodePoint
    {
      report.error(
        .invisibleCharacter, "the invisible character \(code(scalar)) is no part of a name",
        at: range,
        help: "delete it")
    } else {
      report.error(
        .unexpectedCharacter, "unexpected character '\(visible(scalar))' (\(code(scalar)))",
        at: range,
        help: characterHelp(scalar))
    }
  }

  private func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Whether `scalar` changes the direction in which a line is shown.
  func isBidirectionalControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// What a character from a typeset formula or another keyboard stands for.
  private func lookalike(_ scalar: Unicode.Scalar) -> (String, Token.Kind)? {
    switch scalar {
    case "−", "–", "—", "－", "‐", "‑": ("-", .minus)
    case "÷", "∕", "⁄", "／": ("/", .slash)
    case "＋": ("+", .plus)
    case "＝": ("=", .assign)
    case "≤", "⩽": ("<=", .lessEqual)
    case "≥", "⩾": (">=", .greaterEqual)
    case "≠": ("!=", .notEqual)
    case "＜": ("<", .less)
    case "＞": (">", .greater)
    case "（": ("(", .open)
    case "）": (")", .close)
    case "，", "、": (",", .comma)
    case "。", "．", "｡": (".", .mistake)
    case "；": (";", .semicolon)
    case "：", "∶": (":", .colon)
    case "［": ("[", .openSquare)
    case "］": ("]", .closeSquare)
    case "｛": ("{", .openBrace)
    case "｝": ("}", .closeBrace)
    case "←": ("=", .assign)
    default: nil
    }
  }

  private func characterHelp(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "⁺", "⁽", "⁾": "a power is written '**': x**(n + 1)"
    case "∛": "write cbrt(x)"
    case "∜": "write x**(1/4)"
    case "‖": "write the sum of squares out: sqrt(x1**2 + x2**2)"
    case "°": "angles are in radians: x * pi / 180"
    case "±", "∓": "write two statements, one for each sign"
    case "…", "⋯": "write the terms out"
    case "∈", "∀", "∃": "a name is given a value with '='"
    case "≈", "≡", "≔", "≜": "a name is given a value with '='"
    case "⌊", "⌋", "⌈", "⌉": "it has no derivative where it jumps; leave it out"
    case "£", "€", "¥": "write the number alone"
    case "⟨", "⟩", "〈", "〉", "【", "】": "use round brackets"
    case "∞": "write inf"
    case "′", "″", "‴", "ʹ", "ʺ": "a name holds letters, digits and '_': x_1, or dx"
    case "’", "‘",
      "´"
    where tokens.last.map { $0.kind == .name && Int($0.end) + UTF8.width(scalar) == offset } == true:
      "a name holds letters, digits and '_', no quotes"
    case let quote where quotes.contains(quote):
      "a text stands in straight quotes, and a number in none"
    case "₀"..."₉":
      switch tokens.last.map({ source.text($0.range) }) {
      case "log" where scalar == "₂": "write log2(x)"
      case "log" where scalar == "₁": "write log10(x)"
      default: "write the index as a digit: x_1"
      }
    case "∂", "∇", "∆": "the derivatives are computed; write the formula itself"
    case "∑", "∏": "write the terms out: x1 + x2"
    case "∫": "there are no integrals; write the formula itself"
    case "→", "⇒": "a function is written 'def f(x): return …'"
    // The wide forms of ASCII's signs.
    case "\u{FF01}"..."\u{FF5E}":
      Unicode.Scalar(scalar.value - 0xFEE0).map { "write '\($0)' for '\(scalar)'" }
    default: nil
    }
  }
}

/// Closing signs of a pair, of which only one is reported.
private let openings: [Unicode.Scalar: Unicode.Scalar] = [
  "⌋": "⌊", "⌉": "⌈", "⟩": "⟨", "〉": "〈", "】": "【", "⁾": "⁽",
]

/// Quotes that keyboards and typesetters put in place of the straight ones.
private let quotes: Set<Unicode.Scalar> = ["“", "”", "„", "‟", "‘", "’", "‚", "«", "»", "‹", "›"]
