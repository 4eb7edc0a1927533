import GradBase
import GraphvizGrad
import Testing

@testable import GradDocuments

/// Blocks that tools hand over one by one, and directives of mystmd.
@Suite struct DirectiveTests {
  private let page = """
    ```grad
    x = 3
    y = x*x
    ```

    ```{.grad stile=circuit}
    x = 3
    y = x*x
    ```
    """

  private func places(_ work: () throws -> Void) -> [String] {
    do {
      try work()
      return []
    } catch {
      guard case .request(let found) = error as? FigureError else { return ["\(error)"] }
      return found.map { fault in
        "\(fault.file):\(fault.span?.start.line ?? 0): \(fault.message)"
      }
    }
  }

  /// Two blocks with one program are told apart by the line.
  @Test func theLineSaysWhichBlock() throws {
    var filter = BlockFilter(to: .svg, [.init("stile", "circuit")])
    filter.documents = [("index.md", Array(page.utf8))]
    filter.line = 6
    let program = Array("x = 3\ny = x*x\n".utf8)
    #expect(
      places { _ = try filter.filter(program) } == ["index.md:6: stile: unknown attribute 'stile'"])
    var known = DocumentPlaces(filter.documents)
    let found = known.next("x = 3\ny = x*x", .init(line: 6))
    let place = try #require(found)
    // The brace is no part of the attribute.
    #expect(place.attribute("stile")?.start == .init(line: 6, column: 11))
    #expect(place.attribute("stile")?.end == .init(line: 6, column: 24))
    #expect(place.origins.map(\.line) == [7, 8])
    // A block whose program stands nowhere is at the line that is told.
    filter.attributes = []
    #expect(places { _ = try filter.filter([]) } == ["index.md:6: the block holds no program"])
  }

  /// What a directive of mystmd becomes, with the pages of its book.
  private func drawn(_ directive: String, _ pages: [(String, String)] = []) throws -> String {
    var filter = MystFilter()
    filter.documents = { pages.map { ($0.0, Array($0.1.utf8)) } }
    filter.contents = { $0 == "part/ridge.grad" ? Array("a = 2; ridge = a*a".utf8) : nil }
    let result = try filter.filter(Array(directive.utf8))
    #expect(result.warnings.allSatisfy { $0.file != "<grad>" } || pages.isEmpty)
    return String(decoding: result.bytes, as: UTF8.self)
  }

  @Test func optionsOfADirectiveHaveTheirLines() throws {
    let text = "# A\n\n```{grad}\n:width: 60%\n:style: circus\nx = 3\ny = x*x\n```\n"
    let yaml = "# A\n\n```{grad}\n---\nwidth: 60%\nstyle: circus\n---\nx = 3\ny = x*x\n```\n"
    let directive = """
      {"name":"grad","node":{"position":{"start":{"line":3,"column":1}}},
      "options":{"width":"60%","style":"circus"},"body":"x = 3\\ny = x*x"}
      """
    for (text, line) in [(text, 5), (yaml, 6)] {
      let found = places { _ = try drawn(directive, [("a.md", "none"), ("b.md", text)]) }
      #expect(found == ["b.md:\(line): style: unknown style 'circus'"])
    }
  }

  @Test func aDirectiveNamesAFile() throws {
    let directive = """
      {"name":"grad","arg":"ridge.grad","node":{"position":{"start":{"line":1,"column":1}}},
      "options":{"style":"circuit"},"body":""}
      """
    let page = ("part/one.md", "```{grad} ridge.grad\n:style: circuit\n```\n")
    #expect(try drawn(directive, [page]).contains("Computation graph of ridge"))
    let missing = directive.replacing("ridge.grad", with: "other.grad")
    let other = ("part/one.md", page.1.replacing("ridge.grad", with: "other.grad"))
    #expect(
      places { _ = try drawn(missing, [other]) } == [
        "part/one.md:1: the program 'other.grad' cannot be read"
      ])
  }

  /// A caption in the head is Markdown as one of an option is, and a listing lacks the head.
  @Test func headsOfDirectives() throws {
    let caption = #"A *fine **big*** `a_b` $x_1$ 2*3 \\* end"#
    let nodes = try drawn(
      ##"{"name":"grad","body":"#: --echo --caption '\##(caption)'\nx = 3\ny = x*x"}"##)
    for part in [
      #"{"type":"emphasis","children":[{"type":"text","value":"fine "}"#,
      #"{"type":"strong","children":[{"type":"text","value":"big"}]}"#,
      #"{"type":"inlineCode","value":"a_b"}"#, #"{"type":"inlineMath","value":"x_1"}"#,
      #"{"type":"text","value":" 2*3 * end"}"#,
      #"{"type":"code","lang":"python","value":"x = 3\ny = x*x"}"#,
    ] {
      #expect(nodes.contains(part), "\(part) is not in \(nodes)")
    }
  }

  @Test func filesDoNotBeginWithADash() {
    #expect(FileStem.of("fig-a_1") == "fig-a_1")
    #expect(FileStem.of("#ünï").first != "-" && FileStem.of("ñ").first != "-")
    #expect(FileStem.of("ñ") != FileStem.of("ü") && FileStem.of("-a") != FileStem.of("a"))
  }
}
