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

  @Test func smallRunsAreNarrower() {
    var text = MathText("x")
    let base = text.width(size: 20)
    text.append("2", .raised)
    let digit = FontMetrics.width(of: "2", size: 20)
    let added = text.width(size: 20) - base
    #expect(added > digit * 0.6 && added < digit)
  }

  @Test(arguments: 5...40)
  func aLongTextIsCutInTheMiddle(_ limit: Int) {
    var text = MathText("abcdefghij")
    text.append("123", .lowered)
    text.append("klmnopqrstuvwxyz")
    let short = text.shortened(to: limit)
    if limit >= text.count {
      #expect(short == text)
    } else {
      #expect(short.count == limit)
      #expect(short.plain.contains("…"))
      #expect(short.plain.hasPrefix("ab"))
      #expect(short.plain.hasSuffix("z"))
    }
  }
}
