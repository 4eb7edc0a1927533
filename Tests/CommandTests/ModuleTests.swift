import Foundation
import TestSupport
import Testing

/// The table of modules in "How it is built" is what the manifest and the files say.
@Suite struct ModuleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// What each module may import, by the article.
  private static func table() throws -> [String: Set<String>] {
    let article = try text("Sources/GraphvizGrad/Documentation.docc/HowItIsBuilt.md")
    var table: [String: Set<String>] = [:]
    for match in article.matches(of: /\n\| `([\w-]+)` \| [^|]+ \| ?([^|]*)\|/) {
      let names = match.2.matches(of: /`(\w+)`/).map { String($0.1) }
      table[String(match.1)] = Set(names)
    }
    return table
  }

  @Test func theManifestSaysTheSame() throws {
    let manifest = try Self.text("Package.swift")
    let table = try Self.table()
    #expect(table.count == 15)
    for (name, imports) in table where name != "CGraphviz" {
      let start = try #require(
        manifest.firstRange(of: "arget(name: \"\(name)\"")
          ?? manifest.firstRange(of: "arget(\n      name: \"\(name)\""), "\(name)")
      let target = manifest[start.upperBound...].prefix(while: { $0 != ")" })
      let list = target.firstRange(of: "dependencies: [").map { target[$0.upperBound...] } ?? ""
      let names = list.prefix { $0 != "]" }.matches(of: /"(\w+)"/).map { String($0.1) }
      let foreign: Set = ["ArgumentParser", "FlyingFox", "FlyingSocks"]
      #expect(Set(names).subtracting(foreign) == imports, "\(name)")
    }
  }

  @Test func filesImportNothingElse() throws {
    let table = try Self.table()
    for (name, allowed) in table where name != "CGraphviz" {
      let folder = Self.root.appending(path: "Sources/\(name)")
      let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
      for file in files ?? [] where file.hasSuffix(".swift") {
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        for match in text.matches(of: /(?m)^(?:@_exported )?(?:public |package )?import (\w+)/) {
          let module = String(match.1)
          guard table[module] != nil else { continue }
          let all =
            ["graphviz-grad", "GradDocuments", "GradServer", "graphviz-grad-serve"].contains(name)
            ? allowed.union(table["GraphvizGrad"] ?? []) : allowed
          #expect(all.contains(module), "\(name)/\(file)")
        }
      }
    }
  }
}
