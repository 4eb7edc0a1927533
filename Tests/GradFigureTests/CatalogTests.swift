import TestSupport
import Testing

@testable import GradFigure

/// A style, a theme, a notation or a language is one file and one word in its catalog.
@Suite struct CatalogTests {
  @Test func everyStyleIsInTheCatalog() {
    #expect(stems(of: "Styles") == Style.all.map(\.name).sorted())
  }

  @Test func everyThemeIsInTheCatalog() {
    #expect(stems(of: "Themes") == Theme.all.map(\.name).sorted())
  }

  @Test func everyNotationIsInTheCatalog() {
    #expect(stems(of: "Notations") == Notation.all.map(\.name).sorted())
  }

  @Test func everyLanguageIsInTheCatalog() {
    #expect(stems(of: "Languages").count == Language.all.count)
    #expect(Set(Language.all.map(\.tag)).count == Language.all.count)
  }

  private func stems(of folder: String) -> [String] {
    fileNames(in: "Sources/GradFigure/\(folder)").filter { $0.hasSuffix(".swift") }
      .map { $0.dropLast(6).lowercased() }.sorted()
  }
}
