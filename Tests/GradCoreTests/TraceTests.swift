import GradCore
import Testing

@Suite struct TraceTests {
  @Test func idsCountVersionsAndSkipUsedNames() {
    let tape = Tape()
    let c = tape.input(1, "c")
    let t1 = tape.input(2, "t1")
    let c2 = (c + 1).named("c")
    let c3 = (c2 * t1).named("c")
    let k1 = (c3 / 2).named("k1")
    let output = sin(c3 * k1)
    #expect(
      tape.trace(of: output).nodes.map(\.id)
        == ["c", "t1", "k2", "c@2", "c@3", "k3", "k1", "t2", "t3"])
  }

  @Test func idsStayUniqueWhereNamesLookLikeIds() {
    let tape = Tape()
    let x = tape.input(1, "c@2")
    _ = tape.input(1, "c")
    let trace = tape.trace(of: (x + 1).named("c"))
    #expect(Set(trace.nodes.map(\.id)).count == trace.nodes.count)
  }

  @Test func idsOfLocalsBearTheirCall() {
    let tape = Tape()
    let x = tape.input(2, "x")
    let y = (x * x).named("y")
    let z = (y + 1).named("z")
    tape.labels.calls = [
      .init(function: "f", ordinal: 1, parent: nil, arguments: [x.index], result: z.index),
      .init(function: "g", ordinal: 1, parent: 0, arguments: [x.index], result: y.index),
    ]
    tape.labels.callOfNode = [-1, 1, 0, 0]
    let trace = tape.trace(of: z)
    #expect(trace.nodes.map(\.id) == ["x", "g#1.y", "k1", "f#1.z"])
    #expect(trace.nodes.indices.map { trace.callPath(of: $0) } == [[], [0, 1], [0], [0]])
    #expect(trace.json().contains(#""call": ["f#1", "g#1"]}"#))
  }

  @Test func aSquareHasTwoEdgesAndOneAsAStatement() throws {
    let tape = Tape()
    let x = tape.input(3, "x")
    let trace = tape.trace(of: (x * x).named("y"))
    #expect(trace.edges.map(\.operand) == [0, 1])
    #expect(trace.edges.map(\.partial) == [3, 3])
    let statements = trace.detailed(.statements)
    #expect(statements.edges.count == 1)
    let edge = try #require(statements.edges.first)
    #expect(edge.partial == 6)
    #expect(edge.contribution == 6)
  }

  @Test func statementsCarryTotalPartials() {
    let tape = Tape()
    let (w, x) = (tape.input(2, "w"), tape.input(-1, "x"))
    // dz/dx has three paths, one of them through w * x twice.
    let z = (w * x * (w * x) + x).named("z")
    let trace = tape.trace(of: (z * 5).named("J")).detailed(.statements)
    #expect(trace.nodes.map(\.id) == ["w", "x", "z", "J"])
    #expect(trace.nodes.map(\.expression) == ["2", "-1", "w * x * (w * x) + x", "z * 5"])
    #expect(trace.edges.map(\.partial) == [4, -7, 5])
    #expect(trace.edges.map(\.contribution) == [20, -35, 5])
    #expect(trace.edges.map(\.operand) == [0, 1, 0])
    #expect(trace.nodes[trace.output].id == "J")
  }

  @Test func aDeadBranchDoesNotPoisonAStatement() {
    let tape = Tape()
    let x = tape.input(0, "x")
    let y = (sqrt(x) * 0 + x).named("y")
    #expect(tape.trace(of: y).detailed(.statements).edges.map(\.partial) == [1])
  }

  @Test func whereReadsTheSameWhicheverWayItGoes() {
    let tape = Tape()
    let (a, b) = (tape.input(1, "a"), tape.input(2, "b"))
    let (yes, no) = (select(true, a, b), select(false, a, b))
    tape.labels.conditions = [yes.index: "a > 0", no.index: "a > 1"]
    let trace = tape.trace(of: (yes + no).named("z"))
    #expect(trace.nodes.map(\.operation) == ["input", "input", "where", "where", "add"])
    #expect(trace.nodes[2].expression == "where(a > 0, a, b)")
    #expect(trace.nodes[3].expression == "where(a > 1, a, b)")
    #expect(trace.edges.map(\.partial) == [1, 0, 0, 1, 1, 1])
    #expect(
      trace.detailed(.statements).nodes.last?.expression
        == "where(a > 0, a, b) + where(a > 1, a, b)")
  }
}
