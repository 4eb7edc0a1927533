@testable import GradCore
import TestSupport
import Testing

/// Derivatives recorded as computations: their numbers, their rows of the Hessian, how many nodes they cost.
@Suite struct HigherDerivativeTests {
  /// The trace of a computation of numbers.
  private func trace(_ point: [Double], _ body: ([Variable]) -> Variable) -> Trace {
    let tape = Tape()
    let inputs = zip(["x", "y", "v", "w"], point).map { tape.input($1, $0) }
    return tape.trace(of: body(inputs).named("J"))
  }

  /// The derivatives by the first input, from order 1.
  private func orders(_ trace: Trace, _ order: Int) throws -> [Double] {
    let made = try trace.differentiated(by: [0], order: order)
    return try #require(made.backward).derivatives.map { made.nodes[$0[0]].value }
  }

  // MARK: Numbers

  @Test func quarticHasItsThreeDerivatives() throws {
    let quartic = trace([2]) { x in pow(x[0], 4) - 2 * pow(x[0], 2) }
    #expect(quartic["J"]?.value == 8)
    #expect(try orders(quartic, 3) == [24, 44, 48])
  }

  @Test func rosenbrockHasItsGradientAndHessian() throws {
    let rosenbrock = trace([0, 2]) { v in
      100 * pow(v[1] - pow(v[0], 2), 2) + pow(1 - v[0], 2)
    }
    let gradient = try rosenbrock.recordedGradient()
    #expect(gradient.values.map { $0.entries[0] } == [-2, 400])
    #expect(gradient.hessian(times: [1, 0]) == [-798, 0])
    #expect(gradient.hessian(times: [0, 1]) == [0, 200])
    #expect(gradient.row(of: 0).map { $0.entries[0] } == [-798, 0])
    #expect(gradient.row(of: 1).map { $0.entries[0] } == [0, 200])
    #expect(gradient.kinks == [])
  }

  @Test func tanhAgreesWithPyTorch() throws {
    let expected = [0.41997434161402614, -0.6397000084492246, 0.6216266807712962]
    for (own, expected) in zip(try orders(trace([1]) { tanh($0[0]) }, 3), expected) {
      expectClose(own, expected, tolerance: 1e-14)
    }
  }

  @Test func smoothFunctionsHaveTheirThirdDerivativesAtZero() throws {
    #expect(try orders(trace([0]) { tanh($0[0]) }, 3) == [1, 0, -2])
    #expect(try orders(trace([0]) { sigmoid($0[0]) }, 3) == [0.25, 0, -0.125])
    #expect(try orders(trace([0]) { softplus($0[0]) }, 3) == [0.5, 0.25, 0])
  }

  @Test func digitsAreKeptFarOut() throws {
    let sigmoid = try orders(trace([40]) { GradCore.sigmoid($0[0]) }, 2)
    expectClose(sigmoid[0] / 4.248354255291589e-18, 1, tolerance: 1e-12)
    expectClose(sigmoid[1] / -4.248354255291589e-18, 1, tolerance: 1e-12)
    let tanh = try orders(trace([20]) { GradCore.tanh($0[0]) }, 2)
    expectClose(tanh[0] / 1.6993417021166355e-17, 1, tolerance: 1e-12)
    expectClose(tanh[1] / -3.398683404233271e-17, 1, tolerance: 1e-12)
  }

  @Test func productsAgree() throws {
    let cube = trace([3]) { $0[0] * $0[0] * $0[0] }
    #expect(try orders(cube, 3) == [27, 18, 6])
    let wave = try trace([0.7, 0.3]) { sin($0[0]) * exp($0[1]) }.recordedGradient()
    let rows = [wave.hessian(times: [1, 0]), wave.hessian(times: [0, 1])]
    for (own, expected) in zip(
      rows.joined(),
      [-0.8696029191140402, 1.0324289629116616, 1.0324289629116616, 0.8696029191140402])
    { expectClose(own, expected, tolerance: 1e-14) }
  }

  @Test func networkAgreesWithPyTorch() throws {
    let network = trace([0.3, -0.7, 0.8, 1.2]) { w in
      let (a, b) = (tanh(w[0] * 0.5), sigmoid(w[1] * 0.5))
      return pow(w[2] * a + w[3] * b - 0.25, 2)
    }
    let expected = [
      [0.2634403296279587, 0.11381856725108018, 0.4735401555793541, 0.32337525996960803],
      [0.11381856725108018, 0.051543785262791235, 0.04332507937379034, 0.2088450221191086],
      [0.473540155579354, 0.04332507937379034, 0.04433350647403305, 0.12309291132436383],
      [0.32337525996960803, 0.2088450221191086, 0.12309291132436383, 0.34177005212033973],
    ]
    let gradient = try network.recordedGradient()
    for (number, expected) in expected.enumerated() {
      let forward = gradient.hessian(times: (0..<4).map { $0 == number ? 1 : 0 })
      let backward = gradient.row(of: number).map { $0.entries[0] }
      for entry in 0..<4 {
        expectClose(forward[entry], expected[entry], tolerance: 1e-13)
        expectClose(backward[entry], expected[entry], tolerance: 1e-13)
      }
    }
  }

