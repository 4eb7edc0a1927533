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
      (["render", "--backward", "graph", "-T", "html", "--focus", "x"], "drawn with --focus"),
      (["table", "--order", "4"], "--order: '4' is no order of derivatives that is computed"),
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
      for format in ["svg", "png", "pdf", "tikz", "typ", "mermaid", "drawio", "dot"] {
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

  @Test func framesShowTheBackwardPassNodeByNode() throws {
    try Tool.inFolder { tool in
      for format in ["svg", "png", "pdf", "eps", "gif", "pptx", "reveal", "slidev", "json", "csv"] {
        let name = ["svg", "png", "eps"].contains(format) ? "f-{n}" : "f"
        let result = try tool.run(
          [
            "frames", "-e", quartic, "--backward", "graph", "--order", "2", "-T", format, "-o",
            "\(name).\(format)",
          ])
        #expect(result.status == 0 && result.messages == "", "\(result.messages)")
      }
      #expect(
        tool.text("f.csv").contains("5,backward,d(x),,,,dx = 4·x³ − 4·x = 4 · 2³ − 4 · 2 = 24"))
      // A derivative is not there before its step, and the page keeps its size.
      #expect(!tool.text("f-4.svg").contains("dx") && tool.text("f-5.svg").contains("dx"))
      #expect(!tool.text("f-5.svg").contains(">44<") && tool.text("f-6.svg").contains(">44<"))
      let sizes = (0...6).map { number in
        tool.text("f-\(number).svg").split(separator: "\"").first { $0.hasPrefix("0 0 ") }
      }
      #expect(Set(sizes).count == 1 && sizes[0] != nil)
    }
  }

  @Test func pagesComputeHigherDerivativesAnew() throws {
    try Tool.inFolder { tool in
      let graph = try tool.run(["render", "-e", quartic, "--backward", "graph", "-o", "g.html"])
      #expect(graph.status == 0 && graph.messages == "", "\(graph.messages)")
      #expect(tool.text("g.html").contains("\"firstBack\": 5"))
      let rows = try tool.run(["render", "-e", quartic, "--order", "3", "-o", "r.html"])
      #expect(rows.status == 0 && rows.messages == "", "\(rows.messages)")
      #expect(tool.text("r.html").contains("\"higher\": ["))
      let newton = try tool.run(
        [
          "frames", "-e", quartic, "--descend", "--optimizer", "newton", "-T", "html", "-o",
          "n.html",
        ])
      #expect(newton.status == 0 && newton.messages == "", "\(newton.messages)")
      #expect(tool.text("n.html").contains("\"gradient\": ["))
    }
  }

  @Test func tablesHaveColumnsOfHigherOrders() throws {
    try Tool.inFolder { tool in
      let text = try tool.run(["table", "-e", quartic, "--order", "3"]).output
      #expect(text.contains("d²y/dx² = 12·x² − 4 = 12·2² − 4 = 44"))
      #expect(text.contains("d³y/dx³ = 24·x = 24·2 = 48"))
      let tangents = try tool.run(
        ["table", "-e", quartic, "--order", "2", "--mode", "both", "--wrt", "x", "-T", "csv"])
      #expect(
        tangents.output.hasPrefix("name,expression,value,tangent,second tangent,adjoint,second"))
      #expect(tangents.output.contains("\r\ny,t1 - t3,8,24,44,1,\r\n"))
      let markdown = try tool.run(["table", "-e", quartic, "--order", "2", "-T", "markdown"]).output
      #expect(markdown.contains("| Second derivatives |"))
      #expect(markdown.contains("$\\frac{\\mathrm{d}^2y}") || markdown.contains("\\mathrm{d}^2y"))
      let kink = try tool.run(["table", "-e", "x = 0; y = relu(x)*3", "--order", "2"]).output
      #expect(kink.contains("its second derivative counts as 0 there"))
    }
  }
}
