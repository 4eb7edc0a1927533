import GradLanguage
import GradRequest
import Testing

@testable import GradEditor

/// What an editor is told of a program.
@Suite struct AnswerTests {
  private static let lecture = "a = 5\nb = 3\nc = 2\nu = b * c\nv = a + u\nJ = 3 * v\n"

  private func numbers(_ analysis: Analysis) -> Numbers? {
    Numbers.outcome(of: analysis, Patience(nodes: 1000) { true }).numbers
  }

  private func analysis(_ text: String, _ name: String = "test.grad") -> Analysis {
    Analysis(TextBuffer(text), named: name)
  }

  private func hints(_ text: String, typed: String? = nil) -> [String] {
    var analysis = analysis(text)
    var numbers = numbers(analysis)
    if let typed {
      analysis = self.analysis(typed)
      numbers = numbers?.kept(for: analysis.buffer)
    }
    var lines = analysis.buffer.lineStarts.map { _ in "" }
    for hint in analysis.inlayHints(in: 0..<analysis.buffer.bytes.count, numbers) {
      lines[analysis.buffer.line(of: hint.offset)] = hint.text
    }
    return lines
  }

  /// The byte at which `part` begins for the `count`th time.
  private func offset(_ part: String, _ text: String, _ count: Int = 1) -> Int {
    var rest = text[...]
    var offset = 0
    for _ in 0..<count {
      guard let found = rest.firstRange(of: part) else { return -1 }
      offset = text.utf8.distance(from: text.startIndex, to: found.lowerBound)
      rest = text[text.index(after: found.lowerBound)...]
    }
    return offset
  }

