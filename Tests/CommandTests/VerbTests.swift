import Foundation
import Testing

/// What the verbs print when all is well.
@Suite struct VerbTests {
  private let lecture = "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"

  @Test func evalPrintsATable() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["eval", "-", "--set", "b=3.001"], input: lecture)
      #expect(
        result.output == """
          name  expression   value  derivative
          a     5                5           3
          b     3.001        3.001           6
          c     2                2       9.003
          u     b * c        6.002           3
          v     a + u       11.002           3
          J     3 * v       33.006           1

          """)
      #expect(result.status == 0 && result.messages == "")
    }
  }

  @Test func columnsAreAlignedForWideCharacters() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["eval", "-e", "權重=2; y=3*權重"])
      #expect(
        result.output == """
          name  expression  value  derivative
          權重  2               2           3
          y     3 * 權重        6           1

          """)
    }
  }

  @Test(arguments: [
    ("csv", "name,expression,value,derivative\r\nx,3,3,6\r\ny,\"max(x * x, x)\",9,1\r\n"),
    (
      "markdown",
      """
      | name | expression | value | derivative |
      | --- | --- | ---: | ---: |
      | `x` | `3` | 3 | 6 |
      | `y` | `max(x * x, x)` | 9 | 1 |

      """
    ),
  ])
  func evalPrintsForOtherPrograms(_ format: String, _ expected: String) throws {
    try Tool.inFolder { tool in
      let arguments = ["eval", "-e", "x=3; y=max(x*x, x)", "--format", format]
      let result = try tool.run(arguments + ["--detail", "statements"])
      #expect(result.output == expected)
    }
  }

  @Test func evalPrintsTheTrace() throws {
    try Tool.inFolder { tool in
      let text = try tool.run(["eval", "-e", "x=3; y=x*x", "--format", "json"]).output
      let trace = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      #expect(trace?["schema"] as? String == "graphviz-grad/trace/1")
      #expect((trace?["edges"] as? [Any])?.count == 2)
    }
  }

  @Test func theOutputIsChosenOnTheCommandLineOrAtTheHead() throws {
    try Tool.inFolder { tool in
      let head = "#: --of u --title 'At the head'\na = 5\nu = 2 * a\nv = 3 * u\n"
      let chosen = try tool.run(["render", "-"], input: head)
      #expect(chosen.output.contains("At the head"))
      let other = try tool.run(["render", "-", "--of", "v", "--title", "Here"], input: head)
      #expect(other.output.contains(">Here</title>") && !other.output.contains("At the head"))
    }
  }

  @Test func gradcheckAgrees() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["gradcheck", "-e", lecture])
      #expect(result.status == 0)
      #expect(result.output.hasSuffix("3 derivatives checked.\n"))
    }
  }

  @Test(arguments: [
    ("x=0; y=abs(x)", "a kink: the derivative is −1 from the left, 1 from the right"),
    ("x=2; y=stop_gradient(x)*x", "stop_gradient holds a part of the way fixed"),
    ("x=-1; y=log(x)", "the output is not finite here"),
    ("x=0; y=log(x)", "the output is not finite here"),
    ("x=27; y=exp(-x**2)", "underflow  numbers on the way are too small to tell"),
    ("x=1e-170; y=x*x*1e300", "underflow  numbers on the way are too small to tell"),
    ("x=1e-320; y=sqrt(x)", "underflow  numbers on the way are too small to tell"),
    ("x=0; y=x*1e-310", "underflow  numbers on the way are too small to tell"),
    ("x=0; y=max(x,0)+x**1.5", "the edge of the domain: the derivative is 1"),
    ("x=0; y=abs(x)+x**1.5", "the edge of the domain: the derivative is 1"),
    ("x=0; y=x**1.5-abs(x)", "there is nothing on the left"),
    ("x=0; y=(-x)**1.5-abs(x)", "there is nothing on the right"),
    ("x=0; y=sqrt(x)", "ok"), ("x=0; y=x**0", "ok"), ("x=0; y=x**1.5", "ok"),
    ("x=0; y=x; z=hypot(x, y)", "kink"),
    ("y=0; x=0; z=atan2(y, x)", "a jump or a vertical tangent"),
    ("x=0; y=sqrt(x)**2", "edge"), ("x=1; y=where(x < 1, log(x - 2), x*2)", "ok"),
    ("x=0; y=relu(x)-relu(-x)", "has a kink here, at which its derivative is a convention"),
  ])
  func gradcheckExplains(_ program: String, _ explanation: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["gradcheck", "-e", program])
      #expect(result.status == 0)
      #expect(result.output.contains(explanation))
    }
  }

  @Test func gradcheckFailsOnAMismatch() throws {
    try Tool.inFolder { tool in
      // Rounding swallows x, whose derivative is 1.
      let result = try tool.run(["gradcheck", "-e", "x=1; y=(x + 1e18) - 1e18"])
      #expect(result.status == 1)
      #expect(result.output.hasSuffix("1 derivative checked, 1 wrong.\n"))
    }
  }

  @Test(arguments: [[], ["render"], ["eval"], ["gradcheck"], ["doctor"]])
  func helpShowsExamples(_ verb: [String]) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(verb + ["--help"])
      #expect(result.status == 0 && result.messages == "")
      let lines = result.output.split(separator: "\n")
      #expect(lines.count { $0.hasPrefix("  graphviz-grad ") } >= 2)
    }
  }

  @Test func theVersionsArePrinted() throws {
    try Tool.inFolder { tool in
      let lines = try tool.run(["--version"]).output.split(separator: "\n")
      #expect(lines.map { $0.prefix { $0 != " " } } == ["graphviz-grad", "Graphviz", "Swift"])
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsAreWritten(_ shell: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["--generate-completion-script", shell])
      #expect(result.status == 0 && result.output.contains("gradcheck"))
    }
  }

  @Test func coloursAreForTerminals() throws {
    try Tool.inFolder { tool in
      let line = "script -qec '\"$TOOL\" eval -e J=q' /dev/null"
      #expect(try tool.run(line, environment: ["TERM": "xterm"]).output.contains("\u{1B}["))
      let plain = try tool.run(line, environment: ["TERM": "xterm", "NO_COLOR": "1"])
      #expect(!plain.output.contains("\u{1B}["))
      #expect(try !tool.run(["eval", "-e", "J=q"]).messages.contains("\u{1B}["))
    }
  }
}
