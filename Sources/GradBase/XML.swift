/// Text as XML wants it.
package enum XML {
  /// Between tags: with `&`, `<` and `>` escaped, and without the characters that XML forbids.
  package static func text(_ text: String) -> String { escaped(text, quotes: false) }

  /// Between double quotes.
  package static func attribute(_ text: String) -> String { escaped(text, quotes: true) }

  /// Appends ``text(_:)`` of a text, or ``attribute(_:)`` with `quotes`, to what is written byte by byte.
  package static func append(
    _ text: consuming String, quotes: Bool = false, to result: inout ByteText
  ) {
    text.withUTF8 { bytes in
      // What stands for itself from here on is not written yet.
      var start = 0
      var index = 0
      while index < bytes.count {
        guard needsCare(index, in: bytes) else {
          index += 1
          continue
        }
        result.put(UnsafeBufferPointer(rebasing: bytes[start..<index]))
        let length = escape(index, of: bytes, quotes, &result)
        start = index + length
        index += max(1, length)
      }
      result.put(UnsafeBufferPointer(rebasing: bytes[start...]))
    }
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var text = text
    let isPlain = text.withUTF8 { bytes in !bytes.indices.contains { needsCare($0, in: bytes) } }
    if isPlain { return text }
    var result = ByteText()
    append(text, quotes: quotes, to: &result)
    return result.text
  }

  /// Whether the byte at `index` begins a character that may not stand for itself: a special one, or one
  /// that XML forbids.
  private static func needsCare(_ index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch bytes[index] {
    case 0..<0x20, 0x22, 0x26, 0x3C, 0x3E, 0x7F: true
    // U+0080 to U+009F.
    case 0xC2: bytes[index + 1] < 0xA0
    // U+FFFE and U+FFFF.
    case 0xEF: bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE
    default: false
    }
  }

  /// Writes what stands for such a character.
  ///
  /// - Returns: How many bytes it has; 0 if it stands for itself.
  private static func escape(
    _ index: Int, of bytes: UnsafeBufferPointer<UInt8>, _ quotes: Bool, _ result: inout ByteText
  ) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "&"): result.put("&amp;")
    case UInt8(ascii: "<"): result.put("&lt;")
    case UInt8(ascii: ">"): result.put("&gt;")
    case UInt8(ascii: "\""):
      if !quotes { return 0 }
      result.put("&quot;")
    case UInt8(ascii: "\n"):
      if !quotes { return 0 }
      result.put("&#10;")
    case UInt8(ascii: "\t"): return 0
    case 0xC2: return 2
    case 0xEF: return 3
    default: break
    }
    return 1
  }
}
