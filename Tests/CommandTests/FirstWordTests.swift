import Foundation
import Testing

/// A command line without its verb, and the list of verbs.
@Suite struct FirstWordTests {
  @Test func aProgramAloneIsDrawn() throws {
    try Tool.inFolder { tool in
      try tool.write("x = 3\ny = x*x\n", to: "p.grad")
      #expect(try tool.run(["p.grad"]).status == 0)
      #expect(tool.text("p.svg").hasPrefix("<svg"))
      #expect(try tool.run(["p.grad", "-o", "q.svg", "--style", "circuit"]).status == 0)
      #expect(tool.files == ["p.grad", "p.svg", "q.svg"])
    }
  }

  @Test(arguments: ["eval", "render", "gradcheck"])
  func aProgramInTheirPlaceIsToldOfE(_ verb: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run([verb, "x=3; y=x*x"])
      // To render, it is a pattern that no file matches.
      #expect(result.status == (verb == "render" ? 1 : 74))
      #expect(result.messages.contains("-e 'x=3; y=x*x'"), "\(result.messages)")
    }
  }

  /// `-o NAME.ext` chooses the format, of every verb that writes one.
  @Test(arguments: [
    (["eval", "p.grad"], "v.csv", "name,expression,value,derivative"),
    (["eval", "p.grad"], "v.json", "\"schema\": \"graphviz-grad/trace/1\""),
    (["eval", "p.grad"], "v.md", "| --- |"), (["eval", "p.grad"], "v.TXT", "name  expression"),
    (["eval", "p.grad"], "v", "name  expression"),
    (["eval", "p.grad", "-T", "csv"], "v.json", "name,expression"),
    (["gradcheck", "p.grad"], "c.json", "graphviz-grad/gradcheck/1"),
    (["explain", "p.grad"], "e.tex", "\\begin{document}"), (["explain", "p.grad"], "e.md", "# "),
    (["table", "p.grad"], "t.csv", ","), (["table", "p.grad"], "t.tex", "\\begin"),
    (["nudge", "p.grad", "--by", "x=1"], "n.json", "\"schema\""),
    (["grade", "p.grad", "a.json"], "g.json", "graphviz-grad/grading/1"),
    (["exercise", "p.grad"], "s.tex", "\\begin{document}"), (["exercise", "p.grad"], "s.MD", "# "),
  ])
  func theExtensionChooses(_ arguments: [String], _ path: String, _ text: String) throws {
    try Tool.inFolder { tool in
      try tool.write("x = 3\ny = x*x\n", to: "p.grad")
      try tool.write(#"{"y": 9}"#, to: "a.json")
      let result = try tool.run(arguments + ["-o", path])
      #expect(result.status == 0 && tool.text(path).contains(text), "\(result) \(tool.text(path))")
    }
  }

  @Test func theReadmeListsEveryVerb() throws {
    let readme = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../README.md").standardized, encoding: .utf8)
    let table = readme.split(separator: "\n").drop { $0 != "| verb | does |" }.dropFirst(2)
      .prefix { $0.hasPrefix("| `") }.map { String($0.dropFirst(3).prefix { $0 != "`" }) }
    try Tool.inFolder { tool in
      let known = try tool.run(["?"]).messages.split(separator: "known: ").last ?? ""
      let verbs = known.prefix { $0 != ";" }.split(separator: ", ").map(String.init)
      #expect(verbs.count > 10 && table == verbs, "\(table) \(verbs)")
    }
  }
}
