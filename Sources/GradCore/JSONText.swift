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
public struct JSONText {
  /// How the members of an array or an object are set.
  public enum Layout: Sendable {
    /// Side by side.
    case inline
    /// Each on a line of its own, indented by two spaces a level.
    case lines
  }

  private var bytes: [UInt8] = []
  private var depth = 0
  private var layout = Layout.inline
  /// Whether a comma is due before the next member.
  private var isFollowing = false
  /// Whether a key was written whose value is still to come.
  private var isAfterKey = false

  /// An empty text.
  public init() {}

  /// What has been written so far.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Writes an object, whose fields `content` writes.
  public mutating func object(_ layout: Layout = .inline, _ content: (inout JSONText) -> Void) {
    container("{", "}", layout, content)
  }

  /// Writes an array, whose values `content` writes.
  public mutating func array(_ layout: Layout = .inline, _ content: (inout JSONText) -> Void) {
    container("[", "]", layout, content)
  }

  /// Writes a number with the shortest text that reads back to the same one.
  public mutating func number(_ number: Double) {
    if number.isFinite {
      value(shortestText(number))
    } else {
      value(number.isNaN ? "\"NaN\"" : number > 0 ? "\"Infinity\"" : "\"-Infinity\"")
    }
  }

  /// Writes a whole number.
  public mutating func number(_ number: Int) { value(String(number)) }

  /// Writes `true` or `false`.
  public mutating func boolean(_ boolean: Bool) { value(boolean ? "true" : "false") }

  /// Writes `null`.
  public mutating func null() { value("null") }

  /// Writes a string, with what JSON does not allow in one escaped.
  public mutating func string(_ string: String) {
    begin()
    quote(string)
  }

  /// Writes a key and the value that `content` writes.
  public mutating func field(_ key: String, _ content: (inout JSONText) -> Void) {
    begin()
    quote(key)
    bytes.append(contentsOf: ": ".utf8)
    isAfterKey = true
    content(&self)
    precondition(!isAfterKey, "a JSON key needs a value")
  }

  /// Writes a key and a string, or `null`.
  public mutating func field(_ key: String, _ value: String?) {
    field(key) { json in if let value { json.string(value) } else { json.null() } }
  }

  /// Writes a key and a number.
  public mutating func field(_ key: String, _ value: Double) {
    field(key) { json in json.number(value) }
  }

  /// Writes a key and a whole number.
  public mutating func field(_ key: String, _ value: Int) {
    field(key) { json in json.number(value) }
  }

  /// Writes a key and `true` or `false`.
  public mutating func field(_ key: String, _ value: Bool) {
    field(key) { json in json.boolean(value) }
  }

  private mutating func value(_ text: String) {
    begin()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func container(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ layout: Layout,
    _ content: (inout JSONText) -> Void
  ) {
    begin()
    bytes.append(UInt8(ascii: open))
    let outer = self.layout
    self.layout = layout
    depth += 1
    isFollowing = false
    content(&self)
    depth -= 1
    if isFollowing, layout == .lines { breakLine() }
    self.layout = outer
    isFollowing = true
    bytes.append(UInt8(ascii: close))
  }

  /// Writes what parts the next value or key from what stands before it.
  private mutating func begin() {
    if isAfterKey {
      isAfterKey = false
    } else {
      if isFollowing { bytes.append(UInt8(ascii: ",")) }
      if depth > 0, layout == .lines {
        breakLine()
      } else if isFollowing {
        bytes.append(UInt8(ascii: " "))
      }
    }
    isFollowing = true
  }

  private mutating func breakLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func quote(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [0x5C, byte])
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: (byte < 16 ? "\\u000" : "\\u00").utf8)
        bytes.append(contentsOf: digits.utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
