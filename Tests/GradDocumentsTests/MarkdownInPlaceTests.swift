import GradDocuments
import GraphvizGrad
import Testing

/// Pages of Markdown with the images of their programs.
@Suite struct MarkdownInPlaceTests {
  private func updated(
    _ text: String, twins: Bool = false, folder: String = "figures", link: String? = nil,
    isPlain: Bool = false
  ) -> String {
    var work = MarkdownInPlace()
    work.folder = folder
    work.link = link
    work.isPlain = isPlain
    work.hasTwins = twins
    work.add("docs/Notes 1.md", Array(text.utf8))
    #expect(work.mistakes.isEmpty)
    return work.pages.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
  }

  private let block = "```grad\nx = 3; y = x*x\n```\n"

  @Test func anImageComesBelowItsBlock() {
    let page = updated(block + "text\n")
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 8 && lines[3] == "" && lines[5] == "" && lines[6] == "text")
    #expect(lines[4].hasPrefix("![Computation graph of y: y = 9, "))
    #expect(lines[4].contains("](figures/notes-1-"))
    #expect(lines[4].hasSuffix("-1.svg)"))
    #expect(updated(page) == page)
  }

  @Test(arguments: ["> ", "- ", "> 1. "])
  func anImageIsWhereItsBlockIs(_ mark: String) {
    let rest = mark.hasPrefix(">") ? ">" + mark.dropFirst().map { _ in " " } : "  "
    let text = mark + block.split(separator: "\n").joined(separator: "\n" + rest) + "\n"
    let lines = updated(text).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[4].hasPrefix(rest + "![") && lines.count == 6)
    #expect(lines[3] == (mark.hasPrefix(">") ? ">" : ""))
    #expect(updated(lines.joined(separator: "\n")) == lines.joined(separator: "\n"))
  }

  @Test func theEndOfThePageStays() {
    let page = updated(String(block.dropLast()))
    #expect(page.hasSuffix(".svg)") && updated(page) == page)
    let windows = updated(block.replacing("\n", with: "\r\n"))
    #expect(windows.hasSuffix(".svg)\r\n") && !windows.replacing("\r\n", with: "").contains("\n"))
  }

  @Test func otherImagesAreLeftAlone() {
    for image in ["![a](other/b.svg)", "![a](figures/b.png)", "![a](figures/b.svg) and words"] {
      let page = updated("\(block)\n\(image)\n")
      #expect(page.hasSuffix("\n\n\(image)\n") && page.contains("![Computation"))
    }
    // A picture that is not there was that of the block's former name.
    #expect(!updated("\(block)\n![a](figures/b.svg)\n").contains("b.svg"))
  }

  @Test func aCaptionStandsBelow() {
    let fence = block.replacing("```grad", with: "```grad #fig-a caption=\"A *square*\"")
    let page = updated(fence)
    #expect(
      page.contains("\n<figure id=\"fig-a\"><picture><img alt=\"Computation graph of y: y = 9, "))
    #expect(page.contains("<figcaption>A <em>square</em></figcaption></figure>\n"))
    #expect(updated(page) == page)
    let plain = updated(page, isPlain: true)
    #expect(plain.contains("(figures/fig-a.svg \"A square\")") && !plain.contains("<figure"))
  }

  @Test func imagesChangeTheirForm() {
    let plain = updated(block)
    let twins = updated(plain, twins: true)
    #expect(twins.contains("<picture><source media=\"(prefers-color-scheme: dark)\" srcset="))
    #expect(!twins.contains("![") && updated(twins) == plain)
  }

  @Test func addressesMayBeThoseOfASite() {
    let page = updated(block, folder: "../figures", link: "/figures")
    #expect(page.contains("](/figures/notes-1-"))
    #expect(updated(page, folder: "../figures", link: "/figures") == page)
    // Another site's picture is not the block's.
    #expect(updated("\(block)\n![a](/other/b.svg)\n", link: "/figures").contains("/other/b.svg"))
  }

  @Test func plainImagesHaveNoSize() {
    let sized = block.replacing("grad", with: "grad width=60% caption=c")
    var work = MarkdownInPlace()
    work.isPlain = true
    work.add("a.md", Array(sized.utf8))
    #expect(work.warnings.map(\.code) == ["no-size"] && work.pages[0].hasHTML == false)
    let html = updated(sized)
    #expect(html.contains("<picture>"))
    #expect(updated(html, isPlain: true).hasSuffix(".svg \"c\")\n"))
  }

  @Test func picturesOfAllPagesHaveNamesOfTheirOwn() {
    var work = MarkdownInPlace()
    work.add("a.md", Array("```grad #x\na = 1; b = a\n```\n".utf8))
    work.add("b.md", Array("```grad #x\na = 2; b = a\n```\n".utf8))
    work.add("c/b.md", Array("```grad #x\na = 3; b = a\n```\n".utf8))
    #expect(work.mistakes.map(\.code) == ["same-name"] && work.mistakes.first?.file == "b.md")
    #expect(work.pictures.map(\.path) == ["figures/x.svg", "c/figures/x.svg"])
  }
}
