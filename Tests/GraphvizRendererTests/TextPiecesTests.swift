import Foundation
import GradFigure
import Testing

@testable import GradDrawing
@testable import GraphvizRenderer

/// Which letters are drawn side by side, and which by somebody who knows their script.
@Suite struct TextPiecesTests {
  @Test(arguments: [
    ("velocity = 3", ["velocity = 3"], [true]),
    ("b·c·d", ["b·", "c·", "d"], [true, true, true]),
    ("θ₁ − ∂ŷ", ["θ₁ − ∂ŷ"], [true]),
    ("d 權重 = 9", ["d ", "權重", " = 9"], [true, false, true]),
    // From right to left, and joined: in one piece each.
    ("x − שלום", ["x − ", "שלום"], [true, false]), ("سلام", ["سلام"], [false]),
    ("नमस्ते", ["नमस्ते"], [false]),
    // A mark that is a letter of its own stands on the letter before it.
    ("q\u{302} + 1", ["q\u{302}", " + 1"], [false, true]),
    ("a\u{1}\u{7F}b\u{85}", ["ab"], [true]), ("\u{1}", [], []),
  ])
  func piecesAreOfOneKind(_ text: String, _ pieces: [String], _ plain: [Bool]) {
    let all = TextPieces(text).all
    #expect(all.map(\.text) == pieces)
    #expect(all.map(\.isPlain) == plain)
  }

  #if os(Linux)
  /// What sets scripts takes longer to start than a figure takes to draw.
  @Test func pangoIsOpenedForLettersThatNeedIt() async {
    await #expect(processExitsWith: .success) {
      func isOpen() -> Bool {
        let file = FileHandle(forReadingAtPath: "/proc/self/maps")
        return String(decoding: file?.readDataToEndOfFile() ?? Data(), as: UTF8.self)
          .contains("libpango")
      }
      for format in CairoFormat.all { _ = try drawing("θ = 2; y = θ * θ").bytes(format) }
      precondition(!isOpen())
      _ = try drawing("權 = 2; y = 權 * 權").bytes(.png)
      precondition(isOpen())
    }
  }
  #endif
}
