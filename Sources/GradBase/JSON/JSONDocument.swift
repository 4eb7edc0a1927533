/// A JSON text (RFC 8259) whose values know their places.
///
/// Made for filters: a program reads a document, changes some values by ``JSONEdits``, and every byte
/// that it did not change is what it was. Values lie in one flat arena in the order of the text, so a
/// document of any depth is read without recursion, and looking at each value is a loop.
package struct JSONDocument: Sendable {
  /// The text, as it came.
  package let bytes: [UInt8]
  let nodes: [Node]

  /// A value in the arena; what is in it follows it.
  struct Node {
    var kind: JSONValue.Kind
    /// Whether a string has escapes, so that its bytes are not its text.
    var hasEscapes = false
    var range: Range<Int>
    /// The index of the first value that is not in this one.
    var end: Int
  }

  /// Reads a text; O(bytes).
  ///
  /// A byte order mark is passed over. Of the same key twice, the last one counts.
  ///
  /// - Throws: The first place where the text is no JSON.
  package init(_ bytes: [UInt8]) throws(JSONMistake) {
    // Scanned as a buffer: arrays check every access.
    let nodes = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONMistake) in
      var reader = JSONReader(buffer)
      return try reader.read()
    }
    self.bytes = bytes
    self.nodes = nodes
  }

  /// The value that is the whole text.
  package var root: JSONValue { JSONValue(document: self, index: 0) }

  /// Every value of a kind, in the order of the text.
  package func values(_ kind: JSONValue.Kind) -> some Sequence<JSONValue> {
    nodes.indices.lazy.filter { nodes[$0].kind == kind }.map {
      JSONValue(document: self, index: $0)
    }
  }

  /// The values that a value is in, outermost first.
  package func values(around value: JSONValue) -> some Sequence<JSONValue> {
    nodes[..<value.index].indices.lazy.filter { nodes[$0].end > value.index }.map {
      JSONValue(document: self, index: $0)
    }
  }

  /// The value at a path such as `$.edges[3].to`, or the last on the way that is there.
  package func value(at path: String) -> JSONValue {
    var value = root
    for step in path.dropFirst().split(whereSeparator: { ".[]".contains($0) }) {
      guard let next = Int(step).map({ value[$0] }) ?? value[String(step)] else { break }
      value = next
    }
    return value
  }

  /// A text as a JSON string, with its quotes.
  package static func quoted(_ text: String) -> String {
    var json = JSONText()
    json.string(text)
    return json.text
  }
}

/// Why a text is no JSON.
package struct JSONMistake: ReadableError, Sendable, Equatable {
  /// What is wrong, without a full stop.
  package var message: String
  /// The line, from 1.
  package var line: Int
  /// The column, from 1, in Unicode scalars.
  package var column: Int
  /// The byte.
  package var offset: Int

  /// The place, and what is wrong there.
  package var description: String { "\(line):\(column): \(message)" }

  /// A mistake at the byte `offset` of a text.
  init(_ message: String, at offset: Int, of bytes: UnsafeBufferPointer<UInt8>) {
    self.message = message
    self.offset = offset
    line = 1
    column = 1
    for byte in bytes[..<Swift.min(offset, bytes.count)] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
  }
}
