import GradCore
import Testing

@Suite struct TraceJSONTests {
  @Test func isTheContractsText() {
    let tape = Tape()
    let b = tape.input(3, "b")
    let c = tape.input(2, "c")
    let unused = tape.input(.infinity)
    let u = (b * c).named("u")
    tape.labels.places = [
      .init(line: 3, column: 1), .init(line: 4, column: 1), .init(line: 0, column: 0),
      .init(line: 5, column: 7),
    ]
    #expect(unused.value == .infinity)
    #expect(
      tape.trace(of: u).json() == """
        {
          "schema": "graphviz-grad/trace/1",
          "output": "u",
          "nodes": [
            {"id": "b", "name": "b", "kind": "input", "operation": "input", "expression": "3", \
        "value": 3, "derivative": 2, "line": 3, "column": 1},
            {"id": "c", "name": "c", "kind": "input", "operation": "input", "expression": "2", \
        "value": 2, "derivative": 3, "line": 4, "column": 1},
            {"id": "t1", "name": null, "kind": "input", "operation": "input", "expression": "inf", \
        "value": "Infinity", "derivative": 0, "unused": true},
            {"id": "u", "name": "u", "kind": "operation", "operation": "multiply", \
        "expression": "b * c", "value": 6, "derivative": 1, "line": 5, "column": 7}
          ],
          "edges": [
            {"from": "b", "to": "u", "operand": 0, "partial": 2, "contribution": 2},
            {"from": "c", "to": "u", "operand": 1, "partial": 3, "contribution": 3}
          ]
        }

        """)
  }

  @Test func theDerivativeByAConstantExponentIsNull() {
    func json(_ record: (_ tape: Tape, _ x: Variable) -> Variable) -> String {
      let tape = Tape()
      let output = record(tape, tape.input(-2, "x"))
      return tape.trace(of: output).json()
    }
    let square = json { tape, x in pow(x, tape.constant(2)).named("y") }
    #expect(square.contains("\"operand\": 1, \"partial\": null, \"contribution\": null"))
    #expect(square.contains("\"value\": 2, \"derivative\": null"))
    #expect(!square.contains("NaN"))
    // Another use of the same constant has a derivative, and so has an exponent that is an input.
    let shared = json { tape, x in
      let two = tape.constant(2)
      return pow(-x, two) + two * x
    }
    #expect(!shared.contains("null,\"derivative") && !shared.contains("\"derivative\": null"))
    #expect(json { tape, x in pow(x, tape.input(2, "n")) }.contains("\"partial\": \"NaN\""))
    #expect(!json { tape, x in pow(3, x) }.contains("\"derivative\": null"))
    // What an exponent is computed from is part of it.
    let root = json { tape, x in pow(x, tape.constant(1) / tape.constant(2)) }
    #expect(root.split(separator: "\n").count { $0.contains("\"derivative\": null") } == 3)
  }

  @Test func aLoneInputHasNoEdges() {
    let tape = Tape()
    #expect(tape.trace(of: tape.input(1, "x")).json().contains("\"edges\": []\n}"))
  }
}
