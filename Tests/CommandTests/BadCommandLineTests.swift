import Foundation
import Testing

/// A command line that is wrong whatever the program, with what is said about it.
struct BadCommandLine: Sendable, CustomTestStringConvertible {
  var arguments: [String]
  /// Lines that the messages hold.
  var messages: [String]
  var testDescription: String { arguments.joined(separator: " ") }

  init(_ arguments: String..., saying messages: [String]) {
    self.arguments = arguments
    self.messages = messages
  }

  static let all: [BadCommandLine] = [
    BadCommandLine(saying: ["name a verb: render, watch, eval, "]),
    BadCommandLine(
      "rendr", "p.grad", saying: ["unknown verb 'rendr' [unknown-verb]", "did you mean 'render'?"]),
    BadCommandLine("x=3; y=x*x", saying: ["render -e 'x=3; y=x*x'"]),
    BadCommandLine(
      "render", "p.grad", "-o", "x.pptx",
      saying: ["unknown extension 'pptx'", "frames FILE -o x.pptx"]
    ),
    BadCommandLine("render", "p.grad", "-T", "gif", saying: ["frames FILE -T gif"]),
    BadCommandLine("frames", "p.grad", "-o", "x.tex", saying: ["render FILE -o x.tex"]),
    BadCommandLine("exercise", "p.grad", "-o", "s.pdf", saying: ["known: md, tex"]),
    BadCommandLine("exercise", "p.grad", "-o", "s.docx", saying: ["known: md, tex"]),
    BadCommandLine("eval", "p.grad", "-o", "v.xlsx", saying: ["known: txt, json, csv, md"]),
    BadCommandLine("gradcheck", "p.grad", "-o", "v.csv", saying: ["known: txt, json"]),
    BadCommandLine("explain", "p.grad", "-o", "v.docx", saying: ["known: txt, md, tex"]),
    BadCommandLine("table", "p.grad", "-o", "v.html", saying: ["render FILE -o v.html"]),
    BadCommandLine(
      "nudge", "p.grad", "--by", "J=1", "-o", "v.csv", saying: ["known: txt, md, json"]),
    BadCommandLine("grade", "p.grad", "a.json", "-o", "v.md", saying: ["known: txt, json"]),
    BadCommandLine("gallery", "p.grad", "-o", "g.html", saying: ["-o names a folder"]),
    BadCommandLine("render", "p.grad", "--dpi", "0.0001", saying: ["a number from 1 to 9600"]),
    BadCommandLine("render", "p.grad", "--scale", "1e-9", saying: ["a number from 0.01 to 100"]),
    BadCommandLine(
      "render", "a\u{1B}[2Jb\n", "--x\u{9B}y\u{202E}", saying: ["--x\u{FFFD}y\u{FFFD}"]),
    BadCommandLine("eval", "-e", "J=1", "a\u{1B}[2J", saying: ["a FILE and -e were given"]),
    BadCommandLine("rend\u{1B}r", saying: ["unknown verb 'rend␛r'"]),
    BadCommandLine("doctor", "a\u{1B}[2Jb\n2 of 2 right.", saying: ["a␛[2Jb␊2 of 2 right."]),
    BadCommandLine("render", saying: ["graphviz-grad: error: no program given [usage]"]),
    BadCommandLine("render", "--nope", saying: ["--nope"]),
    BadCommandLine("render", "-e", "J=1", "p.grad", saying: ["a FILE and -e were given"]),
    BadCommandLine("render", "-", "-", saying: ["standard input can be read once only"]),
    BadCommandLine(
      "render", "-e", "J=1", "-o", "x.bmp",
      saying: ["unknown extension 'bmp' [unknown-format]", "known: svg, "]),
    BadCommandLine("render", "-e", "J=1", "-o", "x", saying: ["'x' has no extension"]),
    BadCommandLine(
      "render", "-e", "J=1", "-T", "pngg", saying: ["unknown format 'pngg'", "did you mean 'png'?"]),
    BadCommandLine(
      "render", "-e", "J=1", "--theme", "drak", "--style", "lectur", "--detail", "al",
      saying: [
        "--theme: unknown theme 'drak'", "did you mean 'dark'?", "--style: unknown style 'lectur'",
        "did you mean 'lecture'?", "--detail: unknown detail 'al'",
      ]),
    BadCommandLine(
      "render", "-e", "J=1", "--precision", "16", saying: ["a whole number from 1 to 15"]),
    BadCommandLine("render", "-e", "J=1", "--scale", "-1", saying: ["--scale"]),
    BadCommandLine(
      "render", "-e", "J=1", "--scale", "2", "--dpi", "96",
      saying: ["--scale and --dpi say the same thing"]),
    BadCommandLine(
      "render", "-e", "J=1", "--background", "blu", saying: ["'blu' is no background"]),
    BadCommandLine("render", "-e", "J=1", "--id-prefix", "1 a", saying: ["cannot begin an id"]),
    BadCommandLine(
      "render", "p.grad", "-o", "p.grad", "-T", "svg", saying: ["'p.grad' is the program itself"]),
    BadCommandLine(
      "render", "p.grad", "p.grad", "-o", "x.svg",
      saying: ["several programs cannot all be written"]),
    BadCommandLine("eval", "-e", "J=1", "--set", "a=", saying: ["--set:1:2: error: "]),
    BadCommandLine(
      "eval", "-e", "J=1", "--set", "J=q",
      saying: ["--set:1:3: error: 'q' is not defined", "write its value, such as 1/3"]),
    BadCommandLine("eval", "-e", "J=1", "--set", "3", saying: ["a setting is written NAME=VALUE"]),
    BadCommandLine("eval", "-e", "J=1", "-T", "jsn", saying: ["did you mean 'json'?"]),
    BadCommandLine("gradcheck", "-e", "J=1", "--tolerance", "x", saying: ["'x' is no number"]),
    BadCommandLine(
      "eval", "-e", "J=1", "--diagnostics", "xml", saying: ["unknown style of messages"]),
  ]
}

