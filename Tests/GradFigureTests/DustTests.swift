import GradCore
import TestSupport
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

  /// Without what has cancelled, a derivative is the sum of its terms as they then are.
  @Test func whatIsLeftStillAddsUp() throws {
    // What comes to t over u is dust, and goes; the rest is 10⁻³⁰.
    let between = "k = 1e-7; t = k*x; u = t + 1; s = sin(u)**2 + cos(u)**2"
    let scalars = try trace("x = 0.7; \(between); J = s + 1e-30*t").withoutDust()
    let arrays = try trace("x = [0.7, 0.1]; \(between); J = sum(s + 1e-30*t)").withoutDust()
    let t = try #require(scalars.nodes.firstIndex { $0.name == "t" })
    #expect(scalars.nodes[t].derivative == 1e-30)
    for trace in [scalars, arrays] {
      for index in trace.nodes.indices where index != trace.output {
        let edges = trace.edges.filter { $0.source == index }
        if edges.isEmpty { continue }
        if let derivative = trace.nodes[index].arrayDerivative {
          let terms = edges.compactMap { $0.arrayContribution?.entries }
          let sums = derivative.entries.indices.map { place in
            terms.reduce(0) { $0 + $1[place] }
          }
          #expect(derivative.entries == sums, "\(trace.nodes[index])")
        } else {
          let sum = edges.reversed().reduce(0) { $0 + $1.contribution }
          #expect(trace.nodes[index].derivative == sum, "\(trace.nodes[index])")
        }
      }
    }
  }

  /// Terms and a total of all sizes, also of a trace that another tool wrote, whose total is no sum.
  @Test func numbersOfAllSizesAreWritten() {
    let seed = UInt64.random(in: 0 ... .max)
    var generator = SeededRandom(seed: seed)
    func number() -> Double {
      let size = Double.random(in: 1..<10, using: &generator)
      let exponent = Int.random(in: -330...307, using: &generator)
      return Bool.random(using: &generator) ? 0 : size * Double("1e\(exponent)")!
    }
    for precision in 1...15 {
      let numbers = NumberText(precision: precision)
      for _ in 0..<200 {
        let terms = (0..<Int.random(in: 2...4, using: &generator)).map { _ in number() }
        for total in [number(), terms.reduce(0, +)] {
          let digits = numbers.digits(ofSum: terms, total)
          #expect((terms + [total]).allSatisfy { !numbers($0, digits).isEmpty }, "seed \(seed)")
        }
      }
    }
  }
}
