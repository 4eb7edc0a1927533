import Testing

@testable import GradDrawing

/// Letters of East Asia name a font that has them, and all other letters keep theirs.
@Suite struct EastAsianFontTests {
  @Test(
    arguments: [
      ("权重", "SC"), ("重み", "JP"), ("カナ", "JP"), ("손실", "KR"), ("（", "SC"), ("w", nil), ("σ·", nil),
      ("∂√−", nil), ("", nil),
    ] as [(String, String?)])
  func families(_ text: String, _ language: String?) {
    let first = EastAsianFont.families(for: text, in: "en")?.split(separator: ",").first
    #expect(first.map(String.init) == language.map { "'Noto Sans CJK \($0)'" })
    #expect(EastAsianFont.has(text.utf8.first ?? 0, before: false) == (language != nil))
  }

  @Test func sharedLettersHaveTheFormOfTheFiguresLanguage() {
    for (text, form) in [("輸入", "TC"), ("重み", "JP"), ("손실", "KR")] {
      let families = EastAsianFont.families(for: text, in: "zh-Hant")
      #expect(families?.hasPrefix("'Noto Sans CJK \(form)',") == true)
    }
  }

  @Test func aRunIsDividedWhereTheFontChanges() throws {
    let text = try drawing("权重1 = 2; 损失 = 权重1*权重1 + 3").svg(idPrefix: nil)
    let font = "font-family=\"'Noto Sans CJK SC', Arial, 'Liberation Sans', Helvetica, sans-serif\""
    #expect(text.contains("<tspan \(font)>权重</tspan><tspan x="))
    #expect(!text.contains(">权重1<"))
    // No letter stands outside a piece that names its font; words for readers stay whole.
    let shown = text.split(separator: "<text").dropFirst().compactMap {
      $0.split(separator: "</text>").first
    }
    for line in shown {
      for piece in line.split(separator: "<tspan") where piece.contains("权") || piece.contains("损")
      {
        #expect(piece.contains("Noto Sans CJK SC"))
      }
    }
    #expect(text.contains("权重1"))
  }

  @Test func noOtherPictureNamesSuchAFont() throws {
    #expect(try !drawing("theta1 = 2; J = sigmoid(theta1)").svg(idPrefix: nil).contains("CJK"))
  }
}
