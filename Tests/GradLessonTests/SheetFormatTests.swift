import GradFigure
import TestSupport
import Testing

@testable import GradLesson

/// Pages in their formats.
@Suite struct SheetFormatTests {
  private func sheet(_ blocks: Sheet.Block...) -> Sheet {
    var sheet = Sheet("The \(MathText("x")) & co", language: "en")
    sheet.blocks = blocks
    return sheet
  }

  private let long = (1...9).map { MathText("\($0)0000000000000") }

  @Test func text() {
    let text = SheetFormat.text.write(
      sheet(.chain([MathText("a"), MathText("1")]), .items(["one", "two"])))
    #expect(text == "The x & co\n==========\n\n  a = 1\n\n  1. one\n  2. two\n")
    let lines = SheetFormat.text.write(sheet(.chain(long))).split(separator: "\n")
    #expect(lines.dropFirst(2).allSatisfy { $0.contains(" = ") } && lines.count == 10)
  }

  @Test func textOfChineseIsBrokenAnywhereButBeforeAMark() {
    let text = SheetFormat.text.write(
      sheet(.paragraph(Prose([.words(String(repeating: "逐步，", count: 30))]))))
    let lines = text.split(separator: "\n").dropFirst(2)
    #expect(lines.count == 2 && lines.allSatisfy { Table.width(of: String($0)) <= 98 })
    #expect(lines.allSatisfy { !$0.hasPrefix("，") })
  }

  @Test func markdown() {
    let markdown = SheetFormat.markdown.write(
      sheet(
        .heading("a_b"), .chain([MathText("x₁"), MathText("2")]),
        .table(
          head: ["n|m", "v"], rows: [[Prose(MathText("x")), Prose(MathText("1"))]],
          isNumber: [false, true])))
    #expect(markdown.hasPrefix("# The $x$ & co\n\n## a\\_b\n"))
    #expect(markdown.contains("| n\\\\|m | v |\n| :--- | ---: |\n| $x$ | $1$ |\n"))
    #expect(SheetFormat.markdown.write(sheet(.chain(long))).contains("\\begin{aligned}"))
  }

  @Test func markdownHasNoCommandsOfOurOwn() {
    let names = ["權重", "Ж", "x_권"].map { MathName.text($0) }
    let markdown = names.map(MarkdownText.formula).joined()
    #expect(!markdown.contains("grad") && !markdown.contains("0416"))
    #expect(markdown.contains("權重") && markdown.contains("Ж"))
  }

  @Test func latex() {
    let latex = SheetFormat.latex.write(sheet(.paragraph("50% of {it}"), .chain(long), .pageBreak))
    #expect(latex.contains("\\section*{The $x$ \\& co}"))
    #expect(latex.contains("50\\% of \\{it\\}\n\\begin{align*}"))
    #expect(latex.contains("\\newpage") && !latex.contains("{tikz}"))
  }

  @Test func catalogs() {
    let folders = [
      ("SheetFormats", SheetFormat.all.count), ("NudgeFormats", NudgeFormat.all.count),
      ("MatrixFormats", MatrixFormat.all.count),
      ("EvaluationTableFormats", EvaluationTableFormat.all.count),
      ("GradingFormats", GradingFormat.all.count),
    ]
    for (folder, count) in folders {
      #expect(fileNames(in: "Sources/GradLesson/\(folder)").count == count, "\(folder)")
    }
  }
}
