import GradCore
import Testing

@testable import GradFigure

/// Figures of traces that another tool has recorded.
@Suite struct RecordedFigureTests {
  @Test func aValueThatIsNotKnownIsNotTakenForANumber() throws {
    let trace = try Trace(
      json: """
        {"nodes": [{"id": "w", "value": null, "shape": [4]}, {"id": "c", "value": null, "shape": []},
          {"id": "J", "operation": "real", "value": 3}],
         "edges": [{"from": "w", "to": "J", "map": {"is": "opaque"}},
          {"from": "c", "to": "J", "map": {"is": "opaque"}}]}
        """)
    let figure = Figure(Reading(trace))
    #expect(figure.texts(.value).prefix(2) == ["4 entries", "?"])
  }

  /// A mask that a comparison makes of x: nothing comes back over it.
  private func masked() throws -> Trace {
    try Trace(
      json: """
        {"nodes": [{"id": "x", "value": [1, -2], "derivative": [1, 0]},
          {"id": "m", "name": "m", "operation": "gt", "value": [1, 0], "dtype": "bool", "derivative": null},
          {"id": "y", "name": "y", "operation": "masked", "value": [1, 0], "derivative": [1, 1]},
          {"id": "J", "operation": "sum", "value": 1, "derivative": 1}],
         "edges": [{"from": "x", "to": "m", "map": {"is": "opaque", "operation": "gt"}},
          {"from": "x", "to": "y", "map": {"is": "opaque", "operation": "masked"}, "contribution": [1, 0]},
          {"from": "m", "to": "y", "operand": 1, "map": {"is": "opaque", "operation": "masked"}},
          {"from": "y", "to": "J", "map": {"is": "sum", "axes": [0]}, "contribution": [1, 1]}]}
        """)
  }

  @Test func nothingComesBackFromWhatHasNoDerivative() throws {
    let reading = Reading(try masked())
    let back = reading.trace.edges.indices.filter { reading.hasDerivative(onEdge: $0) }
    let ways = back.map { index -> String in
      let edge = reading.trace.edges[index]
      return reading.trace.nodes[edge.target].id + reading.trace.nodes[edge.source].id
    }
    #expect(ways.sorted() == ["Jy", "yx"])
    #expect(reading.contributions(to: 0).count == 1)
    #expect(Figure(reading).labelTexts == ["dy · ∂masked/∂x", "1 · dJ"])
  }

  @Test func anEinsteinSumGoesBackByItsEquation() throws {
    let trace = try Trace(
      json: """
        {"nodes": [{"id": "A", "value": [[1, 2]]}, {"id": "B", "value": [[3, 4]]},
          {"id": "C", "name": "C", "operation": "einsum[ij,kj→ik]", "value": [[11]], "derivative": [[1]]},
          {"id": "J", "operation": "sum", "value": 11}],
         "edges": [{"from": "A", "to": "C", "map": {"is": "opaque"}, "contribution": [[3, 4]]},
          {"from": "B", "to": "C", "map": {"is": "opaque"}, "contribution": [[1, 2]]},
          {"from": "C", "to": "J", "map": {"is": "sum", "axes": [0, 1]}}]}
        """)
    let reading = Reading(trace)
    #expect(reading.fullTitle(of: 2).plain == "C = einsum[ij,kj→ik](A, B)")
    #expect(
      (0..<2).map { reading.edgeFormula(ofEdge: $0).text.plain } == [
        "einsum[ik,kj→ij](dC, B)", "einsum[ik,ij→kj](dC, A)",
      ])
  }

  @Test(arguments: [
    ("predicted_label", "d loss · ∂ loss/∂ predicted_label"), ("p", "d loss · ∂cross_entropy/∂p"),
  ])
  func aLabelThatIsALittleTooLongIsBetterThanNone(_ name: String, _ label: String) throws {
    let trace = try Trace(
      json: """
        {"nodes": [{"id": "\(name)", "value": [1, 2]}, {"id": "y", "value": [0, 1], "data": true},
          {"id": "loss", "name": "loss", "operation": "cross_entropy", "value": 1}],
         "edges": [{"from": "\(name)", "to": "loss", "map": {"is": "opaque"}, "contribution": [1, -1]},
          {"from": "y", "to": "loss", "map": {"is": "opaque"}}]}
        """)
    #expect(Figure(Reading(trace)).labelTexts.contains(label))
  }
}
