import GradCore
import GradLanguage
import Testing

/// Names that are one in Python are one here, however they are typed.
@Suite struct NameFormTests {
  @Test(
    arguments: [
      ("µ", "μ"), ("ϵ", "ε"), ("ϕ", "φ"), ("ϑ", "θ"), ("ｘ", "x"), ("ｘ１", "x1"), ("𝜎", "σ"),
      ("𝐱", "x"), ("ﬁt", "fit"), ("K", "K"), ("Å", "Å"), ("ª", "a"), ("xₐ", "xa"), ("xⁿ", "xn"),
      ("é", "e\u{301}"), ("ﻎ", "غ"), ("ⅳ", "iv"),
    ])
  func areOne(_ a: String, _ b: String) {
    #expect(NameForm.areEqual(a, b), "\(a), \(b)")
  }

  @Test(arguments: [("σ", "ς"), ("x", "X"), ("ı", "i"), ("α", "a"), ("權", "权"), ("x1", "x₁")])
  func areTwo(_ a: String, _ b: String) {
    #expect(!NameForm.areEqual(a, b), "\(a), \(b)")
  }

  @Test func theFirstSpellingIsShown() throws {
    let program = Program(Source("case", text: "µ = 2\nｙ = 3*μ\nz = y + µ"))
    let trace = try program.trace().trace
    #expect(trace.nodes.compactMap(\.name) == ["µ", "ｙ", "z"])
    #expect(trace["μ"]?.derivative == 4)
    #expect(trace["y"]?.value == 6)
    #expect(trace.nodes.map(\.expression).contains("3 * µ"))
  }

  @Test func settingsAndOutputsMeanTheSameName() throws {
    let program = Program(Source("case", text: "µ = 2\nϵ = 3*μ\nz = 2*ε"))
    let settings = try InputValue.parse(Source("--set", text: "μ=5"))
    let trace = try program.trace(settings: settings, of: "ε").trace
    #expect(trace.nodes[trace.output].name == "ϵ")
    #expect(trace.nodes[trace.output].value == 15)
    let unassigned = Program(Source("case", text: "z = 2*ｋ"))
    let given = try unassigned.trace(settings: InputValue.parse(Source("--set", text: "k=4"))).trace
    #expect(given["z"]?.value == 8)
    #expect(given.nodes[0].name == "ｋ")
  }

  @Test func functionsAreFoundByTheSameNames() throws {
    let text = "x = 0.5\ny = ｅｘｐ(x) + 𝜎(x)\ndef ϕ(ε): return 2*ϵ\nz = φ(x)"
    let trace = try Program(Source("case", text: text)).trace().trace
    #expect(trace["z"]?.value == 1)
    var folding = Folding()
    folding.opened = ["φ"]
    #expect(trace.selection(.statements, folding).isOpen == [true])
  }

  @Test func aSecondSpellingAssignsANewVersion() throws {
    let trace = try Program(Source("case", text: "x = 2\nｘ = x*x")).trace().trace
    #expect(trace.nodes.map(\.id) == ["x", "x@2"])
  }
}
