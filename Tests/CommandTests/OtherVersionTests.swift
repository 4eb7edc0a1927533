import Foundation
import Testing

#if os(Linux)
/// The program where Graphviz says that it is of another version than the one it was built with.
@Suite struct OtherVersionTests {
  /// Runs a line of shell with a Graphviz that says that it is 12.1.2.
  private func run(_ tool: Tool, _ line: String) throws -> Tool.Result {
    try tool.write("const char *gvcVersion(void *gvc) { return \"12.1.2\"; }\n", to: "other.c")
    let made = try tool.run("cc -shared -fPIC -o other.so other.c")
    try #require(made.status == 0, "\(made.messages)")
    try tool.write("x = 2\ny = x * x\n", to: "p.grad")
    let library = tool.folder.appending(path: "other.so").path
    return try tool.run("LD_PRELOAD='\(library)'; export LD_PRELOAD; \(line)")
  }

  @Test(arguments: ["svg", "png", "pdf", "eps", "tikz", "typ", "drawio", "jpg", "dot"])
  func everyFormatIsDrawn(_ format: String) throws {
    try Tool.inFolder { tool in
      let result = try run(tool, "\"$TOOL\" render p.grad -T \(format)")
      #expect(result.status == 0)
      #expect(result.messages == "")
    }
  }

  @Test(arguments: ["pdf", "gif", "pptx"])
  func framesAreDrawnToo(_ format: String) throws {
    try Tool.inFolder { tool in
      let result = try run(tool, "\"$TOOL\" frames p.grad -o p.\(format)")
      #expect(result.status == 0)
      #expect(tool.read("p.\(format)") != nil)
    }
  }

  @Test func theDoctorSaysSo() throws {
    try Tool.inFolder { tool in
      let result = try run(tool, "\"$TOOL\" doctor")
      #expect(result.status == 0)
      #expect(result.output.contains("ok  Graphviz"))
      #expect(result.output.contains("12.1.2"))
      #expect(result.output.contains("built with "))
    }
  }

  @Test func aPictureOfAnotherVersionIsNamedByACheck() throws {
    try Tool.inFolder { tool in
      let result = try run(
        tool,
        "\"$TOOL\" render p.grad && unset LD_PRELOAD && \"$TOOL\" render p.grad --check")
      #expect(result.status == 1)
      #expect(
        result.messages.contains("'p.svg' is out of date: drawn with Graphviz 12.1, this is "))
      // Another program or a change by hand weighs more.
      let other = try tool.run(["render", "p.grad", "--check", "--set", "x=3"])
      #expect(other.messages.contains("'p.svg' is out of date ["))
      #expect(try tool.run(["render", "p.grad"]).status == 0)
      #expect(try tool.run(["render", "p.grad", "--check"]).status == 0)
    }
  }
}
#endif
