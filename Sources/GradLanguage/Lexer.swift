/// Cuts a text into words, line ends and levels of indentation.
///
/// Never fails: what it cannot read is reported and stands as a ``Token/Kind/mistake``. A bracket
/// that is never closed ends where the next line looks like a statement, so that the rest of the
/// file is still read.
struct Lexer {
  let source: Source
  let bytes: [UInt8]
  var offset = 0
  var tokens: [Token] = []
  var numbers: [Double] = []
  var names = NameTable()
  var report: Report
  /// The brackets open at present, with the offset of each.
  private var brackets: [Int] = []
  private var indentations: [(column: Int, tabless: Int)] = []
  /// Where a statement seems to begin inside the outermost open bracket.
  private var resumption: (offset: Int, tokenCount: Int)?
  private var resumptions = 0
  private var isTooDeep = false
  private var isMixed = false
  /// Characters that have been reported and need no second word.
  var reported: Set<Unicode.Scalar> = []
  var prompts = PromptMode.none
  /// The line that was last refused as LaTeX; nothing more is said about it.
  var lineOfLaTeX = -1

  static let deepestNesting = 1000

  /// Reads `source`, unless it has more than `largest` bytes: words remember their places in 32 bits.
  init(_ source: Source, largest: Int = 1 << 28) {
    self.source = source
    bytes = source.bytes
    report = Report(source)
    tokens.reserveCapacity(bytes.count / 3)
    if bytes.count > largest {
      report.error(
        .sourceTooLarge, "a program of \(bytes.count) bytes is too large", at: 0..<0,
        help: "at most \(largest) bytes are read")
      offset = bytes.count
    }
    if let invalid = source.firstInvalid {
      report.error(
        .invalidUTF8, "the text is not UTF-8", at: invalid..<min(invalid + 3, bytes.count),
        label: "this byte is part of no character",
        help: source.looksLikeUTF16
          ? "the file looks like UTF-16; save it as UTF-8" : "save the file as UTF-8")
    }
  }

  /// Reads a part of `source` as an expression, whose names and numbers go on from others.
  init(_ source: Source, within range: Range<Int>, _ names: NameTable, _ numbers: [Double]) {
    self.source = source
    bytes = Array(source.bytes[..<range.upperBound])
    report = Report(source)
    offset = range.lowerBound
    (self.names, self.numbers) = (names, numbers)
  }

  /// Reads the part as one line.
  mutating func runExpression() {
    while offset < bytes.count { scan() }
    add(.newline, from: offset)
    add(.end, from: offset)
  }

  /// Reads the whole text.
  mutating func run() {
    if offset == 0, let foreign = ForeignText(source) {
      report = Report(source)
      report.error(
        .notAProgram, "\(foreign.name) is no program", at: 0..<min(1, bytes.count),
        help: foreign.help)
      offset = bytes.count
    }
    beginLine()
    while true {
      if offset >= bytes.count {
        guard let open = brackets.first else { break }
        endUnclosed(open)
        continue
      }
      scan()
    }
    add(.newline, from: offset)
    while indentations.count > 1 {
      indentations.removeLast()
      add(.dedent, from: offset)
    }
    add(.end, from: offset)
  }

  mutating func add(_ kind: Token.Kind, from start: Int, payload: Int32 = -1) {
    tokens.append(
      Token(kind: kind, start: Int32(start), end: Int32(offset), payload: payload))
  }

