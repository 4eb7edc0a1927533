import GradCore
import GradLanguage
import Testing

/// Expressions of the language as JavaScript; that they compute the same is tested in a browser, by
/// `Tests/Scripts/page.py`.
@Suite struct JavaScriptTests {
  private func script(_ expression: String) -> String? {
    JavaScript(expression) { ["x", "y", "z"].contains($0) ? "v_\($0)" : nil }?.text
  }

  @Test(arguments: [
    ("x + y * z", "v_x + v_y * v_z"),
    ("(x + y) * z", "(v_x + v_y) * v_z"),
    ("x - (y - z)", "v_x - (v_y - v_z)"),
    ("x / (y * z)", "v_x / (v_y * v_z)"),
    // Neither two signs in a row nor a sign before a power is JavaScript as it stands.
    ("-x**2", "-power(v_x, 2)"),
    ("-(-x)", "-(-v_x)"),
    ("x - -y", "v_x - -v_y"),
    ("x - (-1)", "v_x - -1"),
    ("2**3**x", "power(2, power(3, v_x))"),
    ("x if y > 0 else z", "(v_y > 0) ? v_x : v_z"),
    ("(x if y > 0 else z) + 1", "((v_y > 0) ? v_x : v_z) + 1"),
    ("x if y > 0 else y if z == 0 else z", "(v_y > 0) ? v_x : ((v_z === 0) ? v_y : v_z)"),
    ("0 < x <= 1", "(0 < v_x) && v_x <= 1"),
    ("not x > y and z != 0 or True", "(!(v_x > v_y) && (v_z !== 0)) || true"),
    ("where(x > 0, y, z)", "(v_x > 0) ? v_y : v_z"),
    ("torch.exp(x).sin()", "value_sin(value_exp(v_x))"),
    ("clip(x, max=2)", "value_clip(v_x, -Infinity, 2)"),
    ("leaky_relu(x, negative_slope=0.2)", "value_leaky_relu(v_x, 0.2)"),
    ("max(x, y, z)", "value_max(v_x, v_y, v_z)"),
    ("2 * pi * float(x)", "2 * 3.141592653589793 * (v_x)"),
    ("1e-7 * x", "1e-07 * v_x"),
  ]) func expression(_ text: String, _ expected: String) {
    #expect(script(text) == expected)
  }

  @Test(arguments: ["x +", "unknown", "g(x)", "x.y", "'a'", "(x, y)", "x; y", "x\ny = 1", ""])
  func whatJavaScriptWouldNotKnow(_ text: String) {
    #expect(script(text) == nil)
  }

  @Test func definesWhatOperatorsAreComputedBy() {
    let text = JavaScript.definitions(of: [.silu])
    #expect(text.contains("const value_silu = (x) => x * value_sigmoid(x);"))
    #expect(text.contains("const value_sigmoid = (x) =>"))
    #expect(text.contains("const value_exp = primitive(\"exp\");"))
    #expect(text.contains("  \(Opcode.silu.rawValue): { value: value_silu, partials: [(x, z) => "))
    #expect(!text.contains("  \(Opcode.sigmoid.rawValue): {"))
  }

  @Test func everyOperatorHasADefinition() {
    let opcodes = Set(OperatorRow.all.map { $0.opcode })
    let lines = JavaScript.definitions(of: opcodes).split(separator: "\n")
    for type in OperatorRow.all {
      let name = JavaScript.function(of: type.row)
      #expect(lines.count { $0.hasPrefix("const \(name) = ") } == 1, "\(name)")
      #expect(lines.count { $0.hasPrefix("  \(type.opcode.rawValue): {") } == 1, "\(name)")
    }
  }

  @Test func outcomesOfAConditionNameEachOther() {
    let lines = JavaScript.definitions(of: [.where, .whereElse]).split(separator: "\n")
    #expect(
      lines.contains {
        $0.hasPrefix("  \(Opcode.where.rawValue):")
          && $0.contains("other: \(Opcode.whereElse.rawValue)")
      })
    #expect(
      lines.contains {
        $0.hasPrefix("  \(Opcode.whereElse.rawValue):")
          && $0.contains("other: \(Opcode.where.rawValue)")
      })
  }

  @Test func inputsAndConstantsNeedNoDefinition() {
    #expect(JavaScript.definitions(of: [.input, .constant]) == "const operators = {\n};\n")
  }
}

/// The conditions under which a program was recorded.
@Suite struct DecisionTests {
  private func decisions(_ text: String) throws -> [Decision] {
    try Program(Source("test", text: text)).trace().trace.decisions
  }

  @Test func conditionalExpression() throws {
    let found = try decisions("x = 2\ny = 3\nz = x * y if x > y else x + y")
    #expect(found == [Decision(condition: "x > y", holds: false, operands: ["x": 0, "y": 1])])
  }

  @Test func whereNamesTheNodeItChose() throws {
    let text = "x = 2\ny = where(x > 1, 3 * x, x)"
    let trace = try Program(Source("test", text: text)).trace().trace
    #expect(
      trace.decisions == [
        Decision(condition: "x > 1", holds: true, operands: ["x": 0], node: trace.output)
      ])
  }

  @Test func namesMeanTheVersionsOfTheirTime() throws {
    let text = "x = 2\nx = x + 1\ny = x if x > 2 else -x\nx = 0 * y"
    let found = try decisions(text)
    #expect(found.map(\.operands) == [["x": 2]])
  }

  @Test func parametersAreTheArguments() throws {
    let text = "def f(a):\n  return a if a > 0 else 0 * a\nx = 2\ny = -5 * x\nz = f(x) + f(y)"
    let trace = try Program(Source("test", text: text)).trace().trace
    let x = try #require(trace.index(of: "x"))
    let y = try #require(trace.index(of: "y"))
    #expect(trace.decisions.map(\.operands) == [["a": x], ["a": y]])
    #expect(trace.decisions.map(\.holds) == [true, false])
  }

  @Test func whatNeverChangesIsNotRemembered() throws {
    #expect(try decisions("x = 1 if 2 > 1 else 3\ny = 2 * x").isEmpty)
  }
}
