import TestSupport
import Testing

@testable import GradEditor

/// Texts that are edited.
@Suite struct TextBufferTests {
  /// Pieces that meet in all ways: line ends in halves, letters of every width.
  private static let pieces = [
    "a", "x = 1", "\n", "\r", "\r\n", "\n\r", "θ", "𝜎", "权", "e\u{301}", "👩‍🔬", "  ", "", "# c\n",
    "\r\r\n",
  ]

  @Test(arguments: 1...40)
  func anEditedTextIsTheWholeOne(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var buffer = TextBuffer("")
    for _ in 0..<120 {
      let (begin, end) = (boundary(buffer, &random), boundary(buffer, &random))
      let range =
        min(begin, end)..<(Bool.random(using: &random) ? min(begin, end) : max(begin, end))
      let count = Int.random(in: 0...3, using: &random)
      let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      buffer.replace(range, with: text)
      #expect(
        buffer == TextBuffer(buffer.text), "seed \(seed): \(Array(buffer.text.unicodeScalars))")
    }
  }

  @Test(arguments: 1...20)
  func placesComeBack(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let text = (0..<60).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
    let buffer = TextBuffer(text)
    for encoding in PositionEncoding.allCases {
      for offset in 0...buffer.bytes.count
      where offset == buffer.bytes.count || buffer.bytes[offset] & 0xC0 != 0x80 {
        let position = buffer.position(of: offset, encoding)
        let line = buffer.lineRange(position.line)
        let back = buffer.offset(of: position, encoding)
        // Within a line end nothing stands.
        #expect(back == min(offset, line.upperBound), "seed \(seed), \(encoding), \(offset)")
      }
    }
  }

  @Test func unitsOfAnEncoding() {
    let buffer = TextBuffer("a𝜎θ = 1\n")
    #expect(buffer.position(of: 7, .utf8) == Position(line: 0, character: 7))
    #expect(buffer.position(of: 7, .utf16) == Position(line: 0, character: 4))
    #expect(buffer.position(of: 7, .utf32) == Position(line: 0, character: 3))
    #expect(buffer.offset(of: Position(line: 0, character: 99), .utf16) == 11)
    #expect(buffer.offset(of: Position(line: 9, character: 0), .utf16) == 12)
    // The middle of a pair is its end.
    #expect(buffer.offset(of: Position(line: 0, character: 2), .utf16) == 5)
  }

  private func boundary(_ buffer: TextBuffer, _ random: inout SeededRandom) -> Int {
    var offset = Int.random(in: 0...buffer.bytes.count, using: &random)
    while offset < buffer.bytes.count, buffer.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }
}
