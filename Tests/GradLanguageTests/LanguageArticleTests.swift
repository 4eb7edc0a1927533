import Foundation
import GradCore
import Testing

@testable import GradLanguage

/// The article on the language, which names every function that the language has.
@Suite struct LanguageArticleTests {
  private static let words: Set<String> = {
    let article = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/GraphvizGrad/Documentation.docc/TheLanguage.md")
    let text = (try? String(contentsOf: article, encoding: .utf8)) ?? ""
    let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    return Set(words)
  }()

  /// The parts of a name such as `add.at` are words of their own.
  private static func isNamed(_ name: String) -> Bool {
    name.split { ".()".contains($0) }.allSatisfy { words.contains(String($0)) }
  }

  @Test func namesEveryOperatorThatIsAFunction() {
    let rows = OperatorRow.all.map { $0.row }.filter {
      $0.spelling == .function && $0.condition != false
    }
    #expect(rows.map(\.name).filter { !Self.isNamed($0) } == [])
  }

  @Test func namesEveryFunctionOfArrays() {
    #expect(ArrayWord.names.filter { !Self.isNamed($0) } == [])
  }

  @Test func namesEveryFunctionOfOtherValues() {
    #expect(Word.names.filter { !Self.isNamed($0) } == [])
  }

  @Test func namesEveryMethodThatChangesAnArray() {
    #expect(InPlace.names.filter { !Self.isNamed($0) } == [])
  }

  @Test func doesNotNameWhatIsNotThere() {
    #expect(!Self.isNamed("no_such_function") && !Self.words.isEmpty)
  }
}
