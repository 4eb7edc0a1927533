import Testing

/// `--order` and `--backward`: what they print, what they refuse.
@Suite struct HigherOrderTests {
  private let quartic = "x = 2; y = x**4 - 2*x**2"

  @Test func evalPrintsHigherDerivatives() throws {
    try Tool.inFolder { tool in
      let table = try tool.run(["eval", "-e", quartic, "--order", "3"])
      #expect(table.status == 0 && table.messages == "")
      #expect(table.output.contains("name  expression  value  derivative  second  third\n"))
      #expect(table.output.contains("x     2               2          24      44     48\n"))
      let json = try tool.run(["eval", "-e", quartic, "--order", "2", "--format", "json"]).output
      #expect(json.contains("{\"input\": \"x\", \"order\": 2, \"derivative\": 44}"))
      #expect(json.contains("\"kinks\": []"))
      try tool.write(json, to: "trace.json")
      #expect(try tool.run(["eval", "trace.json"]).status == 0)
      let rosenbrock = "x = 0; y = 2; f = 100*(y - x**2)**2 + (1 - x)**2"
      let csv = try tool.run(["eval", "-e", rosenbrock, "--order", "2", "--format", "csv"]).output
      #expect(csv.contains("x,0,0,-2,-798\r\n") || csv.contains("x,0,0,-2,-798\n"))
      let array = "W = np.array([1.0, 2]); J = sum(W**3)"
      let entries = try tool.run(["eval", "-e", array, "--order", "2"]).output
      #expect(entries.contains("[6, 12]"))
    }
  }

  @Test func aKinkIsAWarning() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["eval", "-e", "x = 0; y = relu(x)*3", "--order", "2"])
      #expect(result.status == 0)
      #expect(
        result.messages.contains("is at a kink, where the second derivative counts as 0 [kink]"))
    }
  }

  @Test(
    arguments: [
      (["eval", "--order", "4"], "'4' is no order of derivatives that is computed"),
      (["render", "--order", "4"], "'4' is no order of derivatives that is computed"),
      (["render", "--backward", "grpah"], "did you mean 'graph'?"),
      (
        ["render", "--backward", "graph", "--mode", "forward", "--wrt", "x"],
        "does not go with --mode"
      ),
      (["render", "--backward", "graph", "--nudge", "x=1"], "does not go with --nudge"),
      (["render", "--order", "2", "--blank", "values"], "does not go with --blank"),
      (["render", "--backward", "graph", "-T", "html"], "a page cannot be drawn with --backward"),
      (["frames", "--backward", "graph", "-o", "f.html"], "frames are not drawn with --backward"),
    ] as [([String], String)])
  func isRefused(_ arguments: [String], _ message: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(arguments + ["-e", quartic])
      #expect(result.status != 0)
      #expect(result.messages.contains(message), "\(result.messages)")
    }
  }

  @Test func aBackwardGraphIsDrawnInEveryFormat() throws {
    try Tool.inFolder { tool in
      for format in ["svg", "png", "pdf", "tikz", "dot"] {
        let result = try tool.run(
          ["render", "-e", quartic, "--backward", "graph", "-T", format, "-o", "y.\(format)"])
        #expect(result.status == 0 && result.messages == "", "\(result.messages)")
      }
      #expect(tool.text("y.svg").contains("24"))
    }
  }

  @Test func explainWritesTheSecondSweep() throws {
    try Tool.inFolder { tool in
      let text = try tool.run(["explain", "-e", quartic, "--order", "2"]).output
      #expect(text.contains("Second derivatives"))
      #expect(text.contains("= 44"))
    }
  }
}
