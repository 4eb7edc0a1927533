import Foundation
import GradCore
import TestSupport
import Testing

/// Traces with arrays: their numbers, their statements, their JSON.
@Suite struct ArrayTraceTests {
  /// Logistic regression on three examples, whose numbers were published with the course.
  private func logistic(_ tape: Tape) -> Trace {
    let w = tape.input([[1], [2]], "w")
    let b = tape.input(2, "b")
    let x = tape.input([[1, 2, -1], [3, 4, -3.2]], "X")
    let y = tape.input([[1, 0, 1]], "Y")
    let z = (w.transposed.matmul(x) + b).named("Z")
    let a = sigmoid(z).named("A")
    let loss = (-(y * log(a) + (1 - y) * log(1 - a))).named("L")
    return tape.trace(of: loss.mean().named("J"))
  }

  @Test func publishedNumbers() throws {
    let trace = logistic(Tape())
    expectClose(trace.nodes[trace.output].value, 5.801545319394553, tolerance: 1e-12)
    let dw = try #require(trace["w"]?.arrayDerivative)
    #expect(dw.shape == [2, 1])
    expectClose(dw.entries[0], 0.998456014637956, tolerance: 1e-12)
    expectClose(dw.entries[1], 2.3950723884862066, tolerance: 1e-12)
    expectClose(trace["b"]?.derivative ?? .nan, 0.0014555781367841525, tolerance: 1e-12)
    #expect(trace["Z"]?.shape == [1, 3])
  }

  /// Statements have the derivatives of operations, and their contributions make them up.
  @Test(arguments: [Detail.statements, .operations, .calls]) func contributionsAddUp(
    _ detail: Detail
  ) throws {
    let trace = logistic(Tape()).detailed(detail).withoutDust()
    for index in trace.nodes.indices where index != trace.output && !trace.nodes[index].isUnused {
      let node = trace.nodes[index]
      var sum = [Double](repeating: 0, count: node.array?.count ?? 1)
      let derivative = node.array == nil ? [node.derivative] : node.arrayDerivative?.entries
      guard let derivative else { continue }
      for edge in trace.edges where edge.source == index {
        let contribution = edge.arrayContribution?.entries ?? [edge.contribution]
        for i in sum.indices { sum[i] += contribution[i] }
      }
      for (a, b) in zip(sum, derivative) { expectClose(a, b, tolerance: 1e-12) }
    }
  }

  @Test func statementsHaveTheirFormulas() throws {
    let trace = logistic(Tape()).detailed(.statements)
    #expect(trace.nodes.map(\.id) == ["w", "b", "X", "Y", "Z", "A", "L", "J"])
    #expect(trace["Z"]?.expression == "w.T @ X + b")
    #expect(trace["J"]?.expression == "mean(L)")
    let mean = try #require(trace.edges.last)
    #expect(mean.arrayPartial == NumberArray([1, 3], [1 / 3.0, 1 / 3.0, 1 / 3.0]))
    #expect(mean.arrayContribution == mean.arrayPartial)
  }

