import Testing

@testable import GradLanguage

/// Recordings that nobody waits for any more.
@Suite struct PatienceTests {
  private func codes(_ text: String, _ patience: Patience) -> [String] {
    let program = Program(Source("test", text: text)).recorded(with: patience)
    do throws(ProgramError) {
      _ = try program.trace()
      return []
    } catch {
      return error.diagnostics.map(\.code)
    }
  }

  @Test(arguments: [
    "x = 1\nwhile x > 0:\n    x = x + 1\n",
    "x = 1\ny = x\(String(repeating: " + x", count: 2000))",
  ])
  func aLongProgramIsInterrupted(_ text: String) {
    #expect(codes(text, Patience(nodes: 1_000_000) { false }) == ["interrupted"])
  }

  @Test func whoWaitsGetsTheNumbers() {
    #expect(codes("x = 1\ny = x * 2", Patience(nodes: 10) { false }).isEmpty)
    #expect(codes("x = 1\ny = x + 1 + 2 + 3", Patience(nodes: 3) { true }) == ["too-many-nodes"])
  }
}
