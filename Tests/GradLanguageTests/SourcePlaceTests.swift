import GradCore
import Testing

@testable import GradLanguage

/// Files that were taken out of others, and say so in their first line.
@Suite struct SourcePlaceTests {
  private func source(_ text: String) -> Source {
    Source(file: "b/p-1.grad", bytes: Array(text.utf8))
  }

  @Test func linesAreThoseOfTheOtherFile() throws {
    let source = source("#line 12 \"chapters/a b.tex\"\n#: --decimals 1\r\nx = q\n")
    #expect(source.name == "chapters/a b.tex" && source.path == "b/p-1.grad")
    // The line is no part of the text, which stays the same wherever it stands.
    #expect(source.text == "#: --decimals 1\r\nx = q\n")
    let mistake = try #require(throws: ProgramError.self) { try Program(source).trace() }
      .diagnostics[0]
    #expect(mistake.file == "chapters/a b.tex" && mistake.span?.start == .init(line: 13, column: 5))
  }

  @Test(arguments: [
    "#line 12\nx = 1", "#line \"a\"\nx = 1", "#line x \"a\"\nx = 1",
    "#line 9999999999 \"a\"\nx = 1",
    " #line 1 \"a\"\nx = 1", "x = 1\n#line 12 \"a\"", "#line 12 \"a\"", "", "# line 1 \"a\"\nx = 1",
  ])
  func othersAreComments(_ text: String) {
    let source = source(text)
    #expect(source.name == "b/p-1.grad" && source.text == text)
  }
}
