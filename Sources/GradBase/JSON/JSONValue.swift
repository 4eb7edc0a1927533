/// A value of a JSON document.
package struct JSONValue: Sendable {
  let document: JSONDocument
  let index: Int

  /// What a value can be.
  package enum Kind: Sendable {
    /// `{"key": value}`.
    case object
    /// `[value]`.
    case array
    /// A text in quotes.
    case string
    /// A number.
    case number
    /// `true` or `false`.
    case boolean
    /// `null`.
    case null
  }

  /// What it is.
  package var kind: Kind { document.nodes[index].kind }

  /// Its bytes in the document, with quotes or brackets.
  package var range: Range<Int> { document.nodes[index].range }

  /// The line of the document on which it begins, from 1.
  package var line: Int { document.bytes[..<range.lowerBound].count { $0 == 0x0A } + 1 }

  /// What is written in the document.
  package var spelling: String { String(decoding: document.bytes[range], as: UTF8.self) }

  /// The text of a string; `nil` for what is none.
  ///
  /// Half a surrogate pair becomes U+FFFD.
  package var string: String? {
    guard kind == .string else { return nil }
    let content = document.bytes[range].dropFirst().dropLast()
    if !document.nodes[index].hasEscapes { return String(decoding: content, as: UTF8.self) }
    return Self.unescaped(content)
  }

  /// A number; `nil` for what is none.
  package var number: Double? { kind == .number ? Double(spelling) : nil }

  /// `true` or `false`; `nil` for what is neither.
  package var boolean: Bool? { kind == .boolean ? document.bytes[range.lowerBound] == 0x74 : nil }

  /// Whether it is the string `text`; faster than reading the string.
  package func isString(_ text: String) -> Bool {
    guard kind == .string else { return false }
    if document.nodes[index].hasEscapes { return string == text }
    return document.bytes[range].dropFirst().dropLast().elementsEqual(text.utf8)
  }

  /// The values of an array; nothing for other values.
  package var elements: [JSONValue] { kind == .array ? parts : [] }

  /// The keys and values of an object in the order written; nothing for other values.
  package var members: [(key: JSONValue, value: JSONValue)] {
    guard kind == .object else { return [] }
    let parts = parts
    return stride(from: 0, to: parts.count, by: 2).map { (parts[$0], parts[$0 + 1]) }
  }

  /// The value of `key`; `nil` if there is none or this is no object.
  package subscript(key: String) -> JSONValue? {
    guard kind == .object else { return nil }
    var found: JSONValue?
    var next = index + 1
    while next < document.nodes[index].end {
      let value = JSONValue(document: document, index: document.nodes[next].end)
      if JSONValue(document: document, index: next).isString(key) { found = value }
      next = document.nodes[value.index].end
    }
    return found
  }

  /// The element at `position`; `nil` if there is none or this is no array.
  package subscript(position: Int) -> JSONValue? {
    let elements = elements
    return elements.indices.contains(position) ? elements[position] : nil
  }

  /// All values in this one, at any depth, in the order of the text.
  package var descendants: [JSONValue] {
    (index + 1..<document.nodes[index].end).map { JSONValue(document: document, index: $0) }
  }

  /// The values right in this one; keys and values by turns for an object.
  private var parts: [JSONValue] {
    var parts: [JSONValue] = []
    var next = index + 1
    while next < document.nodes[index].end {
      parts.append(JSONValue(document: document, index: next))
      next = document.nodes[next].end
    }
    return parts
  }

  private static func unescaped(_ content: ArraySlice<UInt8>) -> String {
    var units: [UInt16] = []
    var text: [UInt8] = []
    var offset = content.startIndex
    // Code units that follow each other may be one character.
    func flush() {
      text += String(decoding: units, as: UTF16.self).utf8
      units = []
    }
    while offset < content.endIndex {
      let byte = content[offset]
      if byte != UInt8(ascii: "\\") {
        if !units.isEmpty { flush() }
        text.append(byte)
        offset += 1
      } else if content[offset + 1] == UInt8(ascii: "u") {
        let digits = String(decoding: content[offset + 2..<offset + 6], as: UTF8.self)
        units.append(UInt16(digits, radix: 16) ?? 0xFFFD)
        offset += 6
      } else {
        if !units.isEmpty { flush() }
        text.append(Self.escapes[content[offset + 1]] ?? content[offset + 1])
        offset += 2
      }
    }
    flush()
    return String(decoding: text, as: UTF8.self)
  }

  /// The letters after a backslash that stand for another character.
  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]
}
