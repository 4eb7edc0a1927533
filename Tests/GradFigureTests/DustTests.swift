import GradCore
import Testing

@testable import GradFigure

/// Sums that are zero but for rounding are shown as zero, and a trace keeps their digits.
@Suite struct DustTests {
  private let programs = [
    "m = 4.65e-26; v = sqrt(1.2e-20/m); E = 0.5*m*v**2",
    "x = 0.7; y = sin(x)**2; z = cos(x)**2; u = y + z",
    "x = 0.7; u = sin(x)**2 + cos(x)**2; J = 3*u",
  ]

  @Test func whatCancelsIsZero() throws {
    for program in programs {
      let figure = try figure(program)
      let text = figure.summary + figure.texts(.derivative).joined() + figure.labelTexts.joined()
      #expect(!text.contains("e−1"), "\(program): \(text)")
      for step in Reading(try trace(program)).steps where step.pass == .backward {
        #expect(!step.sentence.contains("e−1"), "\(step.sentence)")
      }
    }
  }

  @Test func aZeroGoesOnAsZero() throws {
    let figure = try figure("k = 2; x = 0.7; y = x*k; s = sin(y)**2; c = cos(y)**2; J = s + c + k")
    #expect(figure.texts(.derivative).contains { $0.hasPrefix("dy = ") && $0.hasSuffix(" = 0") })
    #expect(figure.texts(.derivative)[0] == "dk = 0 + 1 = 1")
    #expect(figure.texts(.derivative)[1] == "dx = 0")
  }

  @Test func theTraceKeepsItsDigits() throws {
    let trace = try trace("x = 0.7; u = sin(x)**2 + cos(x)**2; J = 3*u")
    let clear = trace.withoutDust()
    #expect(clear.nodes.map(\.value) == trace.nodes.map(\.value))
    let lecture = try GradFigureTests.trace(colah)
    #expect(lecture.withoutDust() == lecture)
    let tangents = lecture.tangents(by: 1)
    #expect(lecture.tangentsWithoutDust(by: 1) == tangents)
  }
}
