@testable import GradCore
import TestSupport
import Testing

/// Derivatives of arrays recorded as computations: against the sweep, against each other, against
/// differences.
@Suite struct HigherArrayDerivativeTests {
  /// y = Σ w ⊙ sin(operation), with fixed weights, by all operands.
  private func record(_ operation: ArrayOperation, _ arrays: [NumberArray]) throws -> Trace {
    let tape = Tape()
    let inputs = arrays.map { tape.input($0) }
    let z = sin(try Variable.applying(operation, to: inputs))
    let count = z.shape.reduce(1, *)
    let weights = tape.constant(
      NumberArray(z.shape, (0..<count).map { 0.3 + 0.1 * Double($0 % 7) }))
    return tape.trace(of: (weights * z).sum())
  }

  private func arrays(of shapes: [[Int]]) -> [NumberArray] {
    var random = SeededRandom(seed: 3)
    return shapes.map { shape in
      NumberArray(
        shape, (0..<shape.reduce(1, *)).map { _ in Double.random(in: 0.2...1.5, using: &random) })
    }
  }

  @Test(arguments: ArrayOperationTests.cases)
  func operationsAreDifferentiatedTwice(_ own: ArrayOperationTests.Case) throws {
    let arrays = arrays(of: own.shapes)
    let trace = try record(own.operation, arrays)
    let gradient = try trace.recordedGradient()
    for (k, derivative) in gradient.values.enumerated() {
      let swept = trace.nodes[k].arrayDerivative ?? NumberArray(trace.nodes[k].derivative)
      #expect(derivative.shape == swept.shape)
      for (a, b) in zip(derivative.entries, swept.entries) { expectClose(a, b, tolerance: 1e-12) }
    }
    for (k, array) in arrays.enumerated() {
      let entry = array.count / 2
      let direction = arrays.enumerated().map { place, array in
        NumberArray(
          array.shape, array.entries.indices.map { place == k && $0 == entry ? 1.0 : 0 })
      }
      let forward = gradient.hessian(times: direction)
      let backward = gradient.row(of: k, entry: entry)
      let step = 1e-5
      func moved(_ amount: Double) throws -> [NumberArray] {
        var all = arrays
        all[k] = array.replacing(entry, by: array.entries[entry] + amount)
        let trace = try record(own.operation, all)
        return arrays.indices.map {
          trace.nodes[$0].arrayDerivative ?? NumberArray(trace.nodes[$0].derivative)
        }
      }
      let (above, below) = (try moved(step), try moved(-step))
      for place in arrays.indices {
        for i in arrays[place].entries.indices {
          let difference = (above[place].entries[i] - below[place].entries[i]) / (2 * step)
          expectClose(forward[place].entries[i], difference, tolerance: 1e-6, "\(own.operation)")
          expectClose(
            backward[place].entries[i], forward[place].entries[i], tolerance: 1e-11,
            "\(own.operation)")
        }
      }
    }
  }

  @Test func aLayerWithCrossEntropyAgreesWithPyTorch() throws {
    let tape = Tape()
    let x = tape.constant(NumberArray([[1, 2, -1], [0.5, -0.3, 0.8]]))
    let w = tape.input([[0.1, -0.2], [0.4, 0.3], [-0.5, 0.6]], "W")
    let p = tanh(x.matmul(w)).logSoftmax(axis: 1)
    let chosen = p[.indices([0, 1], shape: [2]), .indices([1, 0], shape: [2])]
    let gradient = try tape.trace(of: -chosen.mean()).recordedGradient()
    let expected = [
      -0.05514435387861816, -0.20417041538683103, 0.24299498811105605, -0.8107786975698259,
      -0.2981393419896742, 0.6066082821829948,
    ]
    for (own, expected) in zip(gradient.values[0].entries, expected) {
      expectClose(own, expected, tolerance: 1e-14)
    }
    let row = [
      -0.2521376576515495, -0.02697783960731573, -0.5691308515263646, -0.08588525839492488,
      0.316993193874815, 0.05890741878760915,
    ]
    for (own, expected) in zip(gradient.row(of: 0, entry: 2)[0].entries, row) {
      expectClose(own, expected, tolerance: 1e-14)
    }
  }

