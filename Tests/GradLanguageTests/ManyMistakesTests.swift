import GradCore
import TestSupport
import Testing

@testable import GradLanguage

/// Programs with more mistakes than anybody reads.
@Suite struct ManyMistakesTests {
  /// A program of `count` mistakes of one kind.
  struct Kind: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var code: String
    var text: @Sendable (_ count: Int) -> String

    init(_ code: String, _ head: String = "", _ line: @escaping @Sendable (Int) -> String) {
      (testDescription, self.code) = (code, code)
      text = { count in head + (0..<count).map { line($0) + "\n" }.joined() }
    }
  }

  static let kinds = [
    Kind("undefined-name") { "y\($0) = q\($0) * \($0)" },
    Kind("unknown-function") { "y\($0) = sine\($0)(\($0))" },
    Kind("unexpected-character") { "y\($0) = 1 \(Unicode.Scalar(0x2500 + UInt32($0)) ?? "x")" },
    Kind("wrong-arguments", "def f(x): return x\n") { "y\($0) = f(1, 2)" },
    Kind("unknown-keyword", "def f(x): return x\n") { "y\($0) = f(z\($0)=1)" },
    Kind("not-a-function", "y = 1\n") { "y\($0) = y(1)" },
    Kind("function-as-value") { "y\($0) = sin" },
    Kind("unknown-attribute", "y = 1\n") { "y\($0) = y.a\($0)" },
    Kind("comparison-as-value", "y = 1\n") { "y\($0) = y < \($0)" },
    Kind("invalid-target") { "\($0) = 1" },
    Kind("tuple-count") { "a\($0), b\($0) = 1, 2, 3" },
    Kind("expected-expression") { "y\($0) = " },
    Kind("missing-operator", "a = 1\n") { "y\($0) = a a" },
    Kind("malformed-number") { "y\($0) = 1.2.\($0)" },
    Kind("unterminated-string") { "y\($0) = 'a" },
    Kind("unmatched-bracket") { "y\($0) = 1)" },
    Kind("missing-return") { "def f\($0)(x):\n  y = x" },
    Kind("duplicate-parameter") { "def f\($0)(x, x): return x" },
    Kind("recursion") { "def f\($0)(x): return f\($0)(x)" },
  ]

  @Test(arguments: kinds) func theRestIsCounted(kind: Kind) {
    let diagnostics = Program(Source("a.grad", text: kind.text(400))).diagnostics()
    let errors = diagnostics.filter { $0.severity == .error }
    #expect(errors.count { $0.code == kind.code } == 100)
    #expect(diagnostics.last?.code == "more")
    #expect(diagnostics.last?.count ?? 0 >= 300)
    #expect(diagnostics.count == 101)
  }

  @Test func manyAreNamedWithoutAPlace() throws {
    let text = Self.kinds[0].text(1_000)
    let error = #expect(throws: ProgramError.self) {
      try Program(Source("a.grad", text: text)).trace()
    }
    let diagnostics = try #require(error?.diagnostics)
    let printed = DiagnosticPrinter.text.print(diagnostics, false)
    #expect(printed.hasSuffix("a.grad: error: and 900 more [more]\n"))
    let json = DiagnosticPrinter.json.print(diagnostics, false)
    #expect(json.contains("\"code\": \"more\", \"message\": \"and 900 more\""))
    #expect(json.contains("\"count\": 900"))
  }

  @Test func anErrorAfterManyWarningsIsFound() {
    let text = "y = 1\n" + String(repeating: "y * 2\n", count: 300) + "z = q\nz"
    let diagnostics = Program(Source("a.grad", text: text)).diagnostics()
    #expect(diagnostics.count == 101)
    #expect(diagnostics[99].code == "undefined-name")
    #expect(diagnostics[100].message == "and 201 more")
  }

  @Test func manySettingsOfNothing() throws {
    let program = Program(Source("a.grad", text: "alpha = 1\ny = alpha * 2"))
    let settings = (0..<1_500).map { InputValue("alph\($0)", 1) }
    let diagnostics = program.diagnostics(settings: settings)
    #expect(diagnostics.count == 101)
    #expect(diagnostics[0].code == "unknown-setting")
    #expect(diagnostics[0].help == "did you mean 'alpha'?")
    #expect(diagnostics[100].count == 1_400)
  }

  @Test func countsAddUp() {
    let many = (0..<90).map { Diagnostic(.error, code: "x", "\($0)", file: "a") }
    let once = Diagnostic.limited(many, andMore: 20, file: "a")
    #expect(once.count == 91)
    #expect(Diagnostic.limited(many, file: "a") == many)
    let twice = Diagnostic.limited(once + once, file: "both")
    #expect(twice.count == 101)
    #expect(twice[100].message == "and 120 more")
    #expect(twice[100].file == "both")
  }

  /// The hint is the last of the nearest names, however many there are.
  @Test func hintsAmongManyNames() {
    let text = (0..<3_000).map { "weight\($0) = 1\n" }.joined() + "y = wieght7 + weight_2999"
    let helps = Program(Source("a.grad", text: text)).diagnostics().compactMap(\.help)
    #expect(helps == ["did you mean 'weight7'?", "did you mean 'weight2999'?"])
  }

  @Test(arguments: [
    ".a", ".np", ".data", ".a()", ".np()", "()", ".sum()", ".item()", ".a(1)", "[0]", ".T", ".grad",
  ])
  func longChainsEnd(link: String) {
    for base in ["q", "np", "x"] {
      let text = "x = 1\ny = \(base)" + String(repeating: link, count: 600)
      let program = Program(Source("a.grad", text: text))
      // Which functions of arrays take nothing is known once they are called.
      let isRefused = !program.diagnostics().isEmpty || (try? program.trace()) == nil
      #expect(isRefused || base == "x")
    }
  }
}
