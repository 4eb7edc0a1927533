import GradDocuments
import GraphvizGrad
import Testing

/// Documents of pandoc with figures in them, and what is said where a block is wrong.
@Suite struct PandocFilterTests {
  /// Two blocks and what is around them, written as no program writes JSON.
  private func document(
    api: String = "1,23,1", first: String = "x = 3; y = x*x", second: String = "a = 1\\nb = a + 2",
    attributes: String = ""
  ) -> String {
    """
    { "pandoc-api-version":[\(api)], "meta":{ },"blocks" : [
      {"t":"Para","c":[{"t":"Str","c":"\\u00fcber"}]},
      {"t":"CodeBlock","c":[["fig-a",["grad"],[\(attributes)]],"\(first)"]},
      {"t":"BulletList","c":[[{"c":[["",["grad"],[]],"\(second)"],"t":"CodeBlock"}]]},
      {"t":"CodeBlock","c":[["",["python"],[]],"x = 3; y = x*x"]} ] }

    """
  }

  private func mistakes(
    _ text: String, _ documents: [(path: String, bytes: [UInt8])] = []
  ) -> [Diagnostic] {
    var filter = PandocFilter(to: "html")
    filter.documents = documents
    do throws(FigureError) {
      _ = try filter.filter(Array(text.utf8))
    } catch .request(let mistakes) {
      return mistakes
    } catch {
      Issue.record("\(error)")
    }
    return []
  }

  @Test func onlyFiguresChange() throws {
    let text = document()
    let result = try PandocFilter(to: "html").filter(Array(text.utf8))
    let written = String(decoding: result.bytes, as: UTF8.self)
    let lines = (text.split(separator: "\n"), written.split(separator: "\n"))
    #expect(lines.0.count == lines.1.count && result.files.isEmpty)
    for number in [0, 1, 4] { #expect(lines.0[number] == lines.1[number]) }
    #expect(lines.1[2].contains("data:image/svg+xml;base64,") && lines.1[2].hasSuffix("},"))
    #expect(lines.1[3].hasPrefix("  {\"t\":\"BulletList\",\"c\":[[{\"t\":\"Para\""))
    #expect(!written.contains("CodeBlock\",\"c\":[[\"fig-a\""))
  }

  @Test func aDocumentWithoutFiguresIsTheSame() throws {
    let bytes = Array(document().replacing("\"grad\"", with: "\"grads\"").utf8)
    #expect(try PandocFilter(to: "latex").filter(bytes).bytes == bytes)
  }

  @Test(arguments: [
    ("latex", "pdf", "%PDF-"), ("beamer", "pdf", "%PDF-"), ("docx", "png", "\u{89}PNG"),
    ("pptx", "png", "\u{89}PNG"), ("markdown+smart", "svg", "<svg"),
  ])
  func filesAreNamedByTheFigure(_ format: String, _ kind: String, _ start: String) throws {
    let result = try PandocFilter(to: format).filter(Array(document().utf8))
    try #require(result.files.count == 2)
    #expect(result.files[0].path == "figures/fig-a.\(kind)")
    #expect(result.files[1].path.hasPrefix("figures/grad-"))
    for file in result.files {
      let head = file.bytes.prefix(start.unicodeScalars.count)
      #expect(Array(head) == start.unicodeScalars.map { UInt8($0.value) })
    }
  }

  /// Figures as such came with version 1.23; before, a title marks a paragraph as one.
  @Test func theVersionSaysWhatAFigureIs() throws {
    let caption = #"["caption","A $x^2$ for 5$"]"#
    for (api, hasFigure) in [("1,22,2", false), ("1,23", true), ("2,0", true)] {
      let text = document(api: api, attributes: caption)
      let bytes = try PandocFilter(to: "html").filter(Array(text.utf8)).bytes
      let written = String(decoding: bytes, as: UTF8.self)
      #expect(written.contains(#"{"t":"Figure""#) == hasFigure)
      #expect(written.contains("\"fig:") == !hasFigure)
      #expect(written.contains(#"{"t":"Math","c":[{"t":"InlineMath"},"x^2"]}"#))
      #expect(written.contains(#"{"t":"Str","c":"5$"}"#))
    }
  }

  @Test func allMistakesAreToldWithTheirPlaces() {
    let text = document(first: "y = q", second: "a = 1\\nb = a + r")
    let page =
      "# One\n\n``` {.grad #fig-a}\ny = q\n```\n\n- ~~~ grad\n  a = 1\n  b = a + r\n  ~~~\n"
    let found = mistakes(
      text, [("other.md", Array("y = q\n".utf8)), ("page.md", Array(page.utf8))])
    #expect(found.map(\.file) == ["page.md", "page.md"])
    #expect(
      found.map { $0.span?.start } == [.init(line: 4, column: 5), .init(line: 9, column: 11)])
    let lost = mistakes(text)
    #expect(lost.map(\.file) == ["<block 1 #fig-a>", "<block 2>"])
    #expect(lost.last?.span?.start == .init(line: 2, column: 9))
  }

  @Test(arguments: [
    (#"["caption","A"],["stile","circuit"]"#, "bad-attribute"),
    (#"["steps","7-9"]"#, "bad-attribute"),
    (#"["label","b"],["theme","drak"]"#, "bad-attribute"),
  ])
  func wrongAttributesAreTold(_ attributes: String, _ code: String) {
    #expect(mistakes(document(attributes: attributes)).map(\.code) == [code])
  }

  @Test func twoFiguresOfOneNameAreRefused() throws {
    let text = document().replacing(#"[["",["grad"]"#, with: #"[["fig-a",["grad"]"#)
    let mistake = try #require(mistakes(text).first)
    #expect(mistake.code == "same-name" && mistake.message.contains("'fig-a'"))
  }

  @Test(arguments: ["", "{}", "[1, 2", "{\"blocks\":[]}", "# A page\n"])
  func whatIsNoDocumentIsRefused(_ text: String) {
    #expect(mistakes(text).map(\.code) == ["not-pandoc"])
  }
}
