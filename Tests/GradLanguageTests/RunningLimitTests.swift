import GradCore
import Testing

@testable import GradLanguage

/// Limits of what runs.
@Suite struct RunningLimitTests {
  private func message(_ text: String, statements: Int) throws -> ProgramError? {
    let program = Program(Source("a.grad", text: text))
    var recorder = Recorder(program, Tape(), [], Program.nodeLimit)
    recorder.statementLimit = statements
    do throws(ProgramError) {
      try recorder.run()
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "while True: pass", "k = [0]\nfor i in range(10**9):\n    k[0] = i",
    "k = [i for i in range(10**9)]", "xs = list(range(10**9))", "k = [0]*10**9",
    "def f(n):\n    while True:\n        n = n\n    return n\nxs = [1]\ny = f(xs)",
    "n = 0\nwhile n < 10**9: n = [n][0]",
  ])
  func statements(_ text: String) throws {
    let error = try #require(try message(text, statements: 1000))
    #expect(error.diagnostics.map(\.code) == ["too-many-statements"])
    #expect(error.diagnostics[0].help != nil || error.diagnostics[0].message.contains("too long"))
  }

  @Test func loopsThatMakeNodesEnd() throws {
    let error = #expect(throws: ProgramError.self) {
      try Program(Source("a.grad", text: "x = 2.0\nwhile x > 0:\n    x = x*1.0")).trace(
        nodeLimit: 1000)
    }
    #expect(error?.diagnostics[0].message == "the program expands to more than 1,000 nodes")
    #expect(
      error?.diagnostics[0].help?.hasPrefix(
        "loops are unrolled, and the one in line 2 is in pass 500") == true)
  }
}
