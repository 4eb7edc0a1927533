extension Lexer {
  func isDigit(at index: Int) -> Bool {
    index < bytes.count && bytes[index] >= 0x30 && bytes[index] <= 0x39
  }

  func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte == 0x5F
  }

  mutating func skipBlanks() {
    while offset < bytes.count,
      bytes[offset] == 0x20 || bytes[offset] == 0x09 || bytes[offset] == 0x0C
    {
      offset += 1
    }
  }

  mutating func skipLineEnd() {
    if bytes[offset] == 0x0D, offset + 1 < bytes.count, bytes[offset + 1] == 0x0A { offset += 1 }
    offset += 1
  }

  /// Skips to the end of the line; a comment must not steer the direction of the text either.
  mutating func skipComment() {
    while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D {
      if bytes[offset] == 0xE2 || bytes[offset] == 0 {
        let scalar = nextScalar()
        if scalar.value == 0 || isBidirectionalControl(scalar) {
          reportCharacter()
          tokens.removeLast()
          continue
        }
      }
      offset += 1
    }
  }

  /// The scalar at the offset; the text is sound UTF-8.
  func nextScalar() -> Unicode.Scalar {
    let first = bytes[offset]
    if first < 0x80 { return Unicode.Scalar(first) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[offset + 1..<min(offset + length, bytes.count)] {
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// Where the letters and digits end that begin at `start`.
  private func endOfASCIIName(from start: Int) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var end = start
      while end < bytes.count, isNameStart(bytes[end]) || bytes[end] &- 0x30 < 10 { end += 1 }
      return end
    }
  }

  mutating func scanName() {
    let start = offset
    offset = endOfASCIIName(from: start)
    var isASCII = true
    while offset < bytes.count, !isASCII || bytes[offset] >= 0x80 {
      if bytes[offset] < 0x80 {
        guard isNameStart(bytes[offset]) || offset > start && isDigit(at: offset) else { break }
        offset += 1
      } else {
        let scalar = nextScalar()
        // Python has the middle dot in names; here it multiplies, as figures write it.
        if scalar == "\u{B7}" || scalar == "\u{387}" { break }
        let properties = scalar.properties
        guard offset > start ? properties.isXIDContinue : properties.isXIDStart else { break }
        offset += UTF8.width(scalar)
        isASCII = false
      }
    }
    if offset == start {
      if !scanMathematics() { reportCharacter() }
      return
    }
    if offset < bytes.count,
      bytes[offset] == UInt8(ascii: "'") || bytes[offset] == UInt8(ascii: "\""),
      ["r", "b", "f", "u", "rb", "br", "rf", "fr"]
        .contains(source.text(start..<offset).lowercased())
    {
      scanString(from: start)
      return
    }
    let number =
      isASCII
      ? bytes[start..<offset].withUnsafeBufferPointer { names.number(ofASCII: $0) }
      : names.number(of: source.text(start..<offset))
    add(names.meanings[Int(number)].kind, from: start, payload: number)
  }

  /// Reads a text in quotes; `start` may be before its prefix.
  mutating func scanString(from start: Int) {
    let quote = bytes[offset]
    let isTriple =
      offset + 2 < bytes.count && bytes[offset + 1] == quote && bytes[offset + 2] == quote
    let opening = offset
    offset += isTriple ? 3 : 1
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\\") {
        offset = min(offset + 2, bytes.count)
      } else if byte == quote,
        !isTriple
          || offset + 2 < bytes.count && bytes[offset + 1] == quote && bytes[offset + 2] == quote
      {
        offset += isTriple ? 3 : 1
        add(.string, from: start)
        return
      } else if !isTriple, byte == 0x0A || byte == 0x0D {
        break
      } else {
        offset += 1
      }
    }
    let before = start == opening ? tokens.last.flatMap { $0.end == start ? $0.kind : nil } : nil
    let help: String? =
      switch before {
      case nil
      where opening == start + 1 && bytes[min(opening + 1, bytes.count - 1)] == UInt8(ascii: "("),
        .name where offset > start + 1 && bytes[start + 1] == UInt8(ascii: "("):
        "the derivatives are computed; write the formula of the function itself"
      case .name: "a name holds letters, digits and '_', no quotes"
      case .number: "digits are grouped with '_': 1_000"
      default: nil
      }
    report.error(
      .unterminatedString, "the text in quotes does not end",
      at: opening..<opening + (isTriple ? 3 : 1),
      label: "begun here",
      help: help)
    add(.mistake, from: start)
  }

  mutating func scanNumber() {
    let start = offset
    if bytes[start] == 0x30, start + 1 < bytes.count,
      [0x78, 0x62, 0x6F].contains(bytes[start + 1] | 0x20), start + 2 < bytes.count,
      isDigit(at: start + 2) || isNameStart(bytes[start + 2])
    {
      let radix = bytes[start + 1] | 0x20 == 0x78 ? 16 : bytes[start + 1] | 0x20 == 0x62 ? 2 : 8
      offset += 2
      while offset < bytes.count, isDigit(at: offset) || isNameStart(bytes[offset]) { offset += 1 }
      guard let value = wholeNumber(source.text(start + 2..<offset), radix: radix) else {
        let kind = radix == 16 ? "hexadecimal" : radix == 8 ? "octal" : "binary"
        return malformed(start, help: "these are no \(kind) digits, or more than 64 bits of them")
      }
      add(.number, from: start, payload: Int32(numbers.count))
      numbers.append(Double(value))
      return
    }
    var isSound = bytes[start] == UInt8(ascii: ".") || skipDigits()
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      if isDigit(at: offset) || offset < bytes.count && bytes[offset] == 0x5F {
        isSound = skipDigits() && isSound
      }
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      let signed =
        offset + 1 < bytes.count
        && (bytes[offset + 1] == UInt8(ascii: "+") || bytes[offset + 1] == UInt8(ascii: "-"))
      let after = offset + (signed ? 2 : 1)
      if isDigit(at: after) {
        offset = after
        isSound = skipDigits() && isSound
      } else if signed || after >= bytes.count
        || !(isNameStart(bytes[after]) || bytes[after] >= 0x80)
      {
        let digits = source.text(start..<offset)
        offset = after
        malformed(
          start, help: "digits are missing after 'e': \(digits)e3; times e is \(digits) * e")
        return
      }
    }
    guard isSound,
      let value = plainNumber(bytes[start..<offset]) ?? number(source.text(start..<offset))
    else {
      malformed(start, help: "an underscore stands between two digits: 1_000")
      return
    }
    if offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "."), isDigit(at: offset + 1) {
      while offset < bytes.count, isDigit(at: offset) || bytes[offset] == UInt8(ascii: ".") {
        offset += 1
      }
      malformed(start, help: "a number has one decimal point")
      return
    }
    add(.number, from: start, payload: Int32(numbers.count))
    numbers.append(value)
  }

  private mutating func malformed(_ start: Int, help: String) {
    report.error(
      .malformedNumber, "\(quoted(source.text(start..<offset))) is no number", at: start..<offset,
      help: help)
    add(.mistake, from: start)
  }

  /// Skips digits with single underscores between them; false if the underscores are elsewhere.
  private mutating func skipDigits() -> Bool {
    var isSound = true
    var last: UInt8 = 0x5F
    while isDigit(at: offset) || offset < bytes.count && bytes[offset] == 0x5F {
      if bytes[offset] == 0x5F, last == 0x5F { isSound = false }
      last = bytes[offset]
      offset += 1
    }
    return isSound && last != 0x5F
  }
}

