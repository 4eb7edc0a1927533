import Foundation
import GradCore
import Testing

/// Traces that other tools tell.
@Suite struct TraceDescriptionTests {
  /// Two inputs, a product, and an operator that the table does not have.
  private static let given = TraceDescription(
    nodes: [
      .input("x", 3), .input("w", 2), .operation("u", "multiply"),
      .operation("J", "squareplus", value: 6.0 / 7, expression: "u / (1 + |u|)"),
    ],
    edges: [
      .init(from: "u", to: "J", partial: 1.0 / 49), .init(from: "x", to: "u"),
      .init(from: "w", to: "u"),
    ])

  private func fault(_ json: String) -> TraceFault? {
    do throws(TraceFault) {
      _ = try Trace(json: json)
      return nil
    } catch {
      return error
    }
  }

  @Test func whatIsLeftOutIsWorkedOut() throws {
    let trace = try Trace(Self.given)
    let (values, derivatives): ([Double], [Double]) = (
      [3, 2, 6, 6.0 / 7], [2.0 / 49, 3.0 / 49, 1.0 / 49, 1]
    )
    #expect(trace.nodes.map(\.value) == values)
    #expect(trace["u"]?.opcode == .multiply && trace["u"]?.expression == "x * w")
    #expect(trace["J"]?.operation == "squareplus" && trace["J"]?.row == nil)
    #expect(trace["J"]?.expression == "u / (1 + |u|)")
    #expect(trace.nodes.map(\.derivative) == derivatives)
    #expect(trace.edges.map(\.source) == [0, 1, 2])
    #expect(trace.edges.map(\.operand) == [0, 1, 0])
    #expect(trace.output == 3)
  }

  @Test func anotherOutputIsDifferentiated() throws {
    let trace = try Trace(Self.given, differentiating: "u")
    #expect(trace.nodes.map(\.derivative) == [2, 3, 1, 0])
    #expect(trace["J"]?.isUnused == true)
    #expect(throws: TraceFault.self) { try Trace(Self.given, differentiating: "v") }
  }

  @Test func aTraceIsItsDescriptionAndItsJSON() throws {
    let trace = try Trace(Self.given)
    #expect(try Trace(TraceDescription(trace)) == trace)
    #expect(try Trace(json: trace.json()) == trace)
    let encoded = try JSONEncoder().encode(trace)
    #expect(try JSONDecoder().decode(Trace.self, from: encoded) == trace)
    #expect(try Trace(json: String(decoding: encoded, as: UTF8.self)) == trace)
  }

