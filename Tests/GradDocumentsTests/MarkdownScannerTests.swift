import GradDocuments
import GraphvizGrad
import Testing

/// Fenced blocks in Markdown, by the rules of CommonMark 0.31.
@Suite struct MarkdownScannerTests {
  private func fences(_ text: String) -> [MarkdownFence] {
    MarkdownScanner.fences(in: Array(text.utf8))
  }

  @Test func placesAreThoseOfThePage() throws {
    let text = "> 1. ~~~~ grad é=1, of=y\n>    x = 3\n>\n>      y = x\n>    ~~~~~  \n>    more\n"
    let fence = try #require(fences(text).first)
    #expect(fence.code == ["x = 3", "", "  y = x"] && fence.isClosed && fence.isProgram)
    #expect(fence.origins.map(\.line) == [2, 3, 4] && fence.origins[0].column == 6)
    #expect(fence.place == .init(line: 1, column: 6) && fence.prefix == ">    ")
    #expect(String(decoding: Array(text.utf8)[fence.lines], as: UTF8.self).hasSuffix("~~~~~  \n"))
    let block = fence.block(named: "a.md")
    #expect(block.attributes.map(\.name) == ["é", "of"])
    #expect(block.attributes.map { $0.place?.start.column } == [16, 21])
  }

  @Test(arguments: [
    // Longer fences, other fences, indentation.
    ("```grad\na\n````\n", 1), ("````grad\n```\n~~~~\n````\n", 1), ("    ```grad\n", 0),
    ("   ```grad\n   a\n```\n", 1), ("text\n    ```grad\n", 0), ("``` grad `\n", 0),
    ("~~~ grad ` ~\n", 1), ("``\ngrad\n``\n", 0), ("a\n```grad\n", 1), ("# a\n```grad", 1),
    // Containers, and what ends with them.
    ("- ```grad\n  a\n\n b\n```grad\n", 2), ("> ```grad\na\n```grad\n", 2), ("-\n\n  ```grad\n", 1),
    ("-\n\n      ```grad\n", 0), ("1. a\n\n   ```grad\n   ```\n10) b\n    ```grad\n", 2),
    ("-\t```grad\n\ta\n\t```\n", 1), ("- a\n\n\t```grad\n", 1), ("> a\n    ```grad\n", 0),
    ("a\n2. ```grad\n", 0), ("a\n1. ```grad\n", 1), ("- - > ```grad\n    > ```\n", 1),
    // HTML.
    ("<!-- a\n\n```grad\n-->\n```grad\n", 1), ("<div>\n```grad\n\n```grad\n", 1),
    ("<pre>\n\n```grad\n</pre>\n```grad\n", 1), ("a\n<b>\n```grad\n", 1), ("<b>\n```grad\n", 0),
    ("<b c='d' e=f>\n```grad\n", 0), ("<b c=d'>\n```grad\n", 1), ("</b >\n```grad\n", 0),
    ("<?a\n\n```grad\n?>\n```grad\n", 1), ("<a:b>\n```grad\n", 1),
  ])
  func blocksAreThoseOfCommonMark(_ text: String, _ count: Int) {
    for ending in ["\n", "\r\n", "\r"] {
      let text = text.replacing("\n", with: ending)
      #expect(fences(text).count(where: \.isProgram) == count, "\(text)")
      #expect(fences("\u{FEFF}" + text).count(where: \.isProgram) == count, "\(text)")
    }
  }

  @Test(arguments: [
    ("grad", true), ("grad theme=dark", true), ("grad,of=y", true), ("{.grad #a}", true),
    ("{grad}", true), ("grad{of=y}", true), ("gradient", false), ("python grad", false),
    ("", false),
    ("{.python .grads}", false), ("Grad", false),
  ])
  func theFirstWordIsTheLanguage(_ info: String, _ isProgram: Bool) {
    #expect(fences("```\(info)\n```\n").first?.isProgram == isProgram)
  }

  @Test func attributesAreWrittenAsInOtherPlaces() throws {
    let info = #"grad {#fig-a .wide caption="A \"b\", $\alpha$" set='a=1,b=2' vary width=60%}"#
    let block = try #require(fences("```\(info)\n```\n").first).block(named: "a.md")
    #expect(block.identifier == "fig-a")
    #expect(block.attributes.map(\.name) == ["caption", "set", "vary", "width"])
    #expect(block.attributes.map(\.value) == [#"A "b", $\alpha$"#, "a=1,b=2", "true", "60%"])
  }
}