  @Test(arguments: OperatorRow.all.map { $0.row.name })
  func rowsAreDifferentiatedEntryByEntry(_ name: String) throws {
    let type = try #require(OperatorRow.all.first { $0.row.name == name })
    var random = SeededRandom(seed: 4)
    // Entries on both sides of kinks, so that formulas choose by masks; operands are broadcast.
    let shapes = [[2, 3], [3], [2, 1]]
    let arrays = type.row.operands.enumerated().map { k, operand in
      NumberArray(
        shapes[k],
        (0..<shapes[k].reduce(1, *)).map { _ in Double.random(in: operand.domain, using: &random) })
    }
    let tape = Tape()
    let inputs = arrays.map { tape.input($0) }
    let trace = tape.trace(of: sin(type.record(inputs)).sum())
    let gradient = try trace.recordedGradient()
    let direction = arrays.map { array in NumberArray(array.shape, array.entries.map { _ in 1 }) }
    let product = gradient.hessian(times: direction)
    // The same entry by entry, with numbers.
    var sums = arrays.map { NumberArray($0.shape, $0.entries.map { _ in 0 }) }
    for i in 0..<2 {
      for j in 0..<3 {
        let places = [3 * i + j, j, i]
        let own = Tape()
        let numbers = arrays.indices.map { own.input(arrays[$0].entries[places[$0]]) }
        let one = try own.trace(of: sin(type.record(numbers))).recordedGradient()
        for (k, change) in one.hessian(times: arrays.map { _ in 1.0 }).enumerated() {
          sums[k] = sums[k].replacing(places[k], by: sums[k].entries[places[k]] + change)
        }
      }
    }
    for k in arrays.indices {
      for (a, b) in zip(product[k].entries, sums[k].entries) {
        expectClose(a, b, tolerance: 1e-11, "\(name)")
      }
      let swept = try #require(trace.nodes[k].arrayDerivative)
      for (a, b) in zip(gradient.values[k].entries, swept.entries) {
        expectClose(a, b, tolerance: 1e-12, "\(name)")
      }
    }
  }

  @Test func aGradientOfArraysIsATrace() throws {
    let tape = Tape()
    let x = tape.constant(NumberArray([[1, 2], [3, 4]]))
    let w = tape.input([0.5, -0.25], "w")
    let made = try tape.trace(of: square(x.matmul(w)).mean()).differentiated()
    let derivative = try #require(made["d(w)"])
    #expect(derivative.array?.shape == [2])
    #expect(
      derivative.array == made.nodes.first { $0.name == "w" }.flatMap { _ in derivative.array })
    let swept = tape.trace(of: square(x.matmul(w)).mean())["w"]?.arrayDerivative
    for (a, b) in zip(derivative.array?.entries ?? [], swept?.entries ?? []) { expectClose(a, b) }
    #expect(throws: DifferentiationFault.self) {
      try tape.trace(of: square(x.matmul(w)).mean()).differentiated(order: 3)
    }
  }

  @Test func productsWithAZeroAreRefused() throws {
    let tape = Tape()
    let x = tape.input([0, 2, 3], "x")
    let trace = tape.trace(of: x.reduced(.product))
    let fault = #expect(throws: DifferentiationFault.self) { try trace.recordedGradient() }
    #expect(fault?.message.contains("'prod'") == true)
  }

  @Test func pureSecondDerivativesAreNodesToo() throws {
    let tape = Tape()
    let x = tape.input(NumberArray([0.3, -1.2, 0.7]), "x")
    let w = tape.input(0.4, "w")
    let trace = tape.trace(of: (tanh(x * w) * x.sum() * x).sum().named("J"))
    let numbers = try trace.higherDerivatives(order: 2)
    let made = try trace.differentiated(order: 2)
    let backward = try #require(made.backward)
    #expect(made.index(of: "d(d(x))") == backward.derivatives[1][0])
    for (place, input) in backward.inputs.enumerated() {
      let (own, known) = (made.nodes[backward.derivatives[1][place]], numbers.values(of: input)[0])
      #expect(own.shape == known.shape)
      for (a, b) in zip(own.anyValue.entries, known.entries) { expectClose(a, b, tolerance: 1e-12) }
    }
    // A derivative by each entry that is the same number, and none at all.
    let sum = Tape()
    let v = sum.input(NumberArray([1, 2]), "v")
    let square = try sum.trace(of: (v * v).sum().named("J")).differentiated(order: 2)
    let second = try #require(square.backward).derivatives[1][0]
    #expect(square.nodes[second].anyValue == NumberArray([2, 2]))
    let linear = Tape()
    let u = linear.input(NumberArray([1, 2]), "u")
    let none = try linear.trace(of: u.sum().named("J")).differentiated(order: 2)
    #expect(
      none.nodes[try #require(none.backward).derivatives[1][0]].anyValue == NumberArray([0, 0]))
    #expect(throws: DifferentiationFault.self) { try trace.differentiated(order: 3) }
  }
}
