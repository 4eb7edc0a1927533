/// A place in a line of Markdown, which counts columns with tabs that reach to multiples of four.
struct MarkdownLine {
  let bytes: UnsafeBufferPointer<UInt8>
  /// The end of the line, without what ends it.
  let end: Int
  /// The next byte.
  private(set) var offset: Int
  /// The next column, from 0.
  private(set) var column = 0
  /// How many columns of a tab at ``offset`` are left, if some are gone.
  private(set) var restOfTab = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    (offset, end) = (range.lowerBound, range.upperBound)
  }

  /// The next byte; `nil` at the end.
  var next: UInt8? { offset < end ? bytes[offset] : nil }

  /// Whether the next byte is a space or a tab.
  var isAtSpace: Bool { next == 0x20 || next == 0x09 }

  /// The byte and the number of columns after the spaces and tabs that come next.
  var indentation: (end: Int, columns: Int) {
    var copy = self
    while copy.isAtSpace { copy.advance(columns: 1) }
    return (copy.offset, copy.column - column)
  }

  /// Whether nothing but spaces and tabs is left.
  var isBlank: Bool { indentation.end == end }

  /// What is left; a tab of which a part is gone counts as spaces.
  var rest: String {
    let start = restOfTab > 0 ? offset + 1 : offset
    return String(repeating: " ", count: restOfTab)
      + String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The bytes from `offset` to the end.
  subscript(from offset: Int) -> Slice<UnsafeBufferPointer<UInt8>> { bytes[offset..<end] }

  /// Goes on by columns, within a tab if need be; not beyond the end.
  mutating func advance(columns: Int) {
    for _ in 0..<columns where offset < end {
      column += 1
      if bytes[offset] == 0x09 {
        if restOfTab == 0 { restOfTab = 4 - (column - 1) % 4 }
        restOfTab -= 1
        if restOfTab > 0 { continue }
      }
      offset += 1
    }
  }

  /// Goes on to a later byte, before which there are no tabs but in spaces.
  mutating func advance(to later: Int) {
    while offset < later { advance(columns: 1) }
  }
}