/// The number that digits write, with a point among them or not; `nil` where there is more to it.
///
/// Up to 15 digits are a whole number without rounding, and so is the power of ten it is divided by;
/// the one division then rounds as it should.
private func plainNumber(_ bytes: ArraySlice<UInt8>) -> Double? {
  guard bytes.count <= 16 else { return nil }
  var (whole, digits, decimals) = (0, 0, -1)
  for byte in bytes {
    if byte == UInt8(ascii: ".") {
      decimals = 0
    } else if byte >= 0x30, byte <= 0x39 {
      whole = 10 * whole + Int(byte - 0x30)
      digits += 1
      if decimals >= 0 { decimals += 1 }
    } else {
      return nil
    }
  }
  guard digits <= 15 else { return nil }
  return decimals <= 0 ? Double(whole) : Double(whole) / powersOfTen[decimals]
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]

/// The whole number that digits of a radix write, with single underscores between them; `nil` for others.
func wholeNumber(_ text: String, radix: Int) -> UInt64? {
  let groups = text.split(separator: "_", omittingEmptySubsequences: false)
  if groups.dropFirst().contains(where: \.isEmpty) || text.hasPrefix("+") { return nil }
  return UInt64(groups.joined(), radix: radix)
}

/// The number that `text` writes in decimal; one too large is infinite.
func number(_ text: String) -> Double? {
  var plain = text.filter { $0 != "_" }
  if plain.hasSuffix(".") { plain += "0" }
  return Double(plain)
}
