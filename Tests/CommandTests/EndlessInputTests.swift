import Foundation
import Testing

/// Inputs that never end.
@Suite struct EndlessInputTests {
  private static let message = "File too large"

  @Test(arguments: [
    ["eval", "/dev/zero"], ["render", "/dev/zero", "-o", "x.svg"], ["gradcheck", "/dev/zero"],
    ["frames", "/dev/zero"], ["explain", "/dev/zero"], ["exercise", "/dev/zero"],
    ["table", "/dev/zero"], ["nudge", "/dev/zero", "--by", "a=1"],
    ["markdown", "/dev/zero"], ["gallery", "/dev/zero", "-o", "g"],
    ["grade", "a.grad", "/dev/zero"],
  ])
  func deviceEnds(_ arguments: [String]) throws {
    try Tool.inFolder { tool in
      try tool.write("a = 1\nJ = 2*a", to: "a.grad")
      let result = try tool.run(arguments)
      #expect(result.status == 74, "\(result.messages)")
      #expect(result.output == "")
      #expect(result.messages.contains("help: at most 64 MB are read"), "\(result.messages)")
      #expect(tool.files == ["a.grad"])
    }
  }

  @Test(arguments: [
    "yes 'a = 1' | \"$TOOL\" eval -", "\"$TOOL\" eval - </dev/zero",
    "\"$TOOL\" filter pandoc </dev/zero", "yes | \"$TOOL\" filter mdbook",
    "mkfifo f; yes >f & \"$TOOL\" eval f",
  ])
  func streamEnds(_ line: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(line)
      #expect(result.status == 74)
      #expect(result.output == "")
      #expect(result.messages.contains(Self.message), "\(result.messages)")
    }
  }

  @Test func aThemeEnds() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(
        "ln -s /dev/zero t.json; \"$TOOL\" render -e J=1 -o x.svg --theme t.json")
      #expect(result.status != 0)
      #expect(result.messages.contains("help: at most 64 MB are read"), "\(result.messages)")
      #expect(tool.files == ["t.json"])
    }
  }

  @Test func theStandInEnds() throws {
    try Tool.inFolder { tool in
      let result = try tool.run("ln -s \"$TOOL\" dot; ./dot -Tsvg /dev/zero")
      #expect(result.status == 1)
      #expect(result.messages.contains(Self.message), "\(result.messages)")
    }
  }
}
