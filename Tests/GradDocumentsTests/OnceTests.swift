import GradBase
import GraphvizGrad
import TestSupport
import Testing

@testable import GradDocuments

/// A document's programs are parsed once and their traces read once, each.
@Suite struct OnceTests {
  private func expectOnce(_ count: Int, _ work: () throws -> Void) rethrows {
    let found = try milestones(work)
    #expect(found.count { $0 == .read } == count)
    #expect(found.count { if case .parsed = $0 { true } else { false } } == count)
  }

  @Test(arguments: ["html", "latex", "beamer", "revealjs", "pptx"])
  func inPandoc(_ format: String) throws {
    let text = """
      {"pandoc-api-version":[1,23,1],
      "meta":{"graphviz-grad":{"t":"MetaMap","c":{"theme":{"t":"MetaInlines","c":[{"t":"Str","c":"dark"}]}}}},
      "blocks":[{"t":"CodeBlock","c":[["fig-a",["grad"],[["caption","C"],["steps","true"]]],\
      "a = 5; J = 3*a"]}]}
      """
    try expectOnce(1) { _ = try PandocFilter(to: format).filter(Array(text.utf8)) }
  }

  @Test func inMarkdown() throws {
    let page = "```grad\nx = 3; y = x*x\n```\n\n```grad\na = 5; J = 3*a\n```\n"
    try expectOnce(2) {
      var work = MarkdownInPlace()
      work.hasTwins = true
      work.add("page.md", Array(page.utf8))
      #expect(work.mistakes.isEmpty && work.pictures.count == 4)
      for picture in work.pictures { _ = try picture.figure.picture(.svg) }
    }
  }

  /// What the metadata says comes after what a head says.
  @Test func defaultsComeLast() throws {
    var block = FigureBlock(
      Source("x.md", text: "#: --theme print\na = 5; J = 3*a"),
      at: Span(startOf: Source("x.md", text: "")))
    block.defaults = [.init("theme", "dark"), .init("style", "circuit"), .init("width", "60%")]
    block.attributes = [.init("style", "record")]
    let figure = try block.figure()
    #expect(figure.figure.options.theme == .print)
    #expect(figure.figure.options.figure.style.name == "record" && figure.width == "60%")
    #expect(figure.figure.request.options.map(\.name) == ["style"])
  }
}
