import Foundation
import Testing

/// What comes from files and names neither steers a terminal nor opens other files.
@Suite struct ForeignTextTests {
  private let answers =
    #"{"\u001b[2J\u001b[H2 of 2 right.":1, "a\n2 of 2 right.\n":2, "x\u009bm":3}"#

  private func steers(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control }
  }

  @Test func keysOfAnswersAreShown() throws {
    try Tool.inFolder { tool in
      try tool.write(answers, to: "a.json")
      let result = try tool.run(["grade", "/dev/stdin", "a.json"], input: "x = 1\ny = 2*x\n")
      #expect(result.status == 1)
      #expect(!steers(result.output))
      #expect(result.output.contains("␛[2J␛[H2 of 2 right."))
      // A key is one line, whatever is in it.
      #expect(result.output.contains("a␊2 of 2 right.␊"))
      #expect(result.output.split(separator: "\n").last == "0 of 0 right.")
      let bad = try tool.run(
        ["grade", "-", "a.json"], input: "x = 1\n", environment: [:])
      #expect(!steers(bad.output + bad.messages))
    }
  }

  /// A terminal of its own, by the program `script`; what it shows comes back.
  private func onTerminal(_ tool: Tool, _ words: String) throws -> String {
    try tool.run("script -qec \"$1\" /dev/null < /dev/null", [words]).output
  }

  @Test func aResultOnATerminalIsShown() throws {
    try Tool.inFolder { tool in
      try tool.write("#: --title \"a\u{1B}[2Jb\"\nx = 1\ny = 2*x\n", to: "p.grad")
      for words in ["-T tikz -o -", "-T dot -o -", "-o p.svg --alt-output -"] {
        let shown = try onTerminal(tool, "'\(Tool.path)' render p.grad \(words)")
        #expect(!shown.contains("\u{1B}[2J"), "\(shown)")
        let plain = try tool.run("\"$TOOL\" render p.grad \(words)")
        #expect(plain.status == 0)
      }
    }
  }

  private let secret = ##"{"password": "1234"}"##

  @Test(arguments: [
    "render", "frames", "eval -T json", "explain", "table", "exercise", "nudge --by x=1",
  ])
  func aProgramOpensNoFile(_ verb: String) throws {
    try Tool.inFolder { tool in
      _ = try tool.run("mkdir in")
      try tool.write(secret, to: "secret.json")
      try tool.write(##"{"colors": {"forward": "#123456"}}"##, to: "in/own.json")
      for theme in ["secret.json", "\(tool.folder.path)/secret.json", "../secret.json", "own.json"]
      {
        try tool.write("#: --theme \(theme)\nx = 1\ny = 2*x\n", to: "in/p.grad")
        for trust in ["", "--trust-heads"] {
          let words = verb.split(separator: " ").map(String.init)
          let result = try tool.run(
            [words[0], "in/p.grad"] + words.dropFirst() + (trust.isEmpty ? [] : [trust]))
          #expect(!result.messages.contains("password"), "\(result.messages)")
          let isRead = verb != "eval -T json"
          let isFine = !isRead || theme == "own.json" && !trust.isEmpty
          #expect(result.status == (isFine ? 0 : 1), "\(theme) \(trust): \(result)")
          if !isFine { #expect(result.messages.contains("[bad-option]")) }
        }
      }
      let drawn = try tool.run(["render", "in/p.grad", "--trust-heads", "-o", "-"])
      #expect(drawn.output.contains("#123456"))
    }
  }

  @Test func aDocumentOpensNoFileEither() throws {
    try Tool.inFolder { tool in
      try tool.write(secret, to: "secret.json")
      try tool.write(##"{"colors": {"forward": "#123456"}}"##, to: "own.json")
      for theme in ["secret.json", "own.json"] {
        try tool.write("```grad {theme=\(theme)}\nx = 1\ny = 2*x\n```\n", to: "p.md")
        let result = try tool.run(["markdown", "p.md"])
        #expect(result.status == 1 && result.messages.contains("only the command line names"))
        #expect(!result.messages.contains("password"))
      }
      #expect(try tool.run(["markdown", "p.md", "--trust-heads"]).status == 0)
      #expect(tool.text("figures/p-1.svg").contains("#123456"))
    }
  }

  @Test(arguments: [
    ("missing.json", Int32(74), "No such file or directory"),
    (".json", 74, "Is a directory"),
    ("signed.json", 64, "in the theme 'signed.json:2': '#+12345' is no colour for 'forward'"),
    ("negative.json", 64, "'#-00000' is no colour"),
    ("key.json", 64, "unknown key"),
  ])
  func themesThatAreNotRight(_ name: String, _ status: Int32, _ message: String) throws {
    try Tool.inFolder { tool in
      _ = try tool.run("mkdir .json")
      try tool.write("{\"colors\":\n{\"forward\":\"#+12345\"}}", to: "signed.json")
      try tool.write(##"{"colors":{"backward":"#-00000"}}"##, to: "negative.json")
      try tool.write(secret, to: "key.json")
      for verb in ["render", "frames", "exercise"] {
        let result = try tool.run([
          verb, "-e", "x=1; y=x*x", "-T", verb == "exercise" ? "latex" : "svg", "-o", "o.x",
          "--theme", name,
        ])
        #expect(result.status == status && result.messages.contains(message), "\(result)")
      }
    }
  }

  @Test(arguments: ["-5px", "1e99px", "60%;background:url(//evil)", "wide", "0", "٣%"])
  func widthsAreLengths(_ width: String) throws {
    try Tool.inFolder { tool in
      try tool.write("```grad {width=\"\(width)\"}\nx = 1\ny = 2*x\n```\n", to: "p.md")
      let result = try tool.run(["markdown", "p.md"])
      #expect(result.status == 1 && result.messages.contains("is no length on a page"))
    }
  }
}
