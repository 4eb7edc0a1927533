import ArgumentParser
import Foundation
import GradRequest
import TestSupport
import Testing

@testable import graphviz_grad

/// Verbs are listed once; what is written about them is held against that list.
@Suite struct VerbListTests {
  private func text(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  @Test func aVerbIsCalledByItsName() {
    for verb in Verb.all { #expect(verb.type._commandName == verb.name) }
  }

  @Test func theReadmeListsEveryVerb() throws {
    let rows = try text("README.md").split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("| `") else { return nil }
      return String(line.dropFirst(3).prefix { $0 != "`" })
    }
    #expect(rows.filter(Verb.shown.contains).sorted() == Verb.shown.sorted())
  }

  @Test func theArticleNamesEveryVerb() throws {
    let article = try text("Sources/GraphvizGrad/Documentation.docc/TheCommandLine.md")
    for verb in Verb.shown {
      let isNamed = ["`\(verb)`", "`\(verb) ", "graphviz-grad \(verb)"].contains {
        article.contains($0)
      }
      #expect(isNamed, "\(verb)")
    }
  }

  @Test func theArticleNamesEveryOptionOfAFigure() throws {
    let article = try text("Sources/GraphvizGrad/Documentation.docc/TheCommandLine.md")
    let rows = article.split(separator: "\n").filter { $0.hasPrefix("| `") }
    let named = Set(
      rows.flatMap { row in
        row.split(separator: "|")[0].split(separator: ",").map {
          $0.trimmingCharacters(in: .init(charactersIn: " `"))
        }
      })
    for option in FigureOption.all { #expect(named.contains(option.name), "\(option.name)") }
  }
}