  /// A formula with numbers that are no nodes, or with numbers of its own, is none of the table's.
  @Test(arguments: [
    (#"{"id": "J", "operation": "multiply", "expression": "3 * v", "value": 6}"#, "3"),
    (#"{"id": "J", "operation": "square", "expression": "v**2", "value": 4}"#, "4"),
    (#"{"id": "J", "operation": "relu", "value": 2}"#, "0.5"),
  ])
  func whatTheTableDoesNotSayStaysAsGiven(_ node: String, _ partial: String) throws {
    let trace = try Trace(
      json: """
        {"nodes": [{"id": "v", "value": 2}, \(node)],
         "edges": [{"from": "v", "to": "J", "partial": \(partial)}]}
        """)
    #expect(trace["J"]?.opcode == .foreign)
    #expect(trace["J"]?.operation != "foreign")
    #expect(trace["v"]?.derivative == Double(partial))
  }

  @Test func conditionsAndTiesAreRecognised() throws {
    let tape = Tape()
    let x = tape.input(0, "x")
    let z = select(x.value > -1, max(x, tape.constant(0)), x)
    let trace = tape.trace(of: (z * z).named("J"))
    #expect(try Trace(json: trace.json()) == trace)
  }

  @Test func callsFindTheirEnds() throws {
    let trace = try Trace(
      json: """
        {"nodes": [{"id": "x", "value": 2}, {"id": "f#1.y", "name": "y", "operation": "square", "call": ["f#1"]},
                   {"id": "J", "operation": "exp"}],
         "edges": [{"from": "x", "to": "f#1.y"}, {"from": "f#1.y", "to": "J"}]}
        """)
    #expect(trace.calls.map(\.id) == ["f#1"] && trace.calls.map(\.function) == ["f"])
    #expect(trace.calls[0].arguments == [0] && trace.calls[0].result == 1)
    #expect(trace.nodes[1].scope == 0)
  }

  @Test(arguments: [
    ("", "$", "no JSON"), ("[1]", "$", "is not an object"), ("{}", "$.nodes", "no node"),
    (#"{"schema": "graphviz-grad/trace/3"}"#, "$.schema", "not known"),
    (#"{"nodes": 3}"#, "$.nodes", "not an array"),
    (#"{"nodes": [{"id": "a", "value": 1}, {}]}"#, "$.nodes[1].id", "missing"),
    (#"{"nodes": [{"id": "a"}]}"#, "$.nodes[0].value", "missing"),
    (#"{"nodes": [{"id": "a", "value": "x"}]}"#, "$.nodes[0].value", "not a number"),
    (#"{"nodes": [{"id": "a", "value": 1, "kind": "leaf"}]}"#, "$.nodes[0].kind", "'leaf'"),
    (
      #"{"nodes": [{"id": "a", "value": 1}, {"id": "a", "value": 2}]}"#, "$.nodes[1].id",
      "$.nodes[0]"
    ),
    (#"{"nodes": [{"id": "a", "value": 1}], "output": "b"}"#, "$.output", "'b'"),
    (#"{"nodes": [{"id": "a", "value": 1, "line": 0}]}"#, "$.nodes[0].line", "whole number from 1"),
    (
      #"{"nodes": [{"id": "a", "value": 1}, {"id": "J", "kind": "operation", "value": 1}]}"#,
      "$.nodes[1].operation", "missing"
    ),
  ])
  func wrongTracesAreRefusedWithTheirPath(_ json: String, _ path: String, _ message: String) {
    let fault = fault(json)
    #expect(fault?.path == path)
    #expect(fault?.message.contains(message) == true, "\(fault?.message ?? "")")
  }

  @Test(arguments: [
    (#"{"from": "q", "to": "J"}"#, "$.edges[0].from", "'q'"),
    (#"{"from": "a", "to": "b"}"#, "$.edges[0].to", "kind 'input'"),
    (#"{"from": "J", "to": "J"}"#, "$.edges[0].to", "itself"),
    (#"{"from": "K", "to": "J"}"#, "$.edges[0].to", "stands before"),
    (#"{"from": "a", "to": "J", "operand": -1}"#, "$.edges[0].operand", "whole number"),
    (#"{"from": "a", "to": "K", "operand": 0}"#, "$.edges[3].operand", "$.edges[0]"),
    (
      #"{"from": "a", "to": "J", "partial": 3, "contribution": 4}"#, "$.edges[0].contribution",
      "4 is given, and partial times derivative is 3"
    ),
    (#"{"from": "a", "to": "J", "partial": true}"#, "$.edges[0].partial", "not a number"),
  ])
  func wrongEdgesAreRefusedWithTheirPath(_ edge: String, _ path: String, _ message: String) {
    let fault = fault(
      """
      {"nodes": [{"id": "a", "value": 1}, {"id": "b", "value": 2, "kind": "input"}, {"id": "J", "operation": "f", "value": 1},
                 {"id": "K", "operation": "add"}],
       "edges": [\(edge), {"from": "b", "to": "J", "operand": 7, "partial": 1},
                 {"from": "b", "to": "K", "operand": 1}, {"from": "a", "to": "K", "operand": 0}],
       "output": "J"}
      """)
    #expect(fault?.path == path)
    #expect(fault?.message.contains(message) == true, "\(fault?.message ?? "")")
  }

  @Test func aDerivativeThatIsWrongIsRefusedWithBothNumbers() {
    let fault = fault(
      """
      {"nodes": [{"id": "x", "value": 3, "derivative": 7}, {"id": "J", "operation": "square"}],
       "edges": [{"from": "x", "to": "J"}]}
      """)
    #expect(fault?.path == "$.nodes[0].derivative")
    #expect(fault?.message == "7 is given, and the partials make it 6")
  }

  /// Numbers of single precision, and numbers that people round, are right.
  @Test func roundedDerivativesAreKept() throws {
    let trace = try Trace(
      json: """
        {"nodes": [{"id": "x", "value": 3, "derivative": 5.9999995}, {"id": "J", "operation": "square"}],
         "edges": [{"from": "x", "to": "J"}]}
        """)
    #expect(trace["x"]?.derivative == 5.9999995)
  }
}
