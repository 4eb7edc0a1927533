import GradDocuments
import GraphvizGrad
import Testing

/// What a block of code in a document asks for, and what is said where it is wrong.
@Suite struct FigureBlockTests {
  private func block(_ text: String, _ attributes: [FigureBlock.Attribute] = []) -> FigureBlock {
    let places = (0..<4).map { Labels.Place(line: 11 + $0, column: 5) }
    let source = Source("book.md", text: text, at: places)
    var block = FigureBlock(
      source, at: Span(all: Source("book.md", text: "", at: [.init(line: 10, column: 3)])))
    block.attributes = attributes
    return block
  }

  private func mistakes(_ block: FigureBlock) -> [Diagnostic] {
    do throws(FigureError) {
      _ = try block.figure()
      return []
    } catch {
      return error.mistakes(at: block.place) ?? []
    }
  }

  @Test func mistakesStandInTheDocument() throws {
    let mistake = try #require(mistakes(block("a = 5\nJ = 3 * q")).first)
    #expect(mistake.code == "undefined-name" && mistake.file == "book.md")
    #expect(mistake.span?.start == .init(line: 12, column: 13))
    #expect(DiagnosticPrinter.text.print([mistake], false).hasPrefix("book.md:12:13: error: "))
  }

  @Test func attributesAreOptions() throws {
    let figure = try block(
      "a = 5\nJ = 3 * a", [.init("style", "circuit"), .init("set", "a=2"), .init("width", "60%")]
    ).figure()
    #expect(figure.figure.options.figure.style.name == "circuit")
    #expect(figure.figure.computation.trace.nodes.last?.value == 6)
    #expect(figure.width == "60%" && figure.steps == nil && !figure.showsProgram)
  }

  /// For tools that keep the line of the fence for themselves.
  @Test func theHeadSaysWhatAttributesSay() throws {
    let head = "#: --caption 'A \"cost\"' --name fig-a --width 60% --echo --style circuit\n"
    var figure = try block(head + "a = 5\nJ = 3 * a").figure()
    #expect(figure.caption == "A \"cost\"" && figure.identifier == "fig-a")
    #expect(figure.width == "60%" && figure.showsProgram && figure.height == nil)
    #expect(figure.figure.options.figure.style.name == "circuit")
    // What stands at the block comes first; without a unit a width is that of the picture.
    figure = try block(
      "#: --width 900 --caption b\na = 5\nJ = 3 * a", [.init("caption", "c")]
    ).figure()
    #expect(figure.caption == "c" && figure.width == nil)
    #expect(figure.figure.options.resolution == .width(900))
  }

  @Test func theHeadSaysWhichNumbersThereAre() throws {
    let program = "a = 5\nb = 2\nJ = 3 * a * b"
    var figure = try block("#: --set 'a=2, b=4'\n\(program)").figure()
    #expect(figure.figure.computation.trace.nodes.last?.value == 24)
    // What the block says comes first, input by input.
    figure = try block("#: --set 'a=2, b=4'\n\(program)", [.init("set", "b=1")]).figure()
    #expect(figure.figure.computation.trace.nodes.last?.value == 6)
    let varied = try block("#: --vary --seed 7\n\(program)").figure()
    let asked = try block(program, [.init("vary", "true"), .init("seed", "7")]).figure()
    #expect(
      varied.figure.computation.trace.nodes.map(\.value)
        == asked.figure.computation.trace.nodes.map(\.value))
    for head in ["--set 'a='", "--set z=1", "--seed 3", "--vary --seed x"] {
      let found = mistakes(block("#: \(head)\n\(program)"))
      #expect(found.count == 1 && found[0].file == "book.md", "\(head): \(found)")
    }
  }

  @Test func theAlternativeTextHasEveryNumber() throws {
    let words =
      "Computation graph of J: J = 15, computed from a; its derivative is da = 3. Forward, "
    #expect(try block("a = 5\nJ = 3 * a").figure().alternative.hasPrefix(words))
    #expect(try block("a = 5\nJ = 3 * a", [.init("alt", "A")]).figure().alternative == "A")
  }

  @Test func aWrongLengthInTheHeadIsToldThere() throws {
    let found = mistakes(block("#: --height 3foo --steps\na = 5\nJ = 3 * a"))
    #expect(found.map(\.code) == ["bad-option"])
    let length = try #require(mistakes(block("#: --height 3foo\na = 5\nJ = 3 * a")).first)
    #expect(length.message.contains("'3foo' is no length") && length.span?.start.line == 11)
    #expect(length.span?.start.column == 17)
  }

  @Test func wrongAttributesAreToldTogether() {
    let found = mistakes(
      block(
        "a = 5\nJ = 3 * a", [.init("stile", "circuit"), .init("theme", "drak"), .init("seed", "x")])
    )
    #expect(found.map(\.code) == ["bad-attribute", "bad-attribute", "bad-attribute"])
    #expect(found[0].help?.contains("did you mean 'style'?") == true)
    #expect(found.allSatisfy { $0.span?.start == .init(line: 10, column: 3) })
  }

  @Test(arguments: ["", " \n\n", "\t"])
  func emptyBlocksAreToldApart(_ text: String) {
    #expect(mistakes(block(text)).map(\.code) == ["empty-block"])
  }
}
