import GradCore
import GradLanguage
import Testing

/// Values from outside, outputs by name, option lines and repeated evaluation.
@Suite struct InputValueTests {
  private func program(_ text: String) -> Program { Program(Source("test", text: text)) }

  private func settings(_ text: String) throws(ProgramError) -> [InputValue] {
    try InputValue.parse(Source("--set", text: text))
  }

  private func codes(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch {
      return (error as? ProgramError)?.diagnostics.map { "\($0.code): \($0.message)" } ?? ["other"]
    }
  }

  @Test func settingsAreClosedExpressions() throws {
    #expect(
      try settings("a=5, b=1/3,c=-max(2,sqrt(4))") == [
        InputValue("a", 5), named("b", 1.0 / 3, "1 / 3"), named("c", -2, "-max(2, sqrt(4))"),
      ])
    #expect(codes { _ = try settings("a") } == ["invalid-setting: a setting is written NAME=VALUE"])
    #expect(codes { _ = try settings("") } == ["invalid-setting: a setting is written NAME=VALUE"])
    #expect(codes { _ = try settings("a=b") } == ["undefined-name: 'b' is not defined"])
    #expect(
      codes { _ = try settings("a=2 3") } == [
        "missing-operator: an operator is missing between '2' and '3'"
      ])
    #expect(
      codes { _ = try settings("a=") } == [
        "expected-expression: an expression is missing after '='"
      ])
  }

  private func named(_ name: String, _ value: Double, _ spelling: String) -> InputValue {
    var setting = InputValue(name, value)
    setting.spelling = spelling
    return setting
  }

  @Test func inputsAreSet() throws {
    let program = program("b = 3\nu = b*b\nb = 7\nv = b*u")
    let trace = try program.trace(settings: settings("b=3.001")).trace
    #expect(trace["b"]?.value == 3.001)
    #expect(trace["b"]?.expression == "3.001")
    #expect(trace["b@2"]?.value == 7)
  }

  @Test func namesThatNothingAssignsAreDeclared() throws {
    let program = program("def f(x): return k*x\ny = a * f(b)\n")
    #expect(
      program.diagnostics().map(\.code) == ["undefined-name", "undefined-name", "undefined-name"])
    let trace = try program.trace(settings: settings("b=2,k=4,a=3")).trace
    #expect(trace.nodes.prefix(3).map(\.id) == ["k", "a", "b"])
    #expect(trace["y"]?.value == 24)
    #expect(trace["k"]?.place == Labels.Place(line: 1, column: 18))
    let constant = try self.program("y = 2*pi").trace(settings: settings("pi=3")).trace
    #expect(constant["y"]?.value == 6)
  }

  @Test func wrongSettings() throws {
    let program = program("a = 2\nu = a*a\ndef f(x): return x\nu = 4")
    #expect(
      codes { _ = try program.trace(settings: settings("u=3")) } == [
        "computed-setting: 'u' is computed and cannot be set to 3"
      ])
    #expect(
      codes { _ = try program.trace(settings: settings("q=3")) } == [
        "unknown-setting: the program has no input 'q'"
      ])
    #expect(
      codes { _ = try program.trace(settings: settings("f=3")) } == [
        "computed-setting: 'f' is a function and cannot be set"
      ])
  }

  /// Names that are computed are no settings.
  @Test func aWrongSettingNamesTheInputs() throws {
    for (text, setting, help) in [
      ("rate = 2\nrates = rate*rate", "ratee=1", "did you mean 'rate'?"),
      ("rate = 2\nv = rate*rate", "w=1", "its input is rate"),
      ("rate = 2\nb = 1\nu = rate*b", "rat=1", "did you mean 'rate'?"),
      ("rate = 2\nsize = 1\nu = rate*size", "v=1", "its inputs are rate, size"),
    ] {
      let error = #expect(throws: ProgramError.self) {
        try program(text).trace(settings: settings(setting))
      }
      #expect(error?.diagnostics.map(\.help) == [help])
    }
  }

  @Test func wrongOutputs() throws {
    let program = program("alpha = 2\nu = alpha*alpha\ndef f(x): return x")
    for (name, help) in [
      ("alhpa", "did you mean 'alpha'?"), ("q", "did you mean 'u'?"),
      ("nothing", "the program names alpha, u"),
    ] {
      let error = #expect(throws: ProgramError.self) { try program.trace(of: name) }
      #expect(error?.diagnostics.map(\.code) == ["unknown-output"])
      #expect(error?.diagnostics.map(\.help) == [help])
      #expect(error?.diagnostics[0].span == nil)
    }
  }

  @Test func outputsById() throws {
    let program = program("def f(x):\n  y = x*x\n  return y + 1\na = 2\nJ = f(a)\na = 3*a")
    for (id, value) in [("f#1.y", 4.0), ("J", 5.0), ("a@2", 6.0), ("a", 6.0)] {
      let trace = try program.trace(of: id).trace
      #expect(trace.nodes[trace.output].value == value, "\(id)")
    }
  }

  @Test func evaluatedAgain() throws {
    let evaluator = try program(
      """
      def f(x):
        k = 2
        return k*x
      a = 3; b = 1/2
      y = f(a) if a > 1 else f(f(b))
      """
    ).evaluator()
    #expect(evaluator.inputs.map(\.name) == ["a", "b"])
    #expect(evaluator.inputs.map(\.value) == [3, 0.5])
    #expect(evaluator.inputs.map(\.node) == [0, 1])
    #expect(try evaluator.value(at: [3, 0.5]) == 6)
    #expect(try evaluator.value(at: [0, 5]) == 20)
    #expect(try evaluator.value(at: [2, 5]) == 4)
    #expect(try evaluator.trace(at: [0, 5])["b"]?.derivative == 4)
  }

  @Test func optionLines() throws {
    let program = program(
      """
      # first
      #: --style circuit --decimals 2

        #:--title "a 'b' \\"c\\"" 'it is' x\\ y ""
      a = 1
      #: --late
      """)
    #expect(
      program.options.map(\.text) == [
        "--style", "circuit", "--decimals", "2", "--title", "a 'b' \"c\"", "it is", "x y", "",
      ])
    #expect(program.options.map(\.span.start.column) == [4, 12, 20, 31, 5, 13, 27, 35, 40])
    #expect(program.options.map(\.span.start.line) == [2, 2, 2, 2, 4, 4, 4, 4, 4])
    #expect(program.diagnostics().map(\.code) == ["late-options"])
  }
}
