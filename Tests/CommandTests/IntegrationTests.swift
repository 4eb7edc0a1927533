import Foundation
import TestSupport
import Testing

/// What other tools are given to draw programs.
@Suite struct IntegrationTests {
  private static let names = [
    "sphinx", "pandoc", "quarto", "knitr", "mdbook", "mkdocs", "myst", "asciidoctor", "org",
    "latex", "jupyter", "docc", "make", "ninja", "bazel", "github-actions", "pre-commit",
    "compose", "kubernetes",
    "vscode", "neovim", "emacs", "helix", "vim", "kate", "textmate", "pygments", "sublime",
  ]

  @Test func withoutANameAllAreListed() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["integration"])
      #expect(result.status == 0)
      let lines = result.output.split(separator: "\n").dropFirst()
      #expect(lines.map { String($0.prefix { $0 != " " }) } == Self.names)
      #expect(lines.allSatisfy { $0.contains("  ") && !$0.hasSuffix(" ") })
    }
  }

  /// A family is a file of its name.
  @Test func everyFileIsInTheCatalog() {
    let stems = fileNames(in: "Sources/graphviz-grad/Integrations")
      .filter { $0.hasSuffix(".swift") }
      .map { $0.dropLast(6).dropFirst("Integration".count).lowercased() }
    #expect(stems.sorted() == Self.names.map { $0.filter { $0 != "-" } }.sorted())
  }

  @Test(arguments: names)
  func saysWhereItBelongs(_ name: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["integration", name])
      #expect(result.status == 0 && result.messages == "")
      // Comments of shells and R, of Python, of LaTeX, of Lisp, of Lua and of Vim; JSON has none.
      let marks = ["#", "\"\"\"", "%", ";;", "--", "\" ", "{"]
      #expect(marks.contains(where: result.output.hasPrefix), "\(result.output.prefix(80))")
      #expect(result.output.hasSuffix("\n") && !result.output.hasSuffix("\n\n"))
      #expect(result.output.contains("graphviz-grad") && !result.output.contains("@VERSION@"))
      #expect(!result.output.contains("@OPTIONS@"))
      #expect(try tool.run(["integration", name, "-o", "file"]).status == 0)
      #expect(tool.text("file") == result.output)
    }
  }

  @Test func anUnknownNameIsRefused() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["integration", "sphnix", "-o", "file"])
      #expect(result.status == 64 && result.output == "")
      #expect(result.messages.contains("unknown integration 'sphnix'"))
      #expect(result.messages.contains("did you mean 'sphinx'? known: sphinx, pandoc, "))
      #expect(tool.files.isEmpty)
    }
  }

  /// The directive takes what the tool's own help lists under the options of a figure.
  @Test func theDirectiveHasEveryOption() throws {
    try Tool.inFolder { tool in
      let help = try tool.run(["render", "--help"]).output
      let section = try #require(help.components(separatedBy: "FIGURE OPTIONS:").dropFirst().first)
        .components(separatedBy: "\n\n")[0]
      let options = section.matches(of: /(?m)^  --([a-z-]+)/).map { String($0.output.1) }
      let python = try tool.run(["integration", "sphinx"]).output
      func list(_ name: String) throws -> [String] {
        let lines = python.split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("\(name) = \"") })
        return line.split(separator: "\"")[1].split(separator: " ").map(String.init)
      }
      let own = try list("SETTINGS") + list("FLAGS")
      #expect(own.sorted() == (options + ["of", "set", "seed", "vary"]).sorted())
      #expect(try list("FLAGS") == ["legend", "repeat-inputs", "standalone", "vary"])
    }
  }

  @Test func aBundleHasAllMediaTypesAndLeavesJSONAlone() throws {
    try Tool.inFolder { tool in
      try tool.write("x = 3\ny = x*x\n", to: "p.grad")
      for (name, keys) in [("p.mimebundle", ["data", "metadata"]), ("p.json", ["schema"])] {
        #expect(try tool.run(["render", "p.grad", "-o", name]).status == 0)
        let object = try JSONSerialization.jsonObject(with: tool.read(name) ?? Data())
        #expect(Set(keys).isSubset(of: Set((object as? [String: Any] ?? [:]).keys)))
      }
      let bundle = try JSONSerialization.jsonObject(with: tool.read("p.mimebundle") ?? Data())
      let data = (bundle as? [String: Any])?["data"] as? [String: String] ?? [:]
      #expect(data.count == 4)
      // The bundle has a stamp of its own.
      let svg = try tool.run(["render", "p.grad", "-o", "-"]).output
      #expect(data["image/svg+xml"] == svg.replacing(/\ data-stamp="[^"]*"/, with: ""))
      #expect(data["text/plain"]?.hasPrefix("Computation graph of y: y = ") == true)
      let png = Data(base64Encoded: data["image/png"] ?? "")
      #expect(png?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
      let pdf = Data(base64Encoded: data["application/pdf"] ?? "") ?? Data()
      #expect(String(decoding: pdf.prefix(5), as: UTF8.self) == "%PDF-")
    }
  }
}
