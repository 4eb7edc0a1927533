import GradCore
import GradLanguage
import Testing

/// Texts that are no programs but traces.
@Suite struct GivenTraceTests {
  private static let json = """
     {"nodes": [{"id": "x", "value": 3}, {"id": "J", "operation": "square"}],
      "edges": [{"from": "x", "to": "J"}]}
    """

  private func diagnostics(_ action: () throws(ProgramError) -> Void) -> [Diagnostic] {
    do throws(ProgramError) {
      try action()
      return []
    } catch {
      return error.diagnostics
    }
  }

  @Test func itIsReadLikeAProgram() throws {
    let program = Program(Source("trace.json", text: Self.json))
    #expect(program.isTrace && program.options.isEmpty && program.diagnostics().isEmpty)
    #expect(try program.trace().trace["x"]?.derivative == 6)
    #expect(try program.trace(of: "x").trace["J"]?.isUnused == true)
  }

  @Test func whatIsWrongHasAPathAndAPlace() throws {
    let text = Self.json.split(separator: "x\", \"to").joined(separator: "y\", \"to")
    let found = diagnostics { () throws(ProgramError) in
      _ = try Program(Source("trace.json", text: text)).trace()
    }
    #expect(found.map(\.code) == ["bad-trace"])
    #expect(found.first?.message == "$.edges[0].from: no node has the id 'y'")
    #expect(found.first?.span?.start == Labels.Place(line: 2, column: 22))
  }

  @Test func brokenJSONHasAPlace() throws {
    let found = Program(Source("trace.json", text: "{\n\"nodes\" []}")).diagnostics()
    #expect(found.first?.span?.start == Labels.Place(line: 2, column: 9))
    #expect(found.first?.message.hasPrefix("$: no JSON: ':' is missing") == true)
  }

  @Test func whatRunsAProgramIsRefused() throws {
    let program = Program(Source("trace.json", text: Self.json))
    let found = [
      diagnostics { () throws(ProgramError) in _ = try program.evaluator() },
      diagnostics { () throws(ProgramError) in _ = try program.record(on: Tape()) },
      diagnostics { () throws(ProgramError) in _ = try program.trace(settings: [InputValue("x", 4)])
      },
    ]
    #expect(
      found.map { $0.map(\.code) } == [["needs-program"], ["needs-program"], ["needs-program"]])
    #expect(
      found[2][0].message == "--set needs the program; a trace has the numbers of one run alone")
  }
}
