import GradCore
import GradFigure
import GradLanguage
import TestSupport
import Testing

@testable import GradDrawing

/// Typst, and its mathematics of names and formulas.
///
/// `Tests/Scripts/formats.py` has Typst compile it.
@Suite struct TypstTests {
  /// The title of the last node of `program`.
  private func title(_ program: String, isBold: Bool = false) throws -> String? {
    try drawing(program).figure.nodes.last?.rows.first?.first?.content.text.typst(isBold: isBold)
  }

  @Test(arguments: [
    ("x1 = 2; J = 3 * x1", "J = 3 ·x_(1)"),
    ("theta_1 = 2; J = theta_1 ** 2", "J = θ_(1)^(2)"),
    ("z = 2; J = log2(z)", #"J = log_(2)\(z\)"#),
    ("z = 2; J = sqrt(z)", "J = sqrt(z)"),
    ("a = 2; b = 3; J = max(a, b)", #"J = max\(a\, b\)"#),
    ("loss = 2; J = abs(loss)", #"J = \|"loss"\|"#),
    ("W_out = 2; J = -W_out", #"J = class("unary", −)W_("out")"#),
    ("a = 2; J = a * 1e-7", "J = a ·10^(−7)"),
    ("a = 2; b = a + 1; J = b * pi * e", "J = b ·π ·upright(e)"),
    ("learning_rate = 2; J = -learning_rate", #"J = class("unary", −)"learning_rate""#),
    ("größe = 2; J = 2 + größe", #"J = 2 + "größe""#),
    ("x̂ = 2; J = 2 + x̂", "J = 2 + hat(x)"),
  ])
  func titlesAreMathematics(program: String, typst: String) throws {
    #expect(try title(program) == typst)
  }

  @Test func lettersWithoutBoldOnesAreWords() throws {
    #expect(try title("größe = 2; J = 2 + größe", isBold: true) == #"J = 2 + #grad-bold("größe")"#)
  }

  @Test func signsBeforeTheirOnlyOperandStandClose() {
    #expect(MathText("×2").typst() == #"class("normal", ×)2"#)
    #expect(MathText("×−2").typst() == #"class("normal", ×)class("unary", −)2"#)
    #expect(MathText("a − 3").typst() == "a − 3")
  }

  @Test func scriptsNeverMeet() {
    var text = MathText("x")
    text.append("1", .lowered)
    text.append("′")
    text.append("2", .raised)
    #expect(text.typst() == "x_(1)^(′2)")
    var power = MathText("1.5e7")
    power.append("2", .raised)
    #expect(power.typst() == #"\(1.5·10^(7)\)^(2)"#)
  }

  /// The d of a second derivative is as upright as that of a first one.
  @Test func differentialsAreUpright() throws {
    let x = try #require(
      try drawing("x = 2; y = 3 * x").figure.nodes.first?.rows.first?.first?.content.text)
    let second = Notation.dvar.second(MathText("y"), x, x)
    #expect(second.typst() == "upright(d)^(2)x")
    #expect(second.latex == #"\mathrm{d}^2x"#)
    #expect(Notation.dvar.derivative(MathText("y"), x).typst() == "upright(d)x")
  }

  @Test func wordsAreStrings() {
    #expect(MathText(#"a "b" \ #$_"#).typstText == ##""a \"b\" \\ #$_""##)
    #expect(MathText("").typstText == "[]")
    #expect(Typst.string("a\u{1}\u{2028}b\n") == #""a  b\n""#)
  }

  @Test func aPartOfADocumentHasNoPage() throws {
    let drawing = try drawing(lecture)
    let part = drawing.typst()
    #expect(!part.contains("#set page") && part.contains("#let steps = 9\n"))
    #expect(part.contains("#let alt = \"J = 33, computed from"))
    let (width, height) = (coordinateText(drawing.size.width), coordinateText(drawing.size.height))
    let size = "width: \(width) * px, height: \(height) * px"
    #expect(drawing.typst(isStandalone: true).contains("#set page(\(size), margin: 0pt)"))
  }

  @Test func everyPartComesInItsStep() throws {
    let text = try drawing(lecture).typst()
    #expect(text.contains("if step >= 3 { say(") && text.contains("$33$) }"))
    #expect(text.contains("pen(if step >= 1 { forward-color } else { forward-faded }, 1.4)"))
  }
}
