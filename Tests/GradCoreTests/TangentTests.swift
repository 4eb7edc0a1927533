import GradCore
import TestSupport
import Testing

/// Forward mode and the replay of a trace, against the backward sweep and the recording.
@Suite struct TangentTests {
  /// A computation with forks, a selection and an unused part; its inputs come first.
  private func recorded(_ tape: Tape, _ inputs: [Double]) -> Variable {
    let x = inputs.enumerated().map { tape.input($1, "x\($0)") }
    let u = x[0] * x[1] + sin(x[0])
    let v = max(u, x[2]) / (1 + exp(-x[1]))
    _ = log(u * u)
    return u * v + select(true, x[2], u)
  }

  @Test func forwardAgreesWithBackward() {
    var random = SeededRandom(seed: 4)
    for _ in 0..<50 {
      let tape = Tape()
      let output = recorded(tape, (0..<3).map { _ in Double.random(in: -3...3, using: &random) })
      let trace = tape.trace(of: output)
      for input in 0..<3 {
        let tangents = trace.tangents(by: input)
        expectClose(tangents[trace.output], trace.nodes[input].derivative, tolerance: 1e-12)
        #expect(tangents == tape.tangents(by: tape.node(input)))
        #expect(tangents[input] == 1)
      }
    }
  }

  @Test func whatComesBeforeTheSeedHasNoTangent() {
    let tape = Tape()
    let x = tape.input(3, "x")
    let y = x * x
    let z = y * x
    let trace = tape.trace(of: z)
    #expect(trace.tangents(by: Int(y.index)) == [0, 1, 3])
    #expect(trace.reached(from: Int(y.index)) == [false, true, true])
  }

  @Test func zeroTimesInfinityIsZero() {
    let tape = Tape()
    let x = tape.input(0, "x")
    let y = tape.input(2, "y")
    let root = sqrt(x)
    let z = root * y
    let trace = tape.trace(of: z)
    #expect(trace.tangents(by: Int(y.index)) == [0, 1, 0, 0])
    #expect(tape.tangents(by: y) == [0, 1, 0, 0])
    #expect(trace.tangents(by: Int(x.index))[2] == .infinity)
  }

  @Test func aReplayIsARecordingWithOtherInputs() {
    let tape = Tape()
    let trace = tape.trace(of: recorded(tape, [1, 2, -1]))
    let other = Tape()
    let expected = other.trace(of: recorded(other, [1, 2.5, -1]))
    #expect(trace.values(moving: 1, to: NumberArray(2.5)).numbers == expected.nodes.map(\.value))
    #expect(trace.values(moving: 1, to: NumberArray(2)).numbers == trace.nodes.map(\.value))
  }

  @Test func aMovedResultHoldsWhatItIsComputedFrom() {
    let tape = Tape()
    let b = tape.input(3, "b")
    let c = tape.input(2, "c")
    let u = b * c
    let trace = tape.trace(of: u + 5)
    #expect(
      trace.values(moving: Int(u.index), to: NumberArray(6.5)).numbers == [3, 2, 6.5, 5, 11.5])
  }
}