  // MARK: Rows of the operator table

  /// The first derivative by operand `k` of sin of an operator, whose own differences give the second.
  private func slope(_ type: any Operator.Type, _ point: [Double], _ k: Int) -> Double {
    let tape = Tape()
    let inputs = point.map { tape.input($0) }
    return tape.gradient(of: sin(type.record(inputs)))[Int(inputs[k].index)]
  }

  @Test(arguments: OperatorRow.all.map { $0.row.name })
  func secondDerivativesMatchDifferences(_ name: String) throws {
    let type = try #require(OperatorRow.all.first { $0.row.name == name })
    let row = type.row
    var random = SeededRandom(seed: 2)
    var compared = 0
    for _ in 0..<20 {
      var point = row.operands.map { Double.random(in: $0.domain, using: &random) }
      if row.isVariadic { point.append(.random(in: row.operands[0].domain, using: &random)) }
      let tape = Tape()
      let inputs = point.map { tape.input($0) }
      let trace = tape.trace(of: sin(type.record(inputs)))
      let gradient = try trace.recordedGradient()
      for (k, own) in gradient.values.enumerated() {
        expectClose(own.entries[0], slope(type, point, k), tolerance: 1e-13, "\(name)\(point)")
      }
      for moved in point.indices {
        let tangents = gradient.hessian(times: point.indices.map { $0 == moved ? 1 : 0 })
        for k in point.indices {
          expectClose(
            tangents[k], gradient.row(of: k)[moved].entries[0], tolerance: 1e-11,
            "\(name)\(point), \(k) by \(moved)")
          let difference = { (step: Double) in
            fivePointDifference(at: point[moved], step: step) { x in
              var other = point
              other[moved] = x
              return slope(type, other, k)
            }
          }
          if abs(difference(1e-3) - difference(2e-3)) > 1e-6 * (1 + abs(difference(1e-3))) {
            continue
          }
          if name == "stop_gradient" {
            #expect(tangents[k] == 0)
          } else {
            expectClose(
              tangents[k], difference(1e-3), tolerance: 1e-6, "\(name)\(point), \(k) by \(moved)")
          }
          compared += 1
        }
      }
    }
    #expect(compared >= 15)
  }

  // MARK: Kinks and zeros

  @Test func secondDerivativesAtKinksAreZeroAndKnown() throws {
    let kinks: [(String, Double, (Variable) -> Variable)] = [
      ("relu", 0, { relu($0) }), ("abs", 0, { abs($0) }), ("clip", 1, { clip($0, -1, 1) }),
      ("max", 0, { max($0, 0) }), ("leaky", 0, { leakyReLU($0) }),
      ("elu", 0, { elu($0, alpha: 0.5) }),
      ("twice", 2, { max($0, $0) }),
    ]
    for (name, point, body) in kinks {
      let own = trace([point]) { body($0[0]) * body($0[0]) }
      let made = try own.differentiated(order: 2)
      let backward = try #require(made.backward)
      #expect(!backward.kinks.isEmpty, "\(name)")
      #expect(made.nodes[backward.derivatives[0][0]].value == own.nodes[0].derivative, "\(name)")
    }
    #expect(try orders(trace([0]) { relu($0[0]) }, 2) == [0, 0])
    #expect(try orders(trace([0]) { elu($0[0], alpha: 0.5) }, 2) == [0.5, 0])
    #expect(try orders(trace([0]) { max($0[0], 0) }, 2) == [0, 0])
    #expect(try trace([1]) { relu($0[0]) }.differentiated().backward?.kinks == [])
  }

  @Test func literalsTakeTies() throws {
    let tied = trace([0, 0]) { max($0[0], $0[1], $0[0].constant(0)) + maximum($0[0], $0[1]) }
    let gradient = try tied.recordedGradient()
    #expect(gradient.values.map { $0.entries[0] } == tied.nodes[..<2].map(\.derivative))
    #expect(gradient.values.map { $0.entries[0] } == [0.5, 0.5])
  }

  @Test func anExactZeroWinsOverAnInfinity() throws {
    let root = trace([0, 0]) { sqrt($0[0]) * $0[1] }
    #expect(try root.recordedGradient().values.map { $0.entries[0] } == [0, 0])
    let power = trace([0]) { pow($0[0], 2) }
    #expect(try orders(power, 3) == [0, 2, 0])
  }

  // MARK: Cost

  @Test func tanhCostsNoMoreThanThePrototype() throws {
    let gradient = try trace([1]) { tanh($0[0]) }.recordedGradient()
    var derivative = gradient.gradient[0]
    var sizes = [gradient.recorder.size(of: [derivative])]
    for _ in 2...3 {
      derivative = try gradient.differentiate(derivative, by: [0])[0]
      sizes.append(gradient.recorder.size(of: [derivative]))
    }
    #expect(zip(sizes, [6, 9, 12]).allSatisfy { $0 <= $1 }, "\(sizes)")
  }

