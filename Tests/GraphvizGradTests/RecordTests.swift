import GraphvizGrad
import Testing

@Suite struct RecordTests {
  @Test func theLectureInSwift() throws {
    let trace = record { tape in
      let a = tape.input(5, "a")
      let b = tape.input(3, "b")
      let c = tape.input(2, "c")
      let u = (b * c).named("u")
      let v = (a + u).named("v")
      return (3 * v).named("J")
    }
    #expect(trace["J"]?.value == 33)
    #expect(["a", "b", "c"].map { trace[$0]?.derivative } == [3, 6, 9])
    let program = try Computation(parsing: "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v")
    #expect(try trace.picture(.svg).text == program.picture(.svg).text)
  }

  @Test func whatIsThrownInsideComesOut() {
    struct Stop: Error, Equatable {}
    #expect(throws: Stop()) { try record { (_) throws(Stop) in throw Stop() } }
  }

  @Test func tracesCrossThreads() async {
    let traces = await withTaskGroup(of: Trace.self) { group in
      for number in 1...8 {
        group.addTask { record { tape in tape.input(Double(number), "x") * 2 } }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(traces.map { $0.nodes[$0.output].value }.sorted() == (1...8).map { 2 * Double($0) })
  }
}
