/// A place between two characters, as editors count: lines and units of the line from 0.
package struct Position: Sendable, Equatable {
  /// The line.
  package var line: Int
  /// The units before it in the line, of the encoding that was agreed upon.
  package var character: Int

  /// A place from its parts.
  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }
}

/// What editors count in a line.
package enum PositionEncoding: String, Sendable, CaseIterable {
  /// Bytes.
  case utf8 = "utf-8"
  /// Code units of UTF-16, which every editor knows.
  case utf16 = "utf-16"
  /// Unicode scalars.
  case utf32 = "utf-32"

  /// How many units the scalar has that begins with a byte; 0 for what continues one.
  func units(_ byte: UInt8) -> Int {
    switch self {
    case .utf8: 1
    case .utf16: byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
    case .utf32: byte & 0xC0 == 0x80 ? 0 : 1
    }
  }
}

extension TextBuffer {
  /// The byte at a place; what lies behind a line or the text is its end.
  package func offset(of position: Position, _ encoding: PositionEncoding) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < lineStarts.count else { return bytes.count }
    let range = lineRange(position.line)
    var offset = range.lowerBound
    var left = max(0, position.character)
    while left > 0, offset < range.upperBound {
      left -= encoding.units(bytes[offset])
      offset += 1
      if encoding == .utf8 { continue }
      while offset < range.upperBound, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    // Nothing stands within a character.
    while offset < range.upperBound, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }

  /// The place of a byte.
  package func position(of offset: Int, _ encoding: PositionEncoding) -> Position {
    let line = line(of: min(max(0, offset), bytes.count))
    let start = lineStarts[line]
    var units = 0
    for byte in bytes[start..<max(start, min(offset, bytes.count))] {
      units += encoding.units(byte)
    }
    return Position(line: line, character: units)
  }
}