@Suite struct BadCommandLineTests {
  @Test(arguments: BadCommandLine.all)
  func isRefusedWithItsMessage(_ line: BadCommandLine) throws {
    try Tool.inFolder { tool in
      try tool.write("J = 1\n", to: "p.grad")
      let result = try tool.run(line.arguments)
      #expect(result.status == 64)
      #expect(result.output == "")
      #expect(
        result.messages.unicodeScalars.allSatisfy {
          $0 == "\n" || $0.properties.generalCategory != .control
        })
      for message in line.messages {
        #expect(result.messages.contains(message), "\(result.messages)")
      }
      #expect(tool.files == ["p.grad"])
    }
  }

  @Test func eachMistakeIsToldOnce() throws {
    try Tool.inFolder { tool in
      let wrong = [
        "style", "theme", "edge-labels", "inputs", "title-width", "direction", "rows", "fit",
        "show", "arrays", "entries",
        "mode", "nudge", "max-nodes", "scale", "dpi", "width", "background",
      ]
      let result = try tool.run(
        ["render", "-e", "J=1", "-o", "x.png"] + wrong.flatMap { ["--\($0)", "drak"] })
      for name in wrong {
        let told = result.messages.components(separatedBy: "error: --\(name): ").count - 1
        #expect(told == 1, "--\(name) in \(result.messages)")
      }
    }
  }

  @Test(arguments: ["--nope", "--theme=drak"])
  func messagesAreJSONWhenAskedFor(_ argument: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["render", "-e", "J=1", argument, "--diagnostics", "json"])
      #expect(result.status == 64)
      #expect(result.messages.hasPrefix("[\n  {\"severity\": \"error\", \"code\": \""))
      #expect(result.messages.hasSuffix("}\n]\n"))
    }
  }
}
