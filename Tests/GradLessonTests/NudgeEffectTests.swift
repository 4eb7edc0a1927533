import GradFigure
import Testing

@testable import GradLesson

/// Nudges: the numbers of the lectures, without floating-point dust.
@Suite struct NudgeEffectTests {
  private func effect(_ program: String, _ name: String, by amount: Double = 0.001) throws
    -> NudgeEffect
  {
    try #require(try NudgeEffect(trace(program), Nudge(name, by: amount)))
  }

  @Test(arguments: [
    ("a", ["a: 5 → 5.001", "v: 11 → 11.001", "J: 33 → 33.003"], 3.0),
    ("b", ["b: 3 → 3.001", "u: 6 → 6.002", "v: 11 → 11.002", "J: 33 → 33.006"], 6),
    ("c", ["c: 2 → 2.001", "u: 6 → 6.003", "v: 11 → 11.003", "J: 33 → 33.009"], 9),
    ("u", ["u: 6 → 6.001", "v: 11 → 11.001", "J: 33 → 33.003"], 3),
    ("v", ["v: 11 → 11.001", "J: 33 → 33.003"], 3),
  ])
  func lectureNudges(_ name: String, _ changes: [String], _ derivative: Double) throws {
    let effect = try effect(lecture, name)
    #expect(
      effect.changes.map { "\($0.name.plain): \($0.text.before.plain) → \($0.text.after.plain)" }
        == changes)
    #expect(effect.quotient == derivative)
    #expect(effect.derivative == derivative)
  }

  @Test func theLabNetwork() throws {
    let effect = try effect("w=3; a=2+3*w; J=a**2", "w")
    #expect(effect.changes.map(\.text.after.plain) == ["3.001", "11.003", "121.066009"])
    #expect(effect.change == 0.066009)
    #expect(effect.quotientChain.map(\.plain) == ["ΔJ/Δw", "0.066009 / 0.001", "66.009"])
    #expect(effect.derivativeChain.map(\.plain) == ["dw", "66"])
  }

  @Test func longNumbersShowTheirDifference() throws {
    let effect = try effect("z=1; a=sigmoid(z)", "z")
    #expect(effect.changes[1].text.before.plain == "0.73106")
    #expect(effect.changes[1].text.after.plain == "0.73126")
  }

  @Test func whatDoesNotChangeIsNotListed() throws {
    let effect = try effect("x=-2; y=relu(x); z=y+x", "x")
    #expect(effect.changes.map(\.id) == ["x", "z"])
    #expect(try effect.quotient == self.effect("x=-2; y=relu(x); z=y+x", "x", by: -0.5).quotient)
  }

  @Test func anOutputThatStaysHasAQuotientOfZero() throws {
    let effect = try effect("x=-2; y=relu(x)", "x")
    #expect(effect.change == 0 && effect.quotient == 0 && effect.derivative == 0)
  }

  @Test func anUnknownNameHasNoEffect() throws {
    #expect(try NudgeEffect(trace(lecture), Nudge("q", by: 1)) == nil)
  }

  @Test func formats() throws {
    let effect = try effect(lecture, "u")
    #expect(
      NudgeFormat.table.write(effect) == """
        u   6  →  6.001
        v  11  →  11.001
        J  33  →  33.003

        ΔJ/Δu = 0.003 / 0.001 = 3
        du = 3

        """)
    #expect(NudgeFormat.markdown.write(effect).contains("| $J$ | $33$ | $33.003$ | $0.003$ |"))
    let json = NudgeFormat.json.write(effect)
    #expect(json.contains("\"quotient\": 3,\n"))
    #expect(json.contains("{\"id\": \"u\", \"before\": 6, \"after\": 6.001, \"change\": 0.001,"))
  }
}
