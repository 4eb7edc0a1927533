import Testing

@testable import GradFigure

@Suite struct FontMetricsTests {
  /// Widths in 1/2048 em that fontTools reads from Liberation Sans; the Latin ones are those that
  /// Adobe prints for Helvetica in 1/1000 em (`0` 556, `A` 667, `W` 944, `i` 222, `m` 833).
  @Test(
    arguments: [
      ("0", 1139, 1139), ("A", 1366, 1479), ("W", 1933, 1933), ("i", 455, 569), ("m", 1706, 1821),
      (" ", 569, 569), ("=", 1196, 1196), (".", 569, 569), ("(", 682, 682), ("−", 1196, 1196),
      ("·", 682, 682), ("×", 1196, 1196), ("∂", 1012, 1012), ("α", 1184, 1259), ("σ", 1264, 1401),
    ] as [(Unicode.Scalar, Int, Int)])
  func advances(_ letter: Unicode.Scalar, _ regular: Int, _ bold: Int) {
    #expect(FontMetrics.advance(of: letter, bold: false) == regular)
    #expect(FontMetrics.advance(of: letter, bold: true) == bold)
  }

  @Test func aLineIsAsWideAsItsLetters() {
    let width = FontMetrics.width(of: "dJ = 33", size: 2048)
    #expect(width == Double(1139 + 1024 + 569 + 1196 + 569 + 1139 + 1139))
    #expect(FontMetrics.width(of: "dJ = 33", size: 20.48) * 100 == width)
    #expect(FontMetrics.width(of: "", size: 12) == 0)
  }

  @Test func lettersThatTheFontLacks() {
    #expect(FontMetrics.width(of: "損", size: 10) == 10)
    #expect(FontMetrics.width(of: "가나", size: 10) == 20)
    #expect(FontMetrics.width(of: "e\u{301}", size: 10) == FontMetrics.width(of: "e", size: 10))
    #expect(FontMetrics.width(of: "\u{7}", size: 10) == 0)
    #expect(FontMetrics.width(of: "𝔼", size: 10) > 4)
  }
}