  @Test func jsonHasShapesAndMaps() throws {
    let json = logistic(Tape()).json()
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "graphviz-grad/trace/2")
    let nodes = try #require(object["nodes"] as? [[String: Any]])
    let w = try #require(nodes.first { $0["id"] as? String == "w" })
    #expect(w["shape"] as? [Int] == [2, 1])
    #expect(w["value"] as? [[Double]] == [[1], [2]])
    let b = try #require(nodes.first { $0["id"] as? String == "b" })
    #expect(b["shape"] as? [Int] == [])
    #expect(b["value"] as? Double == 2)
    let edges = try #require(object["edges"] as? [[String: Any]])
    let words = edges.compactMap { ($0["map"] as? [String: Any])?["is"] as? String }
    #expect(words.count == edges.count)
    #expect(Set(words).isSuperset(of: ["permute", "matmul-left", "matmul-right", "sum", "scale"]))
    // The constants of 1 − Y have arrays of no derivative.
    #expect(json.contains("\"derivative\": null") == false)
  }

  /// What is written is read, and means the same; so it does when derivatives are left out.
  @Test func whatIsWrittenIsRead() throws {
    let trace = logistic(Tape())
    for text in [trace.json(), String(decoding: try JSONEncoder().encode(trace), as: UTF8.self)] {
      let read = try Trace(json: text)
      for (a, b) in zip(trace.nodes, read.nodes) {
        #expect(a.id == b.id && a.operation == b.operation && a.expression == b.expression)
        #expect(a.array == b.array && (a.value == b.value || a.array != nil))
        #expect(a.arrayDerivative == b.arrayDerivative, "\(a.id)")
        #expect(a.arrayOperation?.name == b.arrayOperation?.name)
      }
      for (a, b) in zip(trace.edges, read.edges) {
        #expect(a.arrayContribution == b.arrayContribution)
      }
    }
    let statements = try Trace(json: trace.detailed(.statements).json())
    #expect(statements["w"]?.arrayDerivative == trace["w"]?.arrayDerivative)
  }

  private static let network = #"""
    {"output": "J", "nodes": [
      {"id": "W", "value": [[1, 2], [3, 4]]}, {"id": "x", "value": [1, -1]},
      {"id": "z", "operation": "matmul", "value": [-1, -1]},
      {"id": "a", "operation": "exp"},
      {"id": "J", "operation": "sum", "value": 0.7357588823428847}],
     "edges": [
      {"from": "W", "to": "z", "map": {"is": "matmul-left"}},
      {"from": "x", "to": "z", "map": {"is": "matmul-right"}},
      {"from": "z", "to": "a"},
      {"from": "a", "to": "J", "map": {"is": "sum", "axes": [0]}}]}
    """#

  /// A trace that another tool may write: what it leaves out is worked out.
  @Test func derivativesAreWorkedOut() throws {
    let trace = try Trace(json: Self.network)
    let e = 0.36787944117144233
    #expect(trace["W"]?.arrayDerivative == NumberArray([[e, -e], [e, -e]]))
    #expect(trace["x"]?.arrayDerivative == NumberArray([4 * e, 6 * e]))
    #expect(trace["a"]?.array == NumberArray([e, e]))
    #expect(trace["z"]?.expression == "W @ x")
    #expect(trace["J"]?.expression == "sum(a, axis=0)")
  }

  @Test(arguments: [
    ("[[1, 2], [3, 4]]", "[[1, 2], [3]]", "$.nodes[0].value[1]", "has 1 entries"),
    ("[[1, 2], [3, 4]]", "[[1, 2, 3]]", "$.edges[0].map", "is not (2,)"),
    ("[[1, 2], [3, 4]]", "[]", "$.nodes[0].value", "no entries"),
    ("[1, -1]", "[1, \"x\"]", "$.nodes[1].value[1]", "is not a number"),
    (
      "\"value\": [1, -1]", "\"shape\": [3], \"value\": [1, -1]", "$.nodes[1].value",
      "the node (3,)"
    ),
    ("\"is\": \"sum\"", "\"is\": \"summ\"", "$.edges[3].map.is", "is no map"),
    ("\"axes\": [0]", "\"axes\": [1]", "$.edges[3].map", "axis 1 is out of range"),
    (
      "\"value\": [1, -1]", "\"value\": [1, -1], \"derivative\": [9, 9]", "$.nodes[1].derivative",
      "9 is given"
    ),
    ("\"value\": [-1, -1]", "\"unit\": 1", "$.nodes[2].value", "is missing"),
    ("\"output\": \"J\"", "\"output\": \"a\"", "$.output", "has the shape (2,)"),
  ])
  func whatIsWrongIsSaid(_ part: String, _ wrong: String, _ path: String, _ message: String) {
    let json = Self.network.replacingOccurrences(of: part, with: wrong)
    #expect(json != Self.network)
    do throws(TraceFault) {
      _ = try Trace(json: json)
      Issue.record("\(json) was read")
    } catch {
      #expect(error.path == path)
      #expect(error.message.contains(message), "\(error.message)")
    }
  }

  /// Integer arrays of any shape and length are read as they were written.
  @Test(arguments: [[2, 2], [20], [1, 2, 1]]) func integerArraysAreRead(_ shape: [Int]) throws {
    let tape = Tape()
    let x = tape.input([[1, 2], [3, 4]], "X")
    let numbers = (0..<shape.reduce(1, *)).map { $0 % 2 }
    let y = x[.slice(nil, nil, nil), .indices(numbers, shape: shape)].named("y")
    let trace = tape.trace(of: (y * y).sum().named("J"))
    let read = try Trace(json: trace.json())
    #expect(read["X"]?.arrayDerivative == trace["X"]?.arrayDerivative)
    #expect(read["y"]?.arrayOperation == trace["y"]?.arrayOperation)
  }

  @Test func largeArraysAreSummedUp() throws {
    let tape = Tape()
    let x = tape.input(NumberArray([101, 100], [Double](repeating: 2, count: 10_100)), "X")
    let json = tape.trace(of: x.sum().named("J")).json()
    #expect(json.contains("\"summary\": {\"min\": 2, \"max\": 2, \"norm\": "))
    #expect(json.utf8.count < 2000)
  }

  /// What a recording tells of a large array, and of one whose entries it does not have.
  private static let summed = """
    {"nodes": [
      {"id": "W", "shape": [200, 100], "dtype": "float32", "derivative": {"summary": {"min": 0, "max": 1, "norm": 3}},
       "value": {"summary": {"min": -1, "max": 2, "norm": 9, "means": [[0.5, -0.5], [0, 1]]}}},
      {"id": "h", "shape": [3], "operation": "mystery", "value": null},
      {"id": "J", "operation": "sum", "value": 4}],
     "edges": [
      {"from": "W", "to": "h", "map": {"is": "opaque"},
       "contribution": {"summary": {"min": 0, "max": 1, "norm": 3}}},
      {"from": "h", "to": "J", "map": {"is": "sum", "axes": [0]}}]}
    """

  @Test func summariesAndUnknownValuesAreRead() throws {
    let trace = try Trace(json: Self.summed)
    let summary = try #require(trace["W"]?.array?.summary)
    #expect(trace["W"]?.array?.shape == [200, 100])
    #expect(trace["W"]?.array?.type == "float32")
    #expect(summary.range == -1...2)
    #expect(summary.norm == 9)
    #expect(summary.means == [[0.5, -0.5], [0, 1]])
    #expect(trace["W"]?.arrayDerivative?.summary?.norm == 3)
    #expect(trace["h"]?.array?.summary?.isUnknown == true)
    // What the maps make of what is known.
    #expect(trace["h"]?.arrayDerivative?.entries == [1, 1, 1])
    let json = trace.json()
    #expect(json.contains("\"value\": null"))
    #expect(try Trace(json: json).json() == json)
  }

  @Test(arguments: [
    ("\"shape\": [200, 100], ", "", "$.nodes[0].value: "),
    ("\"shape\": [3], ", "\"shape\": [0], ", "$.nodes[1].shape: "),
    ("\"norm\": 9", "\"norm\": \"many\"", "$.nodes[0].value.summary.norm: "),
  ])
  func wrongSummariesAreRefused(_ old: String, _ new: String, _ path: String) {
    let error = #expect(throws: TraceFault.self) {
      try Trace(json: Self.summed.replacing(old, with: new))
    }
    #expect(error.map { "\($0)".hasPrefix(path) } ?? false, "\(String(describing: error))")
  }

  @Test func numbersAloneStayAsTheyWere() {
    let tape = Tape()
    let x = tape.input(3, "x")
    let json = tape.trace(of: (x * x).named("y")).json()
    #expect(json.contains("graphviz-grad/trace/1"))
    #expect(!json.contains("shape") && !json.contains("map"))
  }
}