  private mutating func scan() {
    let start = offset
    switch bytes[offset] {
    case 0x20, 0x09, 0x0C: offset += 1
    case 0x0A, 0x0D:
      if brackets.isEmpty {
        add(.newline, from: start)
        skipLineEnd()
        beginLine()
      } else {
        skipLineEnd()
        if prompts == .lines {
          skipBlanks()
          _ = skipPrompt()
        }
        if resumption == nil, looksLikeStatement() { resumption = (start, tokens.count) }
      }
    case UInt8(ascii: "#"): skipComment()
    case UInt8(ascii: "\\"): scanBackslash()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumber()
    case UInt8(ascii: ".") where isDigit(at: offset + 1): scanNumber()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): scanString(from: start)
    case let byte where byte >= 0x80 || isNameStart(byte): scanName()
    default: scanOperator()
    }
  }

  private mutating func scanOperator() {
    let start = offset
    if let kind = Token.signs[Int(bytes[start])], kind != .semicolon,
      start + 1 == bytes.count || !Token.continuesSign[Int(bytes[start + 1])]
    {
      offset += 1
      add(kind, from: start)
      track(kind, start)
      return
    }
    for (text, listed) in Token.operators[Int(bytes[start])] {
      guard start + text.count <= bytes.count,
        text.count == 1 || bytes[start..<start + text.count].elementsEqual(text)
      else { continue }
      offset += text.count
      // A semicolon that stands in brackets ends no statement.
      let kind = listed == .semicolon && !brackets.isEmpty ? .otherOperator : listed
      add(kind, from: start)
      track(kind, start)
      return
    }
    reportCharacter()
  }

  /// Keeps count of the open brackets.
  mutating func track(_ kind: Token.Kind, _ start: Int) {
    switch kind {
    case .open, .openSquare, .openBrace:
      if brackets.isEmpty { resumption = nil }
      brackets.append(start)
      if brackets.count > Self.deepestNesting, !isTooDeep {
        isTooDeep = true
        report.error(
          .nestingTooDeep, "brackets are nested more than \(Self.deepestNesting) deep",
          at: start..<start + 1, help: "give parts of the expression names of their own")
      }
    case .close, .closeSquare, .closeBrace: _ = brackets.popLast()
    default: break
    }
  }

  /// Closes the brackets that the text leaves open, and goes on at the next statement.
  private mutating func endUnclosed(_ open: Int) {
    let bracket = Character(Unicode.Scalar(bytes[open]))
    report.error(
      .unclosedBracket, "'\(bracket)' is never closed", at: open..<open + 1,
      label: "opened here")
    brackets = []
    resumptions += 1
    if resumptions <= 20, let (back, count) = resumption {
      tokens.removeSubrange(count...)
      offset = back
    }
    resumption = nil
    add(.unclosed, from: offset)
  }

  /// Whether the line that begins here looks like a statement of its own.
  func looksLikeStatement() -> Bool {
    var end = offset
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    let start = end
    while end < bytes.count, isNameStart(bytes[end]) || isDigit(at: end) || bytes[end] >= 0x80 {
      end += 1
    }
    guard end > start, !isDigit(at: start) else { return false }
    switch source.text(start..<end) {
    case "def", "return", "import", "from", "print": return true
    default: break
    }
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    guard end + 1 < bytes.count else { return false }
    switch bytes[end] {
    case UInt8(ascii: "="): return bytes[end + 1] != UInt8(ascii: "=")
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"):
      return bytes[end + 1] == UInt8(ascii: "=")
    default: return false
    }
  }

  /// Measures the indentation of the next line that holds anything.
  private mutating func beginLine() {
    while true {
      var start = offset
      skipBlanks()
      let margin = offset
      if skipPrompt() { continue }
      if offset > margin {
        start = offset
        skipBlanks()
      }
      guard offset < bytes.count else { return }
      if bytes[offset] == UInt8(ascii: "#") { skipComment() }
      guard offset < bytes.count else { return }
      if bytes[offset] == 0x0A || bytes[offset] == 0x0D {
        skipLineEnd()
        continue
      }
      if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count,
        bytes[offset + 1] == 0x0A || bytes[offset + 1] == 0x0D
      {
        return
      }
      indent(start..<offset)
      return
    }
  }

  private mutating func indent(_ blank: Range<Int>) {
    var (column, tabless) = (0, 0)
    for byte in bytes[blank] where byte != 0x0C {
      column = byte == 0x09 ? (column / 8 + 1) * 8 : column + 1
      tabless += 1
    }
    guard let last = indentations.last else {
      indentations = [(column, tabless)]
      return
    }
    if !isMixed, (column - last.column).signum() != (tabless - last.tabless).signum() {
      isMixed = true
      report.error(
        .mixedIndentation,
        "the line is indented with another mix of tabs and spaces than the one above",
        at: blank, help: "indent with spaces throughout")
    }
    if column > last.column {
      indentations.append((column, tabless))
      add(.indent, from: offset)
      return
    }
    while indentations.count > 1, let last = indentations.last, last.column > column {
      if indentations[indentations.count - 2].column < column {
        report.error(
          .indentation, "the line is indented like none of the lines above", at: blank)
        indentations[indentations.count - 1] = (column, tabless)
        return
      }
      indentations.removeLast()
      add(.dedent, from: offset)
    }
    if indentations.count == 1, indentations[0].column > column {
      // The whole text was indented, as one pasted from a function is.
      indentations[0] = (column, tabless)
    }
  }
}
