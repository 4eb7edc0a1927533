import GradCore
import GradFigure
import GradLanguage
import TestSupport
import Testing

@testable import GradDrawing

/// The TikZ format, and the LaTeX of names and formulas that it is made of.
@Suite struct TikZTests {
  /// The drawing of `program`.
  private func drawing(
    _ program: String, _ options: FigureOptions = FigureOptions(), theme: Theme = .light
  ) throws -> Drawing {
    let (trace, _) = try Program(Source("test", text: program)).trace()
    let figure = Figure(Reading(trace, options))
    return Drawing(figure, Layout(inOwnOrder: figure), theme: theme)
  }

  private func tikz(
    _ program: String, _ options: FigureOptions = FigureOptions(), theme: Theme = .light
  ) throws -> String {
    try drawing(program, options, theme: theme).tikz()
  }

  /// The title of the last node of `program` as LaTeX.
  private func title(_ program: String) throws -> String? {
    let figure = try drawing(program).figure
    return figure.nodes.last?.rows.first?.first?.content.text.latex
  }

  @Test(arguments: [
    ("x1 = 2; J = 3 * x1", #"J = 3\cdot x_1"#),
    ("theta_1 = 2; J = theta_1 ** 2", #"J = \theta_1^2"#),
    ("z = 2; J = sigmoid(z)", #"J = \sigma(z)"#),
    ("z = 2; J = log(z)", #"J = \log(z)"#),
    ("z = 2; J = log2(z)", #"J = \log_2(z)"#),
    ("z = 2; J = sqrt(z)", #"J = \sqrt{z}"#),
    ("loss = 2; J = abs(loss)", #"J = \lvert\mathrm{loss}\rvert"#),
    ("a = 2; b = 3; J = max(a, b)", #"J = \max(a, b)"#),
    ("W_out = 2; J = -W_out", #"J = -W_{\mathrm{out}}"#),
    ("a = 2; J = a * 1e-7", #"J = a\cdot10^{-7}"#),
    ("a = 2; b = a + 1; J = b * pi * e", #"J = b\cdot\pi\cdot\mathrm{e}"#),
    ("learning_rate = 2; J = -learning_rate", #"J = -\mathrm{learning\_rate}"#),
    ("größe = 2; J = -größe", #"J = -\text{größe}"#),
    ("值 = 2; J = -值", #"J = -\text{\gradcjk{值}}"#),
    ("Ж = 2; J = -Ж", #"J = -\text{\gradchar{Ж}{0416}}"#),
  ])
  func titlesAreMathematics(program: String, latex: String) throws {
    #expect(try title(program) == latex)
  }

  @Test func rootsSpanTheirOperand() {
    #expect(MathText("√(a + b)·c").latex == #"\sqrt{a + b}\cdot c"#)
    #expect(MathText("∛x").latex == #"\sqrt[3]{x}"#)
    #expect(MathText("√(a…").latex == #"\sqrt{\,}(a\dots"#)
  }

  @Test func scriptsNeverMeet() {
    var text = MathText("x")
    text.append("1", .lowered)
    text.append("′")
    text.append("2", .raised)
    #expect(text.latex == "x_1'^2")
    text.append("′")
    #expect(text.latex == "x_1'^2{}'")
    var power = MathText("1.5e7")
    power.append("2", .raised)
    #expect(power.latex == #"(1.5\cdot10^{7})^2"#)
  }

  @Test func signsOfNumbersStandClose() {
    #expect(MathText("×−2").latex == #"\times{-}2"#)
    #expect(MathText("data −3").latex == #"\mathrm{data}\ {-}3"#)
    #expect(MathText("a − 3").latex == "a - 3")
  }

  @Test(arguments: [
    (Notation.dvar, #"$\mathrm{d}b = 6$"#),
    (.leibniz, #"$\mathrm{d}J/\mathrm{d}b = 6$"#),
    (.partial, #"$\partial J/\partial b = 6$"#),
    (.grad, #"$b.\mathrm{grad} = 6$"#),
  ])
  func derivativesFollowTheNotation(notation: Notation, row: String) throws {
    var options = FigureOptions()
    options.notation = notation
    let text = try tikz("a = 5; b = 3; c = 2; u = b * c; v = a + u; J = 3 * v", options)
    #expect(text.contains("{\(row)}"))
  }

  @Test func specialsAreEscaped() {
    #expect(
      LaTeX.text(#"50% \ {_} #$&^~<>|`"-"#)
        == ##"50\% \textbackslash{} \{\_\} \#\$\&\textasciicircum{}\textasciitilde{}\textless{}"##
        + #"\textgreater{}\textbar{}\textasciigrave{}\char34{}-{}"#)
    #expect(LaTeX.text("α x₁²") == #"\ensuremath{\alpha} x\textsubscript{1}\textsuperscript{2}"#)
    #expect(LaTeX.comment("a\n\\end{document}\u{2028}b") == "% a \\end{document} b")
  }

  @Test func eachPartHasItsSlide() throws {
    let text = try tikz("a = 5; b = 3; c = 2; u = b * c; v = a + u; J = 3 * v")
    #expect(text.contains("% In Beamer, 10 slides:"))
    for (slide, label) in [
      (2, "6"), (3, "11"), (4, "33"), (5, #"\mathrm{d}J = 1"#), (6, #"\mathrm{d}v = 3"#),
    ] {
      let line = text.split(separator: "\n").first { $0.contains("{$\(label)$}") }
      #expect(line?.hasPrefix("\\only<\(slide)->{") == true, "\(label)")
    }
    let lines = text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix(#"\node"#) && $0.contains("{$5$}") })
    #expect(lines.count { $0.hasPrefix(#"{\alt<"#) } == 5)
  }

  @Test func theBoundingBoxIsThePictures() throws {
    let drawing = try drawing("a = 5; J = 3 * a")
    let text = drawing.tikz()
    let (width, height) = (
      coordinateText(drawing.size.width), coordinateText(drawing.size.height)
    )
    #expect(text.contains("\\useasboundingbox (0,0) rectangle (\(width),\(height));"))
  }

  @Test func onlyUsedColorsAreDefined() throws {
    let light = try tikz("a = 5; J = 3 * a")
    let color = Theme.light[.forward].dropFirst().uppercased()
    #expect(light.contains("\\definecolor{gradforward}{HTML}{\(color)}"))
    #expect(!light.contains("{gradsignal}"))
    let print = try tikz("a = 5; J = 3 * a", theme: .print)
    #expect(print.contains("dash pattern=on 5bp off 3bp"))
  }

  @Test func packagesFollowTheNames() throws {
    #expect(!(try tikz("a = 5; J = 3 * a")).contains("CJK"))
    let chinese = try tikz("值 = 5; J = 3 * 值")
    #expect(chinese.contains(#"\usepackage{CJKutf8}"#))
    #expect(chinese.contains(#"\def\gradcjk"#))
  }

  @Test func thePictureIsAPartOfTheDocument() throws {
    let drawing = try drawing("a = 5; J = 3 * a")
    let picture = drawing.tikzPicture()
    #expect(picture.hasPrefix("\\begin{tikzpicture}") && picture.hasSuffix("\\end{tikzpicture}"))
    #expect(drawing.tikz().contains("\\begin{document}\n\(picture)\n\\end{document}"))
  }
}
