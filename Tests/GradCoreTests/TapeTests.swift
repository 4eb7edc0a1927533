import GradCore
import TestSupport
import Testing

@Suite struct TapeTests {
  @Test func theLecture() throws {
    let tape = Tape()
    let a = tape.input(5, "a")
    let b = tape.input(3, "b")
    let c = tape.input(2, "c")
    let u = (b * c).named("u")
    let v = (a + u).named("v")
    let trace = tape.trace(of: (3 * v).named("J"))
    #expect(trace.nodes.map(\.id) == ["a", "b", "c", "u", "v", "k1", "J"])
    #expect(trace.nodes.map(\.value) == [5, 3, 2, 6, 11, 3, 33])
    #expect(trace.nodes.map(\.derivative) == [3, 6, 9, 3, 3, 11, 1])
    #expect(trace.nodes.map(\.expression) == ["5", "3", "2", "b * c", "a + u", "3", "3 * v"])
    #expect(trace.detailed(.statements).edges.map(\.partial) == [2, 3, 1, 1, 3])
  }

  @Test func recordsAgainAfterReset() {
    let tape = Tape()
    for round in 1...3 {
      let x = tape.input(Double(round), "x")
      let z = x * x
      #expect(tape.nodeCount == 2)
      #expect(tape.gradient(of: z) == [Double(2 * round), 1])
      tape.reset()
      #expect(tape.nodeCount == 0)
      #expect(tape.edgeCount == 0)
      #expect(tape.labels.names.isEmpty)
    }
  }

  @Test func growsFromNothing() {
    let tape = Tape()
    let x = tape.input(1)
    let wide = Variable.applying(Operators.Max.self, to: Array(repeating: x, count: 10_000))
    #expect(tape.edgeCount == 10_000)
    expectClose(tape.gradient(of: wide)[0], 1, tolerance: 1e-12)
    #expect(Variable.applying(Operators.Max.self, to: [wide]).value == 1)
  }

  @Test func aSharedNodeAddsItsPaths() {
    let tape = Tape()
    let x = tape.input(3)
    #expect(tape.gradient(of: x * x + x)[0] == 7)
  }

  @Test func zeroTimesInfinityIsZero() {
    let tape = Tape()
    let x = tape.input(0)
    // A derivative of 0 meets an infinite partial.
    let root = sqrt(x)
    #expect(tape.gradient(of: root * 0 + x)[0] == 1)
    // A partial of 0 meets an infinite derivative.
    #expect(tape.gradient(of: sqrt(stopGradient(x)))[0] == 0)
    let trace = tape.trace(of: sqrt(stopGradient(x)))
    #expect(trace.edges.allSatisfy { !$0.contribution.isNaN })
  }

  @Test func aMillionNodesNeedNoRecursion() {
    let tape = Tape()
    let x = tape.input(0.5)
    var z = x
    for _ in 0..<100_000 { z = sin(z) + x }
    let gradient = tape.gradient(of: z)
    #expect(gradient.count == 200_001)
    #expect(gradient[0].isFinite)
    let trace = tape.trace(of: z)
    #expect(trace.nodes.count == 200_001)
    #expect(trace.nodes[0].derivative == gradient[0])
  }

  @Test func aDeepChainContractsWithoutRecursion() {
    let tape = Tape()
    let x = tape.input(0.5)
    var z = x
    for _ in 0..<100_000 { z = sin(z) }
    let trace = tape.trace(of: z).detailed(.statements)
    #expect(trace.nodes.count == 2)
    expectClose(trace.edges[0].partial, trace.nodes[0].derivative, tolerance: 1e-12)
    #expect(trace.nodes[1].expression.count > 500_000)
  }

  @Test func onlyNodesUpToTheOutputAreDifferentiated() {
    let tape = Tape()
    let x = tape.input(2, "x")
    let y = (x * x).named("y")
    let later = (y * y).named("later")
    #expect(tape.gradient(of: y) == [4, 1])
    let trace = tape.trace(of: y)
    #expect(trace["later"]?.derivative == 0)
    #expect(trace["later"]?.isUnused == true)
    #expect(trace["y"]?.isUnused == false)
    #expect(later.value == 16)
  }
}

/// Misuse stops the program rather than giving a wrong number.
@Suite struct TapeMisuseTests {
  @Test func aHandleOfAnEarlierRecordingIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape()
      let x = tape.input(1)
      tape.reset()
      _ = tape.input(2)
      _ = x.value
    }
  }

  @Test func aHandleOfAReleasedTapeIsRefused() async {
    await #expect(processExitsWith: .failure) {
      var x: Variable?
      do {
        let tape = Tape()
        x = tape.input(1)
      }
      let other = Tape()
      _ = other.input(2)
      _ = x.map { sin($0) }
    }
  }

  @Test func variablesOfTwoTapesDoNotMix() async {
    await #expect(processExitsWith: .failure) {
      let (one, other) = (Tape(), Tape())
      _ = one.input(1) + other.input(2)
    }
  }

  @Test func theOutputMustBeOnTheTape() async {
    await #expect(processExitsWith: .failure) {
      let (one, other) = (Tape(), Tape())
      _ = one.input(1)
      _ = one.gradient(of: other.input(2))
    }
  }

  @Test func aNodeThatIsNotThereIsRefused() async {
    await #expect(processExitsWith: .failure) { _ = Tape().node(0) }
  }
}
