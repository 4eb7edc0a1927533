import GradCore

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
    /// A radical sign; an exponent as it is typeset; the bars of an absolute value, one or two.
    case root, superscript, bar, doubleBar
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
      (">>", .otherOperator), ("&&", .otherOperator), ("||", .doubleBar), ("|", .bar),
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
    for byte in "^%@&~!?$`".utf8 { table[Int(byte)].append(([byte], .otherOperator)) }
    return table
  }()

  /// The operators that are one byte, by that byte; with another behind it, it may begin a longer one.
  static let signs: [Kind?] = operators.map { $0.first { $0.text.count == 1 }?.kind }

  /// Whether a byte stands behind the first one of an operator.
  static let continuesSign: [Bool] = {
    var continues = [Bool](repeating: false, count: 256)
    for (text, _) in operators.joined() {
      for byte in text.dropFirst() { continues[Int(byte)] = true }
    }
    return continues
  }()
}

/// The names of a program, each with a number; names that are one in Python are one.
struct NameTable: Sendable {
  /// Each name as the program writes it first.
  private(set) var names: [String] = []
  /// The forms by which names are compared, of those that are written otherwise.
  private var otherForms: [Int32: String] = [:]
  /// What each name is by itself.
  private(set) var meanings: [Meaning] = []
  /// The numbers of names beyond ASCII.
  private var others: [String: Int32] = [:]
  /// The numbers of names in ASCII, by a hash of their bytes; -1 where there is none.
  private var slots = [Int32](repeating: -1, count: 64)
  private var hashes: [UInt32] = []
  /// The letters of the names that are ASCII, one after another, and where those of each name end.
  private var letters: [UInt8] = []
  private var ends: [Int32] = []

  /// What a name is, whatever a program calls by it.
  struct Meaning: Sendable {
    /// Which keyword, or `.name`.
    var kind = Token.Kind.name
    /// What it says of a call of what it names.
    var call = CalledWord.other
  }

  mutating func number(of name: String) -> Int32 {
    var name = name
    let found: Int32? = name.withUTF8 { bytes in
      bytes.contains { $0 >= 0x80 } ? nil : self.number(ofASCII: bytes)
    }
    if let found { return found }
    let form = NameForm.of(name)
    if form.utf8.allSatisfy({ $0 < 0x80 }) {
      let count = names.count
      let number = self.number(of: form)
      if names.count > count {
        names[Int(number)] = name
        otherForms[number] = form
      }
      return number
    }
    if let number = others[form] { return number }
    var letters = form
    let number = letters.withUTF8 { add(name, form: form, $0, hash: 0) }
    others[form] = number
    return number
  }

  /// The number of a name that is all ASCII.
  mutating func number(ofASCII bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = Self.hash(bytes)
    let slot = place(bytes, hash)
    if slots[slot] >= 0 { return slots[slot] }
    let name = String(decoding: bytes, as: UTF8.self)
    let number = add(name, form: name, bytes, hash: hash)
    slots[slot] = number
    if 2 * names.count > slots.count { grow() }
    return number
  }

  func existing(_ name: String) -> Int32? {
    var name = name
    let (isASCII, found): (Bool, Int32) = name.withUTF8 { bytes in
      if bytes.contains(where: { $0 >= 0x80 }) { return (false, -1) }
      return (true, slots[place(bytes, Self.hash(bytes))])
    }
    if isASCII { return found < 0 ? nil : found }
    let form = NameForm.of(name)
    return form.utf8.allSatisfy { $0 < 0x80 } ? existing(form) : others[form]
  }

  /// The form by which name `number` is compared with others.
  func form(_ number: Int32) -> String { otherForms[number] ?? names[Int(number)] }

  /// `name` as the program writes it; `name` itself where the program does not.
  func spelled(_ name: String) -> String { existing(name).map { self[$0] } ?? name }

  subscript(number: Int32) -> String { names[Int(number)] }

  /// What name `number` says of a call of what it names.
  func call(_ number: Int32) -> CalledWord { meanings[Int(number)].call }

  /// Whether name `number` may be one of some words.
  func mayBe(_ words: WordFilter, _ number: Int) -> Bool { words.mayHold(hashes[number]) }

  private static let words = WordFilter(Array(Token.keywords.keys) + CalledWord.all.keys)

  private mutating func add(
    _ name: String, form: String, _ letters: UnsafeBufferPointer<UInt8>, hash: UInt32
  ) -> Int32 {
    if form != name { otherForms[Int32(names.count)] = form }
    names.append(name)
    meanings.append(
      Self.words.mayHold(hash)
        ? Meaning(
          kind: Token.keywords[form] ?? .name, call: CalledWord.all[form] ?? .other) : Meaning())
    hashes.append(hash)
    self.letters.append(contentsOf: letters)
    ends.append(Int32(self.letters.count))
    return Int32(names.count - 1)
  }

  /// Where the name is, or is to be.
  private func place(_ bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, isName(number, bytes) { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isName(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = number == 0 ? 0 : Int(ends[number - 1])
    guard Int(ends[number]) - start == bytes.count else { return false }
    return letters.withUnsafeBufferPointer { letters in
      for index in bytes.indices where letters[start + index] != bytes[index] { return false }
      return true
    }
  }

  private mutating func grow() {
    var larger = [Int32](repeating: -1, count: 4 * slots.count)
    for number in slots where number >= 0 {
      var slot = Int(hashes[Int(number)]) & (larger.count - 1)
      while larger[slot] >= 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = number
    }
    slots = larger
  }

  fileprivate static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }
}

/// The hashes of some words, by which one look tells of most names that they are none of them.
struct WordFilter: Sendable {
  /// A bit for every 16 bits that a hash may end with.
  private var bits = [UInt64](repeating: 0, count: 1 << 10)

  init(_ words: some Sequence<String>) {
    // Names beyond ASCII have no hash.
    bits[0] = 1
    for var word in words { word.withUTF8 { add(NameTable.hash($0)) } }
  }

  private mutating func add(_ hash: UInt32) {
    bits[Int(hash >> 6 & 1023)] |= 1 << UInt64(hash & 63)
  }

  /// Whether a word of them may have this hash.
  func mayHold(_ hash: UInt32) -> Bool { bits[Int(hash >> 6 & 1023)] >> UInt64(hash & 63) & 1 == 1 }
}
