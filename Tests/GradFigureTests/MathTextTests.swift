import GradCore
import Testing

@testable import GradFigure

@Suite struct MathTextTests {
  @Test func neighboursOfOneLevelAreOneRun() {
    var text = MathText("a")
    text.append("b")
    text.append("", .raised)
    text.append("2", .raised)
    text.append("n", .raised)
    #expect(text.runs == [.init("ab"), .init("2n", .raised)])
    #expect(text.count == 4)
  }

  @Test func digitsOfUnicodeBecomeRuns() {
    var text = MathText()
    text.append(unicode: "log₁₀")
    #expect(text.runs == [.init("log"), .init("10", .lowered)])
  }

  @Test(
    arguments: [
      ("2", "x²"), ("n+1", "xⁿ⁺¹"), ("a", "x^(a)"), ("−1", "x⁻¹"),
    ] as [(String, String)])
  func powersAsPlainText(_ exponent: String, _ plain: String) {
    var text = MathText("x")
    text.append(exponent, .raised)
    #expect(text.plain == plain)
  }

  @Test func numbersKeepWhatTheyTell() {
    let two = NumberText().text(-2, .partial(4))
    let text: MathText = "x = 3 · \(two.beginning(.signed)) = \(NumberText().text(-6, .value(1)))"
    #expect(text.plain == "x = 3 · (−2) = −6")
    #expect(text.runs.count == 1)
    let slots = text.pieces.compactMap { piece -> NumberSlot? in
      if case .number(let slot) = piece.meaning { slot } else { nil }
    }
    #expect(slots.map(\.value) == [-2, -6])
    #expect(slots.map(\.role) == [.partial(4), .value(1)])
    #expect(slots.map(\.form) == [.signed, .plain])
    #expect(text.lead.plain == "x = 3 · ")
  }

  @Test(
    arguments: [
      (-2, .signed, "(−2)"), (2, .signed, "2"), (1.2e-7, .signed, "1.2e−7"),
      (1.2e-7, .power, "(1.2e−7)"), (-3, .term, " − 3"), (3, .term, " + 3"), (-12, .letters, "⁻¹²"),
      (1.5, .letters, "^(1.5)"),
    ] as [(Double, NumberSlot.Form, String)])
  func aNumberStandsAsItsPlaceWants(_ number: Double, _ form: NumberSlot.Form, _ text: String) {
    #expect(NumberText().text(number).beginning(form).plain == text)
  }

  @Test func smallRunsAreNarrower() {
    var text = MathText("x")
    let base = text.width(size: 20)
    text.append("2", .raised)
    let digit = FontMetrics.width(of: "2", size: 20)
    let added = text.width(size: 20) - base
    #expect(added > digit * 0.6 && added < digit)
  }

  @Test func anIndexAndAnExponentStandOneAboveTheOther() {
    var text = MathName.text("x1")
    text.append("2", .raised)
    text.append(" + 1")
    let (starts, width) = text.placed(size: 20)
    #expect(starts[1].x == starts[2].x)
    // The exponent ends above the index.
    let height = FontMetrics.capitalHeight * 0.7 * 20
    #expect(starts[2].rise > starts[1].rise + height + 1)
    #expect(starts[3].x > starts[2].x)
    #expect(width == text.width(size: 20))
    #expect(text.plain == "x₁² + 1")
    #expect(text.latex == "x_1^2 + 1")
  }

  @Test func anIndexInAnExponentKeepsItsPlace() {
    var text = MathText("2")
    text.append(MathName.text("x1"), isRaised: true)
    #expect(text.runs == [.init("2"), .init("x₁", .raised)])
    #expect(text.plain == "2^(x₁)")
  }

  @Test(
    arguments: [
      (
        "L = −(t₁·log(p₁) + t₂·log(p₂) + t₃·log(p₃) + t₄·log(p₄))", 42,
        "L = −(t₁·log(p₁) + … + t₄·log(p₄))"
      ),
      ("S = x₁ + x₂ + x₃ + x₄ + x₅ + x₆ + x₇ + x₈ + x₉", 30, "S = x₁ + x₂ + x₃ + … + x₈ + x₉"),
      ("out = (z(a) + z(b) + z(c) + z(d)) / 4", 30, "out = (z(a) + … + z(d)) / 4"),
      ("y = a·b·c·d·e·f·g·h·i·j", 14, "y = a·b·…·i·j"),
      ("m = max(alpha, beta, gamma, delta, omega)", 30, "m = max(alpha, beta, …, omega)"),
      ("a_very_long_name_that_nobody_can_shorten", 20, "a_very_long_name_that_nobody_can_shorten"),
      ("y = short", 20, "y = short"),
      (
        "L = gather(t, broadcast(reshape(reshape(multinomial(p)ᵀ, (1,)), (1, 1)), t)[..., :1])", 34,
        "L = gather(t, broadcast(…)[..., :1])"
      ),
    ] as [(String, Int, String)])
  func aLongFormulaLosesItsMiddleTerms(_ text: String, _ limit: Int, _ short: String) {
    var long = MathText()
    long.append(unicode: text)
    #expect(long.shortened(to: limit).plain == short)
  }

  @Test(arguments: 8...60)
  func aShortenedFormulaIsWhole(_ limit: Int) throws {
    let programs = [
      "a=1; b=2; y = exp(-(a*b + b*a)/(2*a**2)) + sin(a)*cos(b) - sqrt(a + b*(a - b)/(a + 1))",
      "a=1; b=2; y = (a - 1)*(1/a - 1/b + (a - 1)*b/(a*b*(a + b)))",
      "p1=1; p2=2; p3=3; y = -(p1*log(p1) + p2*log(p2) + p3*log(p3))/(p1 + p2 + p3)**2",
    ]
    for program in programs {
      let trace = try trace(program)
      let reading = Reading(trace, FigureOptions())
      let full = reading.fullTitle(of: reading.trace.output)
      let short = full.shortened(to: limit)
      var depth = 0
      for letter in short.plain {
        depth += letter == "(" ? 1 : letter == ")" ? -1 : 0
        #expect(depth >= 0)
      }
      #expect(depth == 0, "\(short.plain)")
      #expect(short.count <= full.count)
      // Names and numbers are those of the whole.
      let words = Set(full.plain.split { !$0.isLetter && !$0.isNumber })
      let left = short.plain.split { !$0.isLetter && !$0.isNumber }
      #expect(left.allSatisfy(words.contains), "\(short.plain)")
    }
  }
}
