import GradCore
import Testing

@testable import GradFigure

/// A sum of several terms is one gate.
@Suite struct JoinedSumTests {
  private func gates(
    _ program: String, _ change: (inout FigureOptions) -> Void = { $0.style = .circuit }
  ) throws -> [String] {
    try figure("a = 1; b = 2; c = 3; d = 4; \(program)", change).texts(.gate)
  }

  @Test(
    arguments: [
      ("J = a + b + c + d", ["+"]),
      ("J = (a + b) + (c + d)", ["+"]),
      ("J = a*b + c*d + d", ["×", "×", "+"]),
      // What has a name stays, and so does what is used twice.
      ("s = a + b; J = s + c + d", ["+", "+"]),
      ("s = a + b; J = s*(s + c + d)", ["+", "+", "×"]),
      // The same wire twice would be one wire.
      ("J = a + b + a", ["+", "+"]),
      // A number is written into its gate; a difference says by its gate what is taken away.
      ("J = a + b + c + 2", ["+", "+2"]),
      ("J = a + 2 + b + c", ["+2", "+"]),
      ("J = a + b + c - d", ["+", "−"]),
      ("J = a - b + c + d", ["−", "+"]),
    ] as [(String, [String])])
  func gatesOfSums(_ program: String, _ expected: [String]) throws {
    #expect(try gates(program) == expected)
    #expect(try gates(program) { $0.style = .record } == expected)
  }

  @Test func everyOperationWhereItIsAskedFor() throws {
    let all = try gates("J = a + b + c + d") {
      $0.style = .circuit
      $0.detail = .operations
    }
    #expect(all == ["+", "+", "+"])
  }

  @Test func theArgumentsAndResultsOfOpenCallsStay() throws {
    let text = """
      def f(x, y):
          return x + y + 1
      a = 1; b = 2; c = 3
      J = f(a + b, c) + a + b
      """
    let figure = try figure(text) { $0.style = .circuit }
    #expect(figure.texts(.gate).count { $0 == "+" } == 3)
    #expect(figure.callBoxes.count == 1)
  }

  /// What stands at the wires into a gate is what it adds, and its derivative goes back over each of them.
  @Test func whatStandsAtTheWiresAddsUp() throws {
    var options = FigureOptions()
    options.style = .circuit
    let reading = try Reading(
      trace("a = 1; b = 2; c = 3; J = (a*b + b*c + a + exp(c) + b)**2"), options)
    let sum = try #require(
      reading.trace.nodes.indices.first { reading.trace.edges(into: $0).count == 5 })
    let edges = reading.trace.edges(into: sum)
    let added = edges.map { reading.trace.nodes[$0.source].value }.reduce(0, +)
    #expect(abs(added - reading.trace.nodes[sum].value) < 1e-12 * added)
    for edge in edges {
      #expect(edge.partial == 1)
      #expect(edge.contribution == reading.trace.nodes[sum].derivative)
    }
    #expect(reading.steps.contains { $0.text.plain.contains("t₁ + t₂ + a + t₅ + b") })
  }

  /// More wires than a page has room for go to several gates.
  @Test func aVeryLongSum() throws {
    let names = (1...100).map { "x\($0)" }
    let text = names.map { "\($0) = 1" }.joined(separator: "\n")
    let figure = try figure("\(text)\nJ = \(names.joined(separator: " + "))") {
      $0.style = .circuit
      $0.maxNodes = nil
    }
    let counts = figure.trace.nodes.indices.map { figure.trace.edges(into: $0).count }
    #expect(counts.max() == 40)
    #expect(figure.texts(.gate) == ["+", "+", "+"])
  }

  @Test func aGateOfManyWiresIsAsHighAsTheirEnds() throws {
    for direction in [FigureOptions.Direction.right, .down] {
      let figure = try figure("a = 1; b = 2; c = 3; d = 4; e = 5; J = a + b + c + d + e") {
        $0.style = .circuit
        $0.direction = direction
      }
      let gate = try #require(figure.nodes.flatMap { $0.rows.joined() }.first { $0.kind == .gate })
      #expect(
        gate.size
          == (direction == .right ? Size(width: 28, height: 64) : Size(width: 64, height: 28)))
    }
  }
}