  @Test func numbersStandBehindTheLines() {
    #expect(
      hints(Self.lecture) == [
        "da = 3", "db = 6", "dc = 9", "= 6 · du = 3", "= 11 · dv = 3", "= 33 · dJ = 1", "",
      ])
    // The head says which output is meant, and how its derivatives are written.
    let head = hints("#: --of u --notation leibniz\na, b = 3, 2; u = a * b\nJ = u + 1")
    #expect(
      head == ["", "a = 3 · du/da = 2, b = 2 · du/db = 3, u = 6 · du/du = 1", "= 7"]
        || head[1] == "du/da = 2, du/db = 3, u = 6 · du/du = 1", "\(head)")
    #expect(hints("s = 1\nfor i in range(4):\n    s = s * 2\n")[2].hasSuffix("(the last of 4)"))
    #expect(hints("a = 2\n3 * a") == ["da = 3", "= 6 · d out = 1"])
    #expect(hints("a = [1, 2]\ny = sum(a)")[1] == "= 3 · dy = 1")
    // What is written is not repeated with other digits; what is computed is told.
    let digits =
      "#: --decimals 3\nx = 2\ny = 1/3\nz = [1, -2]\nv = [1, 1 - 0.5]\nJ = x * y * sum(z) * sum(v)"
    let shown = hints(digits)
    #expect(shown[1] == "dx = −0.500" && shown[2].hasPrefix("= 0.333 · "), "\(shown)")
    #expect(shown[3].hasPrefix("dz = ") && shown[4].hasPrefix("= [1.000, 0.500] · "), "\(shown)")
  }

  @Test func whatIsNotSoIsNotShown() {
    // Below the change nothing holds, above it no derivative does.
    #expect(
      hints(Self.lecture, typed: Self.lecture.replacing("v = a + u", with: "v = a +"))
        == ["", "", "", "= 6", "", "", ""])
    #expect(
      hints(Self.lecture, typed: Self.lecture + "K = ") == ["", "", "", "= 6", "= 11", "= 33", ""])
    #expect(hints("a = 2\nb = a * 3", typed: "a = 2\nb = a * 3 *") == ["", ""])
    #expect(hints("a = 2\nb = a * 3", typed: "a = 22\nb = a * 3 *") == ["", ""])
    // A loop has other values where a line is added to it, and a function where it is called again.
    let loop = "a = 1\nfor i in range(3):\n    a = a * 2\nb = a + 0\n"
    #expect(hints(loop, typed: loop.replacing("b = a", with: "    a = (\nb = a"))[2] == "")
    let function = "def f(x):\n    y = x * 2\n    return y + 1\nz = f(2) + 0\n"
    #expect(hints(function)[1] == "= 4 · dy = 1")
    #expect(hints(function, typed: function + "w = f(3) +") == ["", "", "", "= 5", ""])
  }

  @Test func hoverTellsTheChainRule() {
    let analysis = analysis(Self.lecture)
    let numbers = numbers(analysis)
    let atUse = analysis.hover(at: offset("c\nv", Self.lecture), numbers)
    #expect(
      atUse?.lines == ["c = 2", "dc = du · ∂u/∂c = 3 · 3 = 9", "∂u/∂c = b = 3"])
    #expect(analysis.hover(at: offset("= b", Self.lecture), numbers) == nil)
    let text = "x = 1\ny = sigmoid(x) * x + 2\n"
    let other = self.analysis(text)
    #expect(
      other.hover(at: offset("sigm", text), self.numbers(other))?.lines.first
        == "sigmoid(x) = 1 / (1 + exp(-x))")
    #expect(
      other.hover(at: offset("* x", text), self.numbers(other))?.lines.first == "σ(x)·x = 0.7311")
  }

  @Test func hoverKnowsTheVersionThatIsRead() {
    let text = "c = 1\nc = c + 1\nd = c * 3\nc = 10\ne = c * d\n"
    let analysis = analysis(text)
    let numbers = numbers(analysis)
    #expect(analysis.hover(at: offset("c + 1", text), numbers)?.lines.first == "c = 1")
    #expect(
      analysis.hover(at: offset("c * 3", text), numbers)?.lines.first == "c@2 = c + 1 = 1 + 1 = 2")
    #expect(analysis.hover(at: offset("c * d", text), numbers)?.lines.first == "c@3 = 10")
    #expect(analysis.definitions(at: offset("c * 3", text), numbers) == [6..<7])
    // A name that stands for a list now is not the number that it was.
    let list = "c = 5\nc = [c, c]\nd = c[0] * 2\n"
    let other = self.analysis(list)
    #expect(other.hover(at: offset("c[0]", list), self.numbers(other))?.lines.first != "c = 5")
  }

  @Test func renaming() throws {
    func renamed(_ text: String, _ part: String, _ name: String, _ count: Int = 1) throws -> String
    {
      let analysis = analysis(text)
      var buffer = analysis.buffer
      let edits = try analysis.rename(at: offset(part, text, count), to: name)
      for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
        buffer.replace(edit.range, with: edit.text)
      }
      return buffer.text
    }
    #expect(
      try renamed("#: --of=a --wrt a,b\na = 1\nb = a\ny.a = 3\nprint(f\"{a:a}\", a)", "a = 1", "w")
        == "#: --of=w --wrt w,b\nw = 1\nb = w\ny.a = 3\nprint(f\"{w:a}\", w)")
    #expect(
      try renamed("x = 1\ndef f(x, y=x): return x * y\nz = f(x=2) + x", "x, y", "t")
        == "x = 1\ndef f(t, y=x): return t * y\nz = f(t=2) + x")
    #expect(
      try renamed("x = 1\nf(x) = x² + 1\nz = f(x) + [t for t in [x]][0]", "x²", "y")
        == "x = 1\nf(y) = y² + 1\nz = f(x) + [t for t in [x]][0]")
    #expect(throws: RenameRefusal.self) {
      try renamed("x = 1\nz = [x * 2 for x in [x]][0]", "x in", "t")
    }
    #expect(try renamed("µ = 1\ny = μ", "y", "z") == "µ = 1\nz = μ")
    #expect(throws: RenameRefusal(message: "'b' is used already, in line 2")) {
      try renamed("a = 1\nb = 2\nc = a", "a", "b")
    }
    #expect(throws: RenameRefusal(message: "'x' is used already, in line 1")) {
      try renamed("def f(x): return x * k\nk = 1", "k =", "x")
    }
    #expect(throws: RenameRefusal(message: "'exp' is used already, in line 2")) {
      try renamed("a = 1\nb = exp(a)", "a", "exp")
    }
    for (name, part) in [("1a", "a"), ("if", "a"), ("a b", "a"), ("c", "exp"), ("c", "=")] {
      #expect(throws: RenameRefusal.self) { try renamed("a = 1\nb = exp(a)", part, name) }
    }
  }

  @Test(arguments: [
    ("a = 2\nb = a ^ 2", "a = 2\nb = a ** 2"), ("ab = 2\nb = ac * 2", "ab = 2\nb = ab * 2"),
    ("a = 2\nb = 3 a", "a = 2\nb = 3 * a"), ("a = 2\nb = 3a", "a = 2\nb = 3 * a"),
    ("a = 2\nb = tg(a)", "a = 2\nb = tan(a)"), ("a = 2\nb = sigmod(a)", "a = 2\nb = sigmoid(a)"),
    ("b = qqq * 2", "qqq = 1\nb = qqq * 2"), ("a = 2\nb = 1 if a > 0 && a < 3 else 0", "and"),
  ])
  func hintsAreFollowed(_ text: String, _ better: String) {
    let analysis = analysis(text)
    let actions = analysis.codeActions(in: 0..<text.utf8.count, analysis.diagnostics)
    let results = actions.map { action in
      var buffer = analysis.buffer
      for edit in action.edits { buffer.replace(edit.range, with: edit.text) }
      return buffer.text
    }
    #expect(results.contains { $0 == better || $0.contains(better) }, "\(results)")
    for result in results {
      #expect(self.analysis(result).diagnostics.count < analysis.diagnostics.count)
    }
  }

  @Test func completion() {
    let text = "alpha = 2\ndef f(beta):\n    return b\ny = al\nz = np.si\nw = alpha.ex\nlast = 1\n"
    let analysis = analysis(text)
    let numbers = self.numbers(self.analysis("alpha = 2\n"))?.kept(for: analysis.buffer)
    func labels(_ part: String) -> [String] {
      let offset = offset(part, text) + part.utf8.count
      return analysis.completion(at: offset, numbers).items.map(\.label)
    }
    #expect(labels("y = al").prefix(2) == ["alpha", "f"])
    #expect(!labels("y = al").contains("last") && !labels("y = al").contains("y"))
    #expect(labels("return b").contains("beta"))
    #expect(labels("np.si").contains("sigmoid") && !labels("np.si").contains("alpha"))
    #expect(labels("alpha.ex").contains("exp") && !labels("alpha.ex").contains("atan2"))
    let item = analysis.completion(at: offset("al\n", text) + 2, numbers).items.first
    #expect(item?.detail == "= 2")
    for (quiet, offset) in [("# al", 4), ("a = 'al", 7), ("a = 12", 6), ("def f", 5)] {
      #expect(self.analysis(quiet).completion(at: offset, nil).items.isEmpty, "\(quiet)")
    }
  }

  @Test(arguments: [
    ("#: --st", "--style"), ("#: --", "--caption"), ("#: --cap", "--caption"), ("#: ", "--seed"),
    ("#: --style ci", "circuit"), ("#: --style ", "circuit"), ("#: --style=ci", "circuit"),
    ("#: --legend --theme d", "dark"), ("#: --legend ", "--theme"), ("#: --fit ", "16:9"),
    ("#: --of ", "loss"), ("#: --wrt loss,w", "w_1"), ("#: --vary ", "--seed"),
    ("#: --echo=", "false"),
  ])
  func completionOfOptions(_ head: String, _ word: String) {
    let analysis = analysis(head + "\nw_1 = 2\nloss = w_1 * 3\n")
    let completion = analysis.completion(at: head.utf8.count, nil)
    #expect(completion.items.contains { $0.label == word }, "\(completion.items.map(\.label))")
    // What is written of the word goes.
    let written = head[head.utf8.index(head.startIndex, offsetBy: completion.range.lowerBound)...]
    #expect(word.hasPrefix(written) && completion.range.upperBound == head.utf8.count)
    #expect(!completion.items.contains { $0.label.hasPrefix("--") != word.hasPrefix("--") })
  }

  /// A title may be anything.
  @Test func completionOfTexts() {
    #expect(analysis("#: --title ci").completion(at: 13, nil).items.isEmpty)
    #expect(analysis("#: ci").completion(at: 5, nil).items.isEmpty)
  }

  @Test func symbolsAndFolds() {
    let text = "# one\n# two\na = (1 +\n  2)\ndef f(x):\n    y = x\n\n    return y\nb = f(a)\n"
    let analysis = analysis(text)
    let symbols = analysis.symbols(numbers(analysis))
    #expect(symbols.map(\.name) == ["a", "f", "b"])
    #expect(symbols[1].children.map(\.name) == ["x", "y"])
    #expect(symbols[1].range == offset("def", text)..<offset("\nb =", text))
    #expect(
      analysis.foldedLines == [
        FoldedLines(first: 0, last: 1, isComment: true),
        FoldedLines(first: 2, last: 3, isComment: false),
        FoldedLines(first: 4, last: 7, isComment: false),
      ])
  }

  @Test func signatures() {
    let text = "def f(x, y): return x * y\nz = atan2(f(1, 2), 3)"
    let analysis = analysis(text)
    let inner = analysis.signatureHelp(at: offset("2), 3", text))
    #expect(inner?.label == "f(x, y)" && inner?.active == 1)
    let outer = analysis.signatureHelp(at: text.utf8.count - 1)
    #expect(outer?.label.hasPrefix("atan2(") == true && outer?.active == 1)
    #expect(analysis.signatureHelp(at: 3) == nil)
  }

  @Test func signaturesHaveDefaults() {
    let text =
      "def f(x, k=2, v=[1, 2], w: float = (3)): return x * k\nz = f(1, 5)\ng(x) = x²\ny = g(z)"
    let analysis = analysis(text)
    let help = analysis.signatureHelp(at: offset("5)", text))
    #expect(help?.label == "f(x, k=2, v=[1, 2], w=(3))" && help?.active == 1)
    #expect(help?.parameters == ["x", "k=2", "v=[1, 2]", "w=(3)"])
    #expect(analysis.hover(at: offset("f(1", text), nil)?.lines == [help?.label ?? ""])
    #expect(analysis.hover(at: offset("g(z", text), nil)?.lines == ["g(x)"])
  }

  /// The last line is where people type; it has no end yet, and blanks behind its last word.
  @Test(arguments: ["x = 2\ny = clip(x, ", "x = 2\ny = clip(x,", "x = 2\ny = clip(x,\t "])
  func signaturesAtTheEnd(_ text: String) {
    let help = analysis(text).signatureHelp(at: text.utf8.count)
    #expect(help?.label.hasPrefix("clip(") == true && help?.active == 1)
  }

  /// What is put into a text stands where it stands, not behind the end.
  @Test func wordsInTexts() {
    let text = "w1 = 2\nl = 1\nv = f\"w{l}\"\nJ = w1 * 3\nprint(f\"{J} and {w1}\")\n"
    let analysis = analysis(text)
    let words = analysis.program.words
    #expect(words.map(\.range.lowerBound) == words.map(\.range.lowerBound).sorted())
    #expect(analysis.program.extents.count == 5)
    #expect(analysis.program.word(at: offset("w1 * 3", text))?.kind == .name)
    #expect(source(analysis.program.logicalLine(at: offset("w1 * 3", text)), text) == "J = w1 * 3")
  }

  private func source(_ range: Range<Int>, _ text: String) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  @Test func patienceEnds() {
    let endless = analysis("x = 1\nwhile x > 0:\n    x = x + 1\n")
    let outcome = Numbers.outcome(of: endless, Patience(nodes: 100_000) { false })
    #expect(outcome.numbers == nil && outcome.note != nil && outcome.diagnostics.isEmpty)
    let large = Numbers.outcome(of: endless, Patience(nodes: 500) { true })
    #expect(large.numbers == nil && large.note != nil && large.diagnostics.isEmpty)
  }
}
