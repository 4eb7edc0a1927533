import GradBase
import GradCore
import GradLanguage
import Testing

/// Diagnostics as they are printed.
@Suite struct DiagnosticPrinterTests {
  private func text(_ program: String, name: String = "x.grad", isColoured: Bool = false) -> String
  {
    DiagnosticPrinter.text.print(
      Program(Source(name, text: program)).diagnostics(), isColoured)
  }

  @Test func theContract() {
    #expect(
      text("a = 5; u = 2\nv = a + q", name: "samples/chain.grad") == """
        samples/chain.grad:2:9: error: 'q' is not defined [undefined-name]
          |
        2 | v = a + q
          |         ^ no statement above assigns 'q'
          = help: did you mean 'u'?

        """)
  }

  @Test func theCaretStandsUnderWideAndCombiningCharacters() {
    #expect(
      text("權重 = 3\ny = 權重 * e\u{301}te\u{301}e * 未知") == """
        x.grad:2:10: error: 'e\u{301}te\u{301}e' is not defined [undefined-name]
          |
        2 | y = 權重 * e\u{301}te\u{301}e * 未知
          |            ^^^^ no statement above assigns 'e\u{301}te\u{301}e'
          = help: give it a value above, 'e\u{301}te\u{301}e = 1', or on the command line, \
        '--set e\u{301}te\u{301}e=1'
        x.grad:2:17: error: '未知' is not defined [undefined-name]
          |
        2 | y = 權重 * e\u{301}te\u{301}e * 未知
          |                   ^^^^ no statement above assigns '未知'
          = help: give it a value above, '未知 = 1', or on the command line, '--set 未知=1'

        """)
  }

  @Test func columnsCountGraphemeClusters() {
    let diagnostics = Program(Source("x", text: "y = 權重 + e\u{301}te\u{301} * z")).diagnostics()
    #expect(diagnostics.map(\.span?.start.column) == [5, 10, 16])
    #expect(diagnostics.map(\.span?.end.column) == [7, 13, 17])
  }

  @Test func tabsAndSeveralPlaces() {
    #expect(
      text("y =\tf(2) +\tq\n\n\n\n\n\n\n\n\ndef f(x): return x") == """
        x.grad:1:5: error: 'f' is called before its definition [called-before-definition]
           |
        1  | y =    f(2) +    q
           |        ^
        ...
        10 | def f(x): return x
           |     - defined here
           = help: move the definition up
        x.grad:1:12: error: 'q' is not defined [undefined-name]
          |
        1 | y =    f(2) +    q
          |                  ^ no statement above assigns 'q'
          = help: give it a value above, 'q = 1', or on the command line, '--set q=1'

        """)
  }

  @Test func longLinesAreCut() {
    let sum = Array(repeating: "x", count: 500).joined(separator: " + ")
    let lines = text("x = 1\ny = \(sum) + q + \(sum)").split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[2].count < 120)
    #expect(lines[2].hasPrefix("2 | …") && lines[2].hasSuffix("…"))
    let caret = lines[3].firstIndex(of: "^").map {
      lines[3].distance(from: lines[3].startIndex, to: $0)
    }
    #expect(caret.map { Array(lines[2])[$0] } == "q")
  }

  @Test func nothingSteersTheTerminal() {
    let printed = text("a\u{1B}[31m = 1\n# \u{202E}\nb = a\u{7}", name: "a\u{1B}.grad")
    #expect(
      !printed.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" })
    #expect(text("a = q", isColoured: true).contains("\u{1B}[1;31merror: \u{1B}[0m"))
  }

  @Test func whatHasNoPlace() {
    #expect(
      text("# nothing") == """
        x.grad:1:1: error: the program computes nothing [empty-program]
          = help: write an assignment, such as y = 2 * 3

        """)
    let program = Program(Source("x.grad", text: "J = 2"))
    let error = #expect(throws: ProgramError.self) { try program.trace(of: "K") }
    #expect(
      DiagnosticPrinter.text.print(error?.diagnostics ?? [], false) == """
        x.grad: error: no node is called 'K' [unknown-output]
          = help: did you mean 'J'?

        """)
  }

  @Test func json() {
    let diagnostics = Program(Source("x.grad", text: "y = f(2)\ndef f(x): return x\nz = 1; z"))
      .diagnostics()
    #expect(
      DiagnosticPrinter.json.print(diagnostics, false) == """
        [
          {"severity": "error", "code": "called-before-definition", "message": "'f' is called before its definition", "file": "x.grad", "line": 1, "column": 5, "endLine": 1, "endColumn": 6, "labels": [{"line": 2, "column": 5, "endLine": 2, "endColumn": 6, "label": "defined here"}], "help": "move the definition up"}
        ]

        """)
    #expect(DiagnosticPrinter.json.print([], false) == "[]\n")
  }

  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("權", 2), ("ｱ", 1), ("Ａ", 2), ("😀", 2), ("한", 2),
    ("\u{301}", 0), ("θ", 1), ("❤️", 2),
  ])
  func widths(_ character: Character, _ width: Int) {
    #expect(displayWidth(character) == width)
  }

  @Test func nearestNames() {
    #expect(nearestName(to: "wieght", among: ["weight", "height"]) == "weight")
    #expect(nearestName(to: "sgmoid", among: ["sign", "sigmoid"]) == "sigmoid")
    #expect(nearestName(to: "ABC", among: ["xyz", "abc"]) == "abc")
    #expect(nearestName(to: "foo", among: ["sin", "exp"]) == nil)
    #expect(nearestName(to: "", among: ["a"]) == "a")
    #expect(nearestName(to: String(repeating: "x", count: 1_000_000), among: ["x"]) == nil)
  }
}