  @Test func orderTwoCostsAtMostFiveTimesOrderOne() throws {
    for body: ([Variable]) -> Variable in [
      { gelu($0[0]) }, { sigmoid(sin($0[0]) * $0[1]) / $0[1] }, { atan2($0[0], $0[1]) },
      { pow($0[0], $0[1]) }, { asin(tanh($0[0])) * silu($0[1]) },
    ] {
      let own = trace([0.4, 0.7], body)
      let first = try own.differentiated(by: [0]).nodes.count
      #expect(try own.differentiated(by: [0], order: 2).nodes.count <= 5 * first)
    }
  }

  @Test func aLongChainIsDifferentiated() throws {
    // Deeper than any stack, were it walked by recursion.
    let count = 200_000
    let tape = Tape(capacity: count + 2)
    let x = tape.input(0.5, "x")
    var y = x
    for step in 0..<count / 2 { y = step % 2 == 0 ? sin(y) : y * x }
    for _ in 0..<count / 2 { y = -y }
    let gradient = try tape.trace(of: y).recordedGradient()
    #expect(gradient.values[0].entries[0] == tape.gradient(of: y)[0])
    #expect(gradient.tape.nodeCount < 4 * count)
  }

  // MARK: Traces

  @Test func derivativesHaveIdsThatNoProgramTakes() throws {
    let tape = Tape()
    let (a, b, c) = (tape.input(5, "a"), tape.input(3, "b"), tape.input(2, "c"))
    let u = (b * c).named("u")
    let v = (a + u).named("v")
    let lecture = tape.trace(of: (3 * v).named("J"))
    let made = try lecture.differentiated()
    #expect(made.nodes.map(\.id).suffix(4) == ["d(v)", "d(b)", "d(c)", "d(a)"])
    #expect(made.nodes.suffix(4).map(\.expression) == ["3", "c * d(v)", "b * d(v)", "d(v)"])
    #expect(made["d(b)"]?.value == 6)
    #expect(made.nodes.prefix(lecture.nodes.count).map(\.id) == lecture.nodes.map(\.id))
    let second = try trace([2]) { pow($0[0], 4) - 2 * pow($0[0], 2) }.differentiated(order: 3)
    #expect(second["d(d(x))"]?.value == 44)
    #expect(second["d(d(d(x)))"]?.value == 48)
    #expect(Set(second.nodes.map(\.id)).count == second.nodes.count)
    // The output is the last order: its derivative is one order more.
    #expect(second.nodes[0].derivative == 24)
  }

  @Test func aGradientIsATraceThatCanBeWrittenAndReadAgain() throws {
    let made = try trace([0.7, 0.3]) { sin($0[0]) * exp($0[1]) }.differentiated(order: 2)
    let read = try Trace(json: made.json())
    #expect(read.nodes.map(\.value) == made.nodes.map(\.value))
    #expect(read.nodes.map(\.id) == made.nodes.map(\.id))
    let again = try made.differentiated(by: ["x"])
    expectClose(
      again.nodes[try #require(again.backward).derivatives[0][0]].value, made.nodes[0].derivative)
  }

  @Test func whatCannotBeRecordedIsRefusedByName() throws {
    let own = trace([1]) { sin($0[0]) }
    #expect(throws: DifferentiationFault.self) { try own.differentiated(order: 4) }
    #expect(throws: DifferentiationFault.self) { try own.differentiated(by: ["J"]) }
    let foreign = try Trace(
      json: """
        {"format": "graphviz-grad-trace/1", "nodes": [{"id": "x", "value": 1},
        {"id": "y", "operation": "bessel", "value": 2}],
        "edges": [{"from": "x", "to": "y", "partial": 3}]}
        """)
    let fault = #expect(throws: DifferentiationFault.self) { try foreign.differentiated() }
    #expect(fault?.message.contains("'bessel'") == true)
  }

  // MARK: Tangents

  @Test func tangentsHaveHigherOrders() throws {
    let chain = trace([1.0, 0.5]) { x in sin(tanh(x[0]) * exp(x[0] * x[1])) }
    let made = try chain.higherDerivatives(by: [0], order: 3)
    let tangents = try chain.higherTangents(by: 0, order: 3)
    for (order, value) in made.values(of: 0).enumerated() {
      expectClose(tangents.values[order][chain.output], value.entries[0], tolerance: 1e-13)
    }
    // Of each node, as if it were the output.
    for node in chain.nodes.indices where chain.nodes[node].kind == .operation {
      var other = chain
      other.output = node
      let own = try other.higherDerivatives(by: [0], order: 2).values(of: 0)[0].entries[0]
      expectClose(tangents.values[0][node], own, tolerance: 1e-13)
    }
    let kink = trace([0]) { x in relu(x[0]) * 3 }
    #expect(try kink.higherTangents(by: 0, order: 2).kinks.count == 1)
    #expect(throws: DifferentiationFault.self) { try chain.higherTangents(by: 0, order: 4) }
  }
}
