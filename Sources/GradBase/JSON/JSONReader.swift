/// Reads a JSON text from front to back into an arena.
struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var nodes: [JSONDocument.Node] = []
  /// The arrays and objects that are not closed yet, outermost first.
  private var open: [Int] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// What may come next.
  private enum Expected: String {
    case value = "a value is missing"
    case valueOrEnd = "a value or ']' is missing"
    case key = "a key in quotes is missing"
    case keyOrEnd = "a key in quotes or '}' is missing"
    case colon = "':' is missing after a key"
    case nextOrEnd = "',' or the closing bracket is missing"
    case nothing = "there is more after the end of the value"
  }

  mutating func read() throws(JSONMistake) -> [JSONDocument.Node] {
    try checkEncoding()
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    nodes.reserveCapacity(bytes.count / 8)
    var expected = Expected.value
    while let byte = nextByte() { expected = try step(byte, expected) }
    if expected != .nothing {
      throw mistake(nodes.isEmpty ? "there is nothing" : "the text ends: \(expected.rawValue)")
    }
    return nodes
  }

  /// Takes what begins with `byte`.
  private mutating func step(
    _ byte: UInt8, _ expected: Expected
  ) throws(JSONMistake) -> Expected {
    switch (expected, byte) {
    case (.key, UInt8(ascii: "\"")), (.keyOrEnd, UInt8(ascii: "\"")):
      try string()
      return .colon
    case (.colon, UInt8(ascii: ":")):
      offset += 1
      return .value
    case (.nextOrEnd, UInt8(ascii: ",")):
      offset += 1
      return isInObject ? .key : .value
    case (.valueOrEnd, UInt8(ascii: "]")), (.keyOrEnd, UInt8(ascii: "}")),
      (.nextOrEnd, UInt8(ascii: "]")) where !isInObject,
      (.nextOrEnd, UInt8(ascii: "}")) where isInObject:
      offset += 1
      let closed = open.removeLast()
      nodes[closed].range = nodes[closed].range.lowerBound..<offset
      nodes[closed].end = nodes.count
      return after
    case (.value, _), (.valueOrEnd, _):
      return try value(byte, otherwise: expected)
    default:
      throw mistake(expected.rawValue)
    }
  }

  private var isInObject: Bool { open.last.map { nodes[$0].kind == .object } ?? false }

  private var after: Expected { open.isEmpty ? .nothing : .nextOrEnd }

  /// The next byte that is no space.
  private mutating func nextByte() -> UInt8? {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      case let byte: return byte
      }
    }
    return nil
  }

  private func mistake(_ message: String) -> JSONMistake {
    JSONMistake(message, at: offset, of: bytes)
  }

  private func checkEncoding() throws(JSONMistake) {
    var repaired = String(decoding: bytes, as: UTF8.self)
    let fault = repaired.withUTF8 { (text: UnsafeBufferPointer<UInt8>) -> Int? in
      text.elementsEqual(bytes) ? nil : zip(text, bytes).prefix { $0 == $1 }.count
    }
    if let fault { throw JSONMistake("the text is no UTF-8", at: fault, of: bytes) }
  }

  // MARK: Values

  private mutating func value(
    _ byte: UInt8, otherwise expected: Expected
  ) throws(JSONMistake) -> Expected {
    switch byte {
    case UInt8(ascii: "{"):
      begin(.object)
      return .keyOrEnd
    case UInt8(ascii: "["):
      begin(.array)
      return .valueOrEnd
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    case UInt8(ascii: "t"): try word("true", .boolean)
    case UInt8(ascii: "f"): try word("false", .boolean)
    case UInt8(ascii: "n"): try word("null", .null)
    default: throw mistake(expected.rawValue)
    }
    return after
  }

  private mutating func begin(_ kind: JSONValue.Kind) {
    open.append(nodes.count)
    nodes.append(JSONDocument.Node(kind: kind, range: offset..<offset + 1, end: 0))
    offset += 1
  }

  private mutating func add(_ kind: JSONValue.Kind, from start: Int, hasEscapes: Bool = false) {
    nodes.append(
      JSONDocument.Node(
        kind: kind, hasEscapes: hasEscapes, range: start..<offset, end: nodes.count + 1))
  }

  private mutating func word(_ word: String, _ kind: JSONValue.Kind) throws(JSONMistake) {
    let start = offset
    for byte in word.utf8 {
      guard offset < bytes.count, bytes[offset] == byte else {
        offset = start
        throw mistake("this is no value; \(word) is near it")
      }
      offset += 1
    }
    add(kind, from: start)
  }

  private mutating func string() throws(JSONMistake) {
    let start = offset
    var hasEscapes = false
    offset += 1
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        return add(.string, from: start, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        try escape()
      case 0..<0x20: throw mistake("a control character in a string must be escaped")
      default: offset += 1
      }
    }
    offset = start
    throw mistake("the string has no end")
  }

  private mutating func escape() throws(JSONMistake) {
    let letter = offset + 1 < bytes.count ? bytes[offset + 1] : 0
    if letter == UInt8(ascii: "u") {
      let digits = bytes[min(bytes.count, offset + 2)..<min(bytes.count, offset + 6)]
      guard digits.count == 4, digits.allSatisfy(\.isHexDigit) else {
        throw mistake("\\u needs four hexadecimal digits")
      }
      offset += 6
    } else if "\"\\/bfnrt".utf8.contains(letter) {
      offset += 2
    } else {
      throw mistake("unknown escape in a string")
    }
  }

  private mutating func number() throws(JSONMistake) {
    let start = offset
    if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "0") {
      offset += 1
    } else {
      try digits()
    }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      try digits()
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < bytes.count, "+-".utf8.contains(bytes[offset]) { offset += 1 }
      try digits()
    }
    add(.number, from: start)
  }

  private mutating func digits() throws(JSONMistake) {
    let start = offset
    while offset < bytes.count, (0x30...0x39).contains(bytes[offset]) { offset += 1 }
    if offset == start { throw mistake("a digit is missing") }
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    (0x30...0x39).contains(self) || (0x61...0x66).contains(self | 0x20)
  }
}
