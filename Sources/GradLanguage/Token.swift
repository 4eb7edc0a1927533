/// A word of the language, or the layout between words.
struct Token {
  var kind: Kind
  /// The bytes of the text.
  var start: Int32
  var end: Int32
  /// Which name it is, for names and keywords; the index of the value, for numbers.
  var payload: Int32 = -1

  var range: Range<Int> { Int(start)..<Int(end) }

  enum Kind: UInt8 {
    case name, number, string
    case open, close, openSquare, closeSquare, openBrace, closeBrace
    case comma, colon, semicolon, dot, assign, arrow
    case plus, minus, star, slash, power
    case plusAssign, minusAssign, starAssign, slashAssign, powerAssign
    case less, lessEqual, greater, greaterEqual, equal, notEqual
    case and, or, not, `if`, `else`, def, `return`, `import`, from, `true`, `false`, none
    /// A word or an operator of Python that the language has not, or that other languages have.
    case otherKeyword, otherOperator
    case newline, indent, dedent
    /// Stands where a bracket was never closed; that has been reported.
    case unclosed
    /// A character that has been reported.
    case mistake
    case end
  }

  static let keywords: [String: Kind] = {
    var keywords: [String: Kind] = [
      "and": .and, "or": .or, "not": .not, "if": .if, "else": .else, "def": .def,
      "return": .return, "import": .import, "from": .from, "True": .true, "False": .false,
      "None": .none,
    ]
    for word in [
      "as", "assert", "async", "await", "break", "class", "continue", "del", "elif", "except",
      "finally", "for", "global", "in", "is", "lambda", "nonlocal", "pass", "raise", "try",
      "while", "with", "yield",
    ] { keywords[word] = .otherKeyword }
    return keywords
  }()

  /// The operators by their first byte, longest first.
  static let operators: [[(text: [UInt8], kind: Kind)]] = {
    let texts: [(String, Kind)] = [
      ("**=", .powerAssign), ("//=", .otherOperator), ("...", .otherOperator),
      ("<<=", .otherOperator), (">>=", .otherOperator), ("===", .otherOperator),
      ("!==", .otherOperator), ("**", .power), ("+=", .plusAssign), ("-=", .minusAssign),
      ("*=", .starAssign), ("/=", .slashAssign), ("<=", .lessEqual), (">=", .greaterEqual),
      ("==", .equal), ("!=", .notEqual), ("->", .arrow), ("//", .otherOperator),
      (":=", .otherOperator), ("<>", .otherOperator), ("<<", .otherOperator),
      (">>", .otherOperator), ("&&", .otherOperator), ("||", .otherOperator),
      ("^=", .otherOperator), ("%=", .otherOperator), ("@=", .otherOperator), ("(", .open),
      (")", .close), ("[", .openSquare), ("]", .closeSquare), ("{", .openBrace),
      ("}", .closeBrace), (",", .comma), (":", .colon), (";", .semicolon), (".", .dot),
      ("=", .assign), ("+", .plus), ("-", .minus), ("*", .star), ("/", .slash), ("<", .less),
      (">", .greater),
    ]
    var table = [[(text: [UInt8], kind: Kind)]](repeating: [], count: 256)
    for (text, kind) in texts {
      let bytes = Array(text.utf8)
      table[Int(bytes[0])].append((bytes, kind))
    }
    for byte in "^%@&|~!?$`".utf8 { table[Int(byte)].append(([byte], .otherOperator)) }
    return table
  }()
}

/// The names of a program, each with a number; canonically equivalent names are one.
struct NameTable {
  private(set) var names: [String] = []
  private var numbers: [String: Int32] = [:]

  mutating func number(of name: String) -> Int32 {
    if let number = numbers[name] { return number }
    let number = Int32(names.count)
    numbers[name] = number
    names.append(name)
    return number
  }

  func existing(_ name: String) -> Int32? { numbers[name] }

  subscript(number: Int32) -> String { names[Int(number)] }
}
