import GradCore
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
}
