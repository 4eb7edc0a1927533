/// A JSON text in the making, written front to back.
///
/// The order of calls is the order of the text; brackets, commas and line breaks come by
/// themselves. A number that JSON cannot write becomes one of the strings `"NaN"`, `"Infinity"` and
/// `"-Infinity"`.
///
/// ```swift
/// var json = JSONText()
/// json.object(.lines) { json in
///   json.field("output", "J")
///   json.field("values") { json in json.array { json in json.number(33) } }
/// }
/// ```
package struct JSONText: ~Copyable {
  /// How the members of an array or an object are set.
  package enum Layout: Sendable {
    /// Side by side.
    case inline
    /// Each on a line of its own, indented by two spaces a level.
    case lines
  }

  private var out: ByteText
  private var depth = 0
  private var layout = Layout.inline
  /// Whether a comma is due before the next member.
  private var isFollowing = false
  /// Whether a key was written whose value is still to come.
  private var isAfterKey = false

  /// An empty text.
  package init() { out = ByteText() }

  /// An empty text that goes to `sink` while it is written; ``finishLine()`` sends the rest.
  package init(to sink: @escaping ([UInt8]) -> Void) { out = ByteText(to: sink) }

  /// What has been written so far.
  package var text: String { out.text }

  /// Ends the text with a line break, and sends what is left of it.
  package mutating func finishLine() {
    put(UInt8(ascii: "\n"))
    _ = out.finish()
  }

  private mutating func put(_ byte: UInt8) { out.put(byte) }

  private mutating func put(_ part: String) { out.put(part) }

  /// Writes an object, whose fields `content` writes.
  package mutating func object(_ layout: Layout = .inline, _ content: (inout JSONText) -> Void) {
    container("{", "}", layout, content)
  }

  /// Writes an array, whose values `content` writes.
  package mutating func array(_ layout: Layout = .inline, _ content: (inout JSONText) -> Void) {
    container("[", "]", layout, content)
  }

  /// Writes a number with the shortest text that reads back to the same one.
  package mutating func number(_ number: Double) {
    if number.isFinite {
      begin()
      appendShortest(number)
    } else {
      value(number.isNaN ? "\"NaN\"" : number > 0 ? "\"Infinity\"" : "\"-Infinity\"")
    }
  }

  /// Writes a whole number.
  package mutating func number(_ number: Int) {
    begin()
    append(number)
  }

  /// Writes `true` or `false`.
  package mutating func boolean(_ boolean: Bool) { value(boolean ? "true" : "false") }

  /// Writes `null`.
  package mutating func null() { value("null") }

  /// Writes a string, with what JSON does not allow in one escaped.
  package mutating func string(_ string: String) {
    begin()
    quote(string)
  }

  /// Writes a key and the value that `content` writes.
  package mutating func field(_ key: String, _ content: (inout JSONText) -> Void) {
    begin()
    quote(key)
    put(UInt8(ascii: ":"))
    put(UInt8(ascii: " "))
    isAfterKey = true
    content(&self)
    precondition(!isAfterKey, "a JSON key needs a value")
  }

  /// Writes a key that needs no escapes; its value is to follow.
  package mutating func key(_ key: StaticString) {
    // Most follow another on its line, and go over as a whole with what parts them.
    let parted = isFollowing && layout == .inline ? 2 : 0
    if parted == 0 { begin() }
    let count = key.utf8CodeUnitCount
    out.put(atMost: parted + count + 4) { target in
      if parted > 0 {
        target[0] = UInt8(ascii: ",")
        target[1] = UInt8(ascii: " ")
      }
      let name = target + parted + 1
      name[-1] = UInt8(ascii: "\"")
      name.update(from: key.utf8Start, count: count)
      name[count] = UInt8(ascii: "\"")
      name[count + 1] = UInt8(ascii: ":")
      name[count + 2] = UInt8(ascii: " ")
      return parted + count + 4
    }
    isAfterKey = true
  }

  /// Writes a key and a string, or `null`.
  package mutating func field(_ key: String, _ value: String?) {
    field(key) { json in if let value { json.string(value) } else { json.null() } }
  }

  /// Writes a key and a number.
  package mutating func field(_ key: String, _ value: Double) {
    field(key) { json in json.number(value) }
  }

  /// Writes a key and a whole number.
  package mutating func field(_ key: String, _ value: Int) {
    field(key) { json in json.number(value) }
  }

  /// Writes a key and `true` or `false`.
  package mutating func field(_ key: String, _ value: Bool) {
    field(key) { json in json.boolean(value) }
  }

  private mutating func value(_ text: String) {
    begin()
    put(text)
  }

  private mutating func container(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ layout: Layout,
    _ content: (inout JSONText) -> Void
  ) {
    begin()
    put(UInt8(ascii: open))
    let outer = self.layout
    self.layout = layout
    depth += 1
    isFollowing = false
    content(&self)
    depth -= 1
    if isFollowing, layout == .lines { breakLine() }
    self.layout = outer
    isFollowing = true
    put(UInt8(ascii: close))
  }

  /// Writes what parts the next value or key from what stands before it.
  @inline(__always) private mutating func begin() {
    if isAfterKey {
      isAfterKey = false
      isFollowing = true
    } else {
      beginMember()
    }
  }

  private mutating func beginMember() {
    if isFollowing { put(UInt8(ascii: ",")) }
    if depth > 0, layout == .lines {
      breakLine()
    } else if isFollowing {
      put(UInt8(ascii: " "))
    }
    isFollowing = true
  }

  private mutating func breakLine() {
    put(UInt8(ascii: "\n"))
    for _ in 0..<2 * depth { put(UInt8(ascii: " ")) }
  }

  private mutating func quote(_ string: String) {
    var string = string
    string.withUTF8 { quote($0) }
  }

  private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    if text.count <= ByteText.room - 2 {
      // Most texts go over as they stand, with their quotes.
      out.put(atMost: text.count + 2) { target in
        target[0] = UInt8(ascii: "\"")
        start = Self.copy(text, to: target + 1)
        target[start + 1] = UInt8(ascii: "\"")
        return start < text.count ? start + 1 : start + 2
      }
      if start == text.count { return }
    } else {
      put(UInt8(ascii: "\""))
    }
    escape(text[start...])
    put(UInt8(ascii: "\""))
  }

  /// Copies text up to the first byte that JSON wants escaped, and returns how much that is.
  private static func copy(
    _ text: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    guard let source = text.baseAddress else { return 0 }
    // A control character, a quote or a backslash among eight bytes sets the high bit of its byte;
    // beyond ASCII the bits may be set without need, and the bytes are looked at one by one.
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    var start = 0
    while start &+ 8 <= text.count {
      let word = UnsafeRawPointer(source + start).loadUnaligned(as: UInt64.self)
      let (quotes, slashes) = (word ^ ones &* 0x22, word ^ ones &* 0x5C)
      let found = (word &- ones &* 0x20) | (quotes &- ones) | (slashes &- ones) | word
      if found & highs != 0 { break }
      UnsafeMutableRawPointer(target + start).storeBytes(of: word, as: UInt64.self)
      start &+= 8
    }
    while start < text.count {
      let byte = source[start]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
      target[start] = byte
      start &+= 1
    }
    return start
  }

  /// Writes text; what JSON allows in one goes over as it stands.
  private mutating func escape(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
    for byte in text {
      switch byte {
      case 0x22, 0x5C:
        put(0x5C)
        put(byte)
      case UInt8(ascii: "\n"): put("\\n")
      case UInt8(ascii: "\r"): put("\\r")
      case UInt8(ascii: "\t"): put("\\t")
      case 0..<0x20:
        put(byte < 16 ? "\\u000" : "\\u00")
        put(String(byte, radix: 16))
      default: put(byte)
      }
    }
  }

  /// What ``shortestText(_:)`` writes, without a string where the number is whole.
  private mutating func appendShortest(_ number: Double) {
    if number.magnitude < 1e15, let whole = Int(exactly: number), whole != 0 || number.sign == .plus
    {
      return append(whole)
    }
    out.put(atMost: NumberDigits.most) { target in
      var digits = NumberDigits(target: target)
      number.write(to: &digits)
      let count = digits.count
      let isWhole = count > 2 && target[count - 1] == 0x30 && target[count - 2] == 0x2E
      return isWhole ? count - 2 : count
    }
  }

  private mutating func append(_ number: Int) {
    if number < 0 { put(UInt8(ascii: "-")) }
    var rest = number.magnitude
    if rest < 10 { return put(0x30 + UInt8(rest)) }
    out.put(atMost: 20) { target in
      var count = 0
      var power = rest
      while power > 0 {
        count += 1
        power /= 10
      }
      var place = count
      while rest > 0 {
        place -= 1
        target[place] = 0x30 + UInt8(rest % 10)
        rest /= 10
      }
      return count
    }
  }
}

/// Where the standard library writes the digits of a number, without a string on the way.
private struct NumberDigits: TextOutputStream {
  let target: UnsafeMutablePointer<UInt8>
  private(set) var count = 0

  /// More than any number takes.
  static let most = 64

  init(target: UnsafeMutablePointer<UInt8>) { self.target = target }

  mutating func write(_ text: String) {
    for byte in text.utf8 where count < Self.most {
      target[count] = byte
      count += 1
    }
  }

  /// What the library calls for digits, rather than the above.
  mutating func _writeASCII(_ text: UnsafeBufferPointer<UInt8>) {
    guard let source = text.baseAddress, count + text.count <= Self.most else { return }
    (target + count).update(from: source, count: text.count)
    count += text.count
  }
}
