import Foundation
import Testing

/// Traces of other tools in the place of programs.
@Suite struct TraceInputTests {
  /// A trace as a script writes it, with an operator that the table does not have.
  private static let squareplus = """
    {"nodes": [{"id": "x", "value": 3}, {"id": "w", "value": 2}, {"id": "u", "operation": "multiply"},
               {"id": "J", "operation": "squareplus", "value": 0.8571428571, "expression": "u / (1 + |u|)"}],
     "edges": [{"from": "x", "to": "u"}, {"from": "w", "to": "u"},
               {"from": "u", "to": "J", "partial": 0.0204081632}]}
    """

  @Test(arguments: [
    ["render", "t.json", "-o", "-"], ["render", "t.json", "-T", "html", "-o", "-"],
    ["frames", "t.json", "-T", "json", "-o", "-"], ["explain", "t.json"], ["table", "t.json"],
    ["eval", "t.json", "--format", "json"], ["exercise", "t.json", "-T", "latex", "-o", "-"],
  ])
  func everyVerbThatDrawsTakesATrace(_ arguments: [String]) throws {
    try Tool.inFolder { tool in
      try tool.write(Self.squareplus, to: "t.json")
      let result = try tool.run(arguments)
      #expect(result.status == 0, "\(result.messages)")
      #expect(result.output.contains("0.8571"))
    }
  }

  @Test func standardInputAndFoldersOfPictures() throws {
    try Tool.inFolder { tool in
      try tool.write(Self.squareplus, to: "t.json")
      try tool.write("x = 3; y = x*x", to: "p.grad")
      #expect(
        try tool.run(["render", "-", "-T", "dot"], input: Self.squareplus).output.contains(
          "digraph"))
      #expect(try tool.run(["render", "t.json", "p.grad", "--jobs", "2"]).status == 0)
      #expect(tool.files.sorted() == ["p.grad", "p.svg", "t.json", "t.svg"])
      #expect(try tool.run(["render", "t.json", "--check"]).status == 0)
      #expect(try tool.run(["gallery", "t.json", "-o", "g"]).status == 0)
      #expect(try tool.run(["render", "t.json", "-T", "json", "-o", "t.json"]).status != 0)
      #expect(tool.text("t.json") == Self.squareplus)
    }
  }

  @Test func aWrongTraceIsRefusedWithItsPath() throws {
    try Tool.inFolder { tool in
      try tool.write(
        Self.squareplus.replacingOccurrences(of: "\"to\": \"J\"", with: "\"to\": \"j\""),
        to: "t.json"
      )
      let result = try tool.run(["render", "t.json"])
      #expect(result.status == 1)
      #expect(
        result.messages.hasPrefix(
          "t.json:4:32: error: $.edges[2].to: no node has the id 'j' [bad-trace]"),
        "\(result.messages)")
      #expect(tool.files == ["t.json"])
    }
  }

  @Test(arguments: [
    ["nudge", "t.json", "--by", "x=0.1"], ["gradcheck", "t.json"],
    ["render", "t.json", "--nudge", "x=1"],
    ["render", "t.json", "--set", "x=4"], ["render", "t.json", "--vary"],
  ])
  func whatNeedsTheProgramIsRefused(_ arguments: [String]) throws {
    try Tool.inFolder { tool in
      try tool.write(Self.squareplus, to: "t.json")
      let result = try tool.run(arguments)
      #expect(result.status == 1)
      #expect(
        result.messages.contains("needs the program") && result.messages.contains("= help: give"))
    }
  }
}
