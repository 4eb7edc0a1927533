import Foundation
import Testing

/// A program that cannot be drawn, with what is said about it.
struct BadProgram: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var arguments: [String] = []
  /// Lines that the messages hold.
  var messages: [String]
  var testDescription: String { name }

  static let all: [BadProgram] = [
    BadProgram(
      name: "a name never defined", text: "u = 2\nv = u + q\n",
      messages: ["p.grad:2:9: error: 'q' is not defined [undefined-name]"]),
    BadProgram(
      name: "a syntax error at the end of the file", text: "J = 3 *",
      messages: ["p.grad:1:7: error: an expression is missing after '*' [expected-expression]"]),
    BadProgram(
      name: "two mistakes in one run", text: "u = q\nv = r\n",
      messages: ["p.grad:1:5: error: 'q' is not defined", "p.grad:2:5: error: 'r' is not defined"]),
    BadProgram(
      name: "an output that is not there", text: "J = 3", arguments: ["--of", "K"],
      messages: ["p.grad: error: no node is called 'K' [unknown-output]", "did you mean 'J'?"]),
    BadProgram(
      name: "an unknown function", text: "J = sinn(3)",
      messages: ["p.grad:1:5: error: no function is called 'sinn' [unknown-function]"]),
    BadProgram(
      name: "wrong arity", text: "J = sin(3, 4)",
      messages: ["p.grad:1:5: error: 'sin' takes 1 argument, not 2 [wrong-arguments]"]),
    BadProgram(
      name: "recursion", text: "def f(x): return f(x)\nJ = f(3)\n",
      messages: ["p.grad:1:18: error: 'f' calls itself [recursion]"]),
    BadProgram(
      name: "duplicate parameters", text: "def f(x, x): return x\nJ = f(1, 2)\n",
      messages: ["p.grad:1:10: error: two parameters are called 'x' [duplicate-parameter]"]),
    BadProgram(
      name: "a control character in a name", text: "a\u{1} = 1\n",
      messages: ["p.grad:1:2: error: ", "[control-character]"]),
    BadProgram(
      name: "right-to-left control in a name", text: "J\u{202E} = 1\n",
      messages: ["p.grad:1:2: error: ", "[bidirectional-control]"]),
    BadProgram(
      name: "quotes, < and & in a name", text: "\"x<y&z\" = 2\n",
      messages: ["p.grad:1:1: error: ", "[invalid-target]"]),
    BadProgram(
      name: "an empty file", text: "",
      messages: ["p.grad:1:1: error: the program computes nothing [empty-program]"]),
    BadProgram(
      name: "only comments", text: "# nothing\n\n# at all\n",
      messages: ["error: the program computes nothing [empty-program]"]),
    BadProgram(
      name: "^ for a power", text: "J = 2^3", messages: ["p.grad:1:6: error: ", "**"]),
    BadProgram(
      name: "brackets too deep",
      text: "J = " + String(repeating: "(", count: 2_000) + "1"
        + String(repeating: ")", count: 2_000),
      messages: ["error: brackets are nested more than 1000 deep [nesting-too-deep]"]),
    BadProgram(
      name: "a computed name in --set", text: "a = 1\nJ = 2 * a\n", arguments: ["--set", "J=3"],
      messages: ["p.grad:2:1: error: 'J' is computed and cannot be set to 3 [computed-setting]"]),
    BadProgram(
      name: "an input that is not there in --set", text: "a = 1\nJ = 2 * a\n",
      arguments: ["--set", "q=3"], messages: ["error: the program has no input 'q'"]),
    BadProgram(
      name: "options at the head", text: "#: --theme drak --foo 3 --decimals=99\na = 1\n",
      messages: [
        "p.grad:1:12: error: unknown theme 'drak' [bad-option]",
        "p.grad:1:17: error: '--foo' is no option of a figure [bad-option]",
        "p.grad:1:25: error: '99' is no number of digits after the point [bad-option]",
      ]),
  ]
}

@Suite struct BadProgramTests {
  @Test(arguments: BadProgram.all)
  func isRefusedWithItsMessage(_ program: BadProgram) throws {
    try Tool.inFolder { tool in
      try tool.write(program.text, to: "p.grad")
      try tool.write("as before", to: "p.svg")
      let result = try tool.run(["render", "p.grad", "-o", "p.svg"] + program.arguments)
      #expect(result.status == 1)
      #expect(result.output == "")
      for message in program.messages {
        #expect(result.messages.contains(message), "\(result.messages)")
      }
      #expect(tool.read("p.svg") == Data("as before".utf8))
      #expect(tool.files == ["p.grad", "p.svg"])
    }
  }

  @Test func divisionByZeroIsDrawnWithOneWarning() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["render", "-e", "a=1; b=a/0; J=b*2"])
      #expect(result.status == 0)
      #expect(result.output.contains("∞"))
      #expect(result.messages.split(separator: "\n").count { $0.contains("warning") } == 1)
      #expect(result.messages.hasPrefix("<expression>:1:9: warning: "))
    }
  }

  @Test func aLineOfAMegabyteIsRead() throws {
    try Tool.inFolder { tool in
      let sum = String(repeating: "+x", count: 50_000)
      try tool.write("x = 1\nJ = x\(sum)\n", to: "p.grad")
      let result = try tool.run(["eval", "p.grad", "--detail", "statements", "-T", "csv"])
      #expect(result.status == 0)
      #expect(result.output.hasPrefix("name,expression,value,derivative\r\nx,1,1,50001"))
    }
  }
}
