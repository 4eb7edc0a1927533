/// Changes to a JSON document, made all at once.
package struct JSONEdits: Sendable {
  private var edits: [(range: Range<Int>, text: String)] = []

  /// No changes.
  package init() {}

  /// Whether nothing is to be changed.
  package var isEmpty: Bool { edits.isEmpty }

  /// Puts `text` in the place of a value; nothing checks that it is JSON.
  ///
  /// An element of an array may become several, with commas between them. Values that are replaced are
  /// not in each other.
  package mutating func replace(_ value: JSONValue, with text: String) {
    edits.append((value.range, text))
  }

  /// The bytes of a value, the whole document for its root, with what is to be changed in it.
  package func bytes(of value: JSONValue) -> [UInt8] {
    let bytes = value.document.bytes
    // What stands around the whole belongs to it, as the end of its last line.
    let whole = value.index == 0 ? bytes.indices : value.range
    if edits.isEmpty { return Array(bytes[whole]) }
    var result: [UInt8] = []
    result.reserveCapacity(whole.count + edits.reduce(0) { $0 + $1.text.utf8.count })
    var offset = whole.lowerBound
    for (range, text) in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where whole.lowerBound <= range.lowerBound && range.upperBound <= whole.upperBound {
      precondition(range.lowerBound >= offset, "changed values are not in each other")
      result += bytes[offset..<range.lowerBound]
      result += text.utf8
      offset = range.upperBound
    }
    return result + bytes[offset..<whole.upperBound]
  }
}
