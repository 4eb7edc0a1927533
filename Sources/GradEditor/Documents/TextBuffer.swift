import GradBase

/// A text that is edited, with the places where its lines begin.
///
/// Lines end with LF, CRLF or CR. An edit costs what is moved and the lines it touches.
package struct TextBuffer: Sendable, Equatable {
  /// The text in UTF-8.
  package private(set) var bytes: [UInt8]
  /// The byte at which each line begins; there is always one.
  package private(set) var lineStarts: [Int]

  /// A whole text.
  package init(_ text: String) {
    bytes = Array(text.utf8)
    lineStarts = [0]
    scan(from: 0, to: bytes.count)
  }

  /// The text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Puts a text in the place of some bytes, which begin and end between characters.
  package mutating func replace(_ range: Range<Int>, with text: String) {
    let new = Array(text.utf8)
    let shift = new.count - range.count
    // A line end before the edit may lose its second half, or get one.
    let first = line(of: max(0, range.lowerBound - 1))
    let following = lineStarts.firstIndex(after: range.upperBound)
    let rest = lineStarts[following...].map { $0 + shift }
    lineStarts.removeSubrange((first + 1)...)
    bytes.replaceSubrange(range, with: new)
    scan(from: lineStarts[first], to: range.lowerBound + new.count)
    lineStarts += rest
  }

  /// Finds the lines that begin after `start`, up to `end`.
  private mutating func scan(from start: Int, to end: Int) {
    var offset = start
    while offset < end {
      let byte = bytes[offset]
      offset += 1
      guard byte == 0x0A || byte == 0x0D else { continue }
      if byte == 0x0D, offset < bytes.count, bytes[offset] == 0x0A {
        if offset == end { return }
        offset += 1
      }
      lineStarts.append(offset)
    }
  }

  /// The line, from 0, that holds a byte.
  package func line(of offset: Int) -> Int { lineStarts.firstIndex(after: offset) - 1 }

  /// The bytes of a line without its end.
  package func lineRange(_ line: Int) -> Range<Int> {
    let start = lineStarts[line]
    guard line + 1 < lineStarts.count else { return start..<bytes.count }
    var end = lineStarts[line + 1] - 1
    if end > start, bytes[end] == 0x0A, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }
}

extension [Int] {
  /// The first of rising numbers that is greater than `number`.
  func firstIndex(after number: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
