import GradCore
import TestSupport
import Testing

/// Every operation on arrays: its value against loops or published rules, its derivative against
/// differences, its map against its transpose.
@Suite struct ArrayOperationTests {
  /// An operation with the shapes of its operands.
  struct Case: CustomTestStringConvertible, Sendable {
    var operation: ArrayOperation
    var shapes: [[Int]]
    var testDescription: String { "\(operation) of \(shapes)" }
    init(_ operation: ArrayOperation, _ shapes: [Int]...) {
      (self.operation, self.shapes) = (operation, shapes)
    }
  }

  private static func einsum(_ rule: String) -> ArrayOperation {
    guard let rule = try? ArrayOperation.Contraction(rule) else {
      preconditionFailure("no rule: \(rule)")
    }
    return .contract(rule)
  }

  static let cases: [Case] = [
    Case(.matrixProduct, [2, 3], [3, 4]), Case(.matrixProduct, [3], [3]),
    Case(.matrixProduct, [3], [3, 2]), Case(.matrixProduct, [2, 3], [3]),
    Case(.matrixProduct, [2, 1], [1, 4]), Case(.matrixProduct, [5, 2, 3], [5, 3, 4]),
    Case(.matrixProduct, [5, 2, 3], [3, 4]), Case(.matrixProduct, [2, 3], [5, 3, 1]),
    Case(.matrixProduct, [2, 1, 2, 3], [5, 3, 2]), Case(.matrixProduct, [5, 2, 3], [3]),
    Case(.matrixProduct, [3], [5, 3, 2]), Case(.matrixProduct, [30, 40], [40, 50]),
    Case(.reduce(.sum, axes: nil, keepsAxes: false), [2, 3]),
    Case(.reduce(.sum, axes: [0], keepsAxes: false), [2, 3]),
    Case(.reduce(.sum, axes: [-1], keepsAxes: true), [2, 3]),
    Case(.reduce(.mean, axes: [0, 2], keepsAxes: false), [2, 3, 4]),
    Case(.reduce(.mean, axes: nil, keepsAxes: true), [2, 3]),
    Case(.reduce(.sum, axes: nil, keepsAxes: false), []),
    Case(.reduce(.product, axes: [1], keepsAxes: false), [2, 3]),
    Case(.reduce(.max, axes: [0], keepsAxes: false), [4, 3]),
    Case(.reduce(.min, axes: nil, keepsAxes: false), [4, 3]),
    Case(.reduce(.variance(correction: 0), axes: [0], keepsAxes: true), [4, 3]),
    Case(.reduce(.variance(correction: 1), axes: [1, 2], keepsAxes: false), [2, 3, 2]),
    Case(.reduce(.standardDeviation(correction: 1), axes: nil, keepsAxes: false), [5]),
    Case(.reduce(.norm(order: 2), axes: [1], keepsAxes: false), [2, 3]),
    Case(.reduce(.norm(order: 1), axes: nil, keepsAxes: false), [4]),
    Case(.reduce(.norm(order: .infinity), axes: nil, keepsAxes: false), [4]),
    Case(.reduce(.logSumExp, axes: [1], keepsAxes: true), [2, 3]),
    Case(.inverse, [3, 3]), Case(.inverse, [2, 2, 2]), Case(.inverse, [1, 1]),
    Case(.solve, [3, 3], [3]), Case(.solve, [3, 3], [3, 2]), Case(.solve, [2, 2, 2], [2, 3]),
    Case(.solve, [2, 2], [3, 2, 1]),
    Case(.determinant, [3, 3]), Case(.determinant, [2, 3, 3]), Case(.logDeterminant, [2, 2]),
    Case(.logDeterminant, [2, 2, 2]),
    Case(.reduce(.median(ofBoth: true), axes: nil, keepsAxes: false), [2, 3]),
    Case(.reduce(.median(ofBoth: false), axes: [0], keepsAxes: true), [4, 3]),
    Case(.softmax(axis: -1), [2, 3]), Case(.softmax(axis: 0), [3, 2]),
    Case(.logSoftmax(axis: 1), [2, 3, 2]), Case(.logSoftmax(axis: 0), [4]),
    Case(.cumulativeSum(axis: 0), [3, 2]), Case(.cumulativeSum(axis: 1), [3, 2]),
    Case(.cumulativeSum(axis: nil), [2, 3]),
    Case(.reshape([3, -1]), [2, 6]), Case(.reshape([6]), [2, 3]), Case(.reshape([1, 1]), []),
    Case(.transpose(nil), [2, 3, 4]), Case(.transpose([1, 0, 2]), [2, 3, 4]),
    Case(.broadcast([4, 2, 3]), [2, 1]), Case(.broadcast([2, 2]), []),
    Case(.select([.index(-1)]), [2, 3]),
    Case(.select([.slice(nil, nil, nil), .index(0)]), [2, 3]),
    Case(.select([.slice(nil, nil, -1), .slice(1, nil, nil)]), [3, 3]),
    Case(.select([.newAxis, .ellipsis, .index(1), .newAxis]), [2, 3]),
    Case(.select([.indices([1, 0, 1], shape: [3])]), [2, 3]),
    Case(.select([.indices([1, 0], shape: [2]), .indices([2, 2], shape: [2])]), [2, 3]),
    Case(.select([.slice(nil, nil, nil), .indices([0, 2, 0, 1], shape: [2, 2])]), [2, 3, 2]),
    Case(
      .select([.indices([1, 0], shape: [2]), .slice(nil, nil, nil), .indices([1, 0], shape: [2])]),
      [2, 3, 2]),
    Case(.replace([.index(0)]), [2, 3], [3]), Case(.replace([.index(0)]), [2, 3], []),
    Case(.replace([.slice(nil, nil, nil), .indices([0, 0], shape: [2])]), [2, 3], [2, 2]),
    Case(.choose(mask: NumberArray([[1, 0, 1]])), [2, 3], []),
    Case(.choose(mask: NumberArray(0)), [3], [2, 1]),
    Case(.concatenate(axis: 0), [2, 3], [1, 3], [4, 3]),
    Case(.concatenate(axis: -1), [2, 3], [2, 1]),
    Case(.stack(axis: 0), [3], [3]), Case(.stack(axis: -1), [2, 3], [2, 3]),
    Case(.stack(axis: 0), [], [], []),
    Case(.rearrange(name: "flip", sources: [2, 1, 0, 0], shape: [2, 2], arguments: ""), [3]),
    Case(.pad([[1, 0], [0, 2]]), [2, 3]),
    Case(einsum("ij,jk->ik"), [2, 3], [3, 4]),
    Case(einsum("i,j->ij"), [2], [3]),
    Case(einsum("bij,bjk"), [2, 2, 3], [2, 3, 2]),
    Case(einsum("ii->"), [3, 3]),
    Case(einsum("ij->j"), [2, 3]),
    Case(.convolve(.init(stride: [1, 1], padding: [0, 0])), [2, 2, 4, 5], [3, 2, 2, 3]),
    Case(.convolve(.init(stride: [2, 1], padding: [1, 2])), [1, 1, 4, 4], [1, 1, 3, 3]),
    Case(.convolve(.init(stride: [2], padding: [1])), [2, 3, 7], [2, 3, 3]),
    Case(
      .pool(
        .init(
          takesLargest: true, window: [2, 2], movement: .init(stride: [2, 2], padding: [0, 0]))),
      [1, 2, 4, 5]),
    Case(
      .pool(
        .init(
          takesLargest: true, window: [3, 2], movement: .init(stride: [1, 2], padding: [1, 1]))),
      [2, 1, 4, 4]),
    Case(
      .pool(
        .init(takesLargest: false, window: [2], movement: .init(stride: [1], padding: [1]))),
      [2, 2, 5]),
  ]

  private func random(_ shape: [Int], _ generator: inout SeededRandom) -> NumberArray {
    NumberArray(
      shape,
      (0..<shape.reduce(1, *)).map { _ in Double.random(in: -2...2, using: &generator) })
  }

  @Test(arguments: cases) func derivativeAgreesWithDifferences(_ sample: Case) throws {
    var generator = SeededRandom(seed: 7)
    var inputs = sample.shapes.map { random($0, &generator) }
    let shape = try sample.operation.shape(of: sample.shapes)
    let weights = random(shape, &generator)
    func value(_ inputs: [NumberArray]) throws -> (Tape, Variable, [Variable]) {
      let tape = Tape()
      let variables = inputs.map { tape.input($0) }
      let z = try Variable.applying(sample.operation, to: variables)
      #expect(z.shape == shape)
      return (tape, (z * tape.constant(weights)).sum(), variables)
    }
    let (tape, output, variables) = try value(inputs)
    let gradients = tape.gradients(of: output)
    for (k, variable) in variables.enumerated() {
      let derivative = try #require(gradients[variable])
      #expect(derivative.shape == sample.shapes[k])
      for entry in 0..<min(derivative.count, 40) {
        let own = inputs[k]
        func moved(_ by: Double) throws -> Double {
          var entries = own.entries
          entries[entry] += by
          inputs[k] = NumberArray(own.shape, entries)
          let (tape, output, _) = try value(inputs)
          return withExtendedLifetime(tape) { output.value }
        }
        let difference = try (moved(1e-6) - moved(-1e-6)) / 2e-6
        inputs[k] = own
        expectClose(derivative.entries[entry], difference, tolerance: 1e-6, "\(k) \(entry)")
      }
    }
  }

  /// ⟨Mx, y⟩ = ⟨x, Mᵀy⟩, and the trace's contributions are what makes up the derivatives.
  @Test(arguments: cases) func mapsAgreeWithTheirTransposes(_ sample: Case) throws {
    var generator = SeededRandom(seed: 8)
    let tape = Tape()
    let variables = sample.shapes.map { tape.input(random($0, &generator)) }
    // Views of views have other strides than arrays of their own.
    let turned = try variables.map { variable in
      let twice = try Variable.applying(.transpose(nil), to: [variable])
      return try Variable.applying(.transpose(nil), to: [twice])
    }
    let z = try Variable.applying(sample.operation, to: turned)
    let weights = random(z.shape, &generator)
    let output = (z * tape.constant(weights)).sum()
    let trace = tape.trace(of: output)
    for edge in trace.edges(into: Int(z.index)) {
      let x = random(trace.nodes[edge.source].shape, &generator)
      let y = random(z.shape, &generator)
      let forward = zip(trace.mapped(edge, x).entries, y.entries).reduce(0) { $0 + $1.0 * $1.1 }
      let backward = zip(trace.transposed(edge, y).entries, x.entries).reduce(0) {
        $0 + $1.0 * $1.1
      }
      expectClose(forward, backward, tolerance: 1e-12)
    }
    for index in trace.nodes.indices where trace.nodes[index].isUnused == false {
      guard index != trace.output, let own = trace.nodes[index].arrayDerivative else { continue }
      var sum = [Double](repeating: 0, count: own.count)
      for edge in trace.edges where edge.source == index {
        let contribution = try #require(edge.arrayContribution)
        for i in sum.indices { sum[i] += contribution.entries[i] }
      }
      for (a, b) in zip(sum, own.entries) { expectClose(a, b, tolerance: 1e-12) }
    }
  }

  /// Every row of the table, with four ways of broadcasting, entry by entry as at numbers.
  @Test(arguments: OperatorRow.all.map { $0.row.name }) func rowsAreElementwise(_ name: String)
    throws
  {
    let row = try #require(OperatorRow.all.first { $0.row.name == name })
    var generator = SeededRandom(seed: 9)
    let count = row.row.isVariadic ? 3 : row.row.operands.count
    for (first, second, result) in [
      ([2, 3], [2, 3], [2, 3]), ([2, 3], [], [2, 3]), ([], [2, 3], [2, 3]), ([2, 1], [3], [2, 3]),
      ([2, 3], [1, 3], [2, 3]), ([2, 1, 300], [1, 300], [2, 1, 300]),
    ] {
      let shapes = (0..<count).map { $0 == 0 ? first : second }
      if try broadcastShape(shapes) != result { continue }
      let inputs = shapes.enumerated().map { k, shape in
        let domain = row.row.operands[min(k, row.row.operands.count - 1)].domain
        return NumberArray(
          shape,
          (0..<shape.reduce(1, *)).map { _ in Double.random(in: domain, using: &generator) })
      }
      let tape = Tape()
      let variables = inputs.map { tape.input($0) }
      let z = row.record(variables)
      #expect(z.shape == result)
      let gradients = tape.gradients(of: z.sum())
      var sums = inputs.map { [Double](repeating: 0, count: $0.count) }
      for entry in 0..<z.array.count {
        let scalars = Tape()
        // Which entry of each operand goes into this one.
        let places = shapes.map { shape in
          var (rest, place, stride) = (entry, 0, 1)
          for (axis, size) in result.enumerated().reversed() {
            let index = rest % size
            rest /= size
            let own = axis - (result.count - shape.count)
            if own >= 0, shape[own] > 1 { place += index * stride }
            if own >= 0 { stride *= shape[own] }
          }
          return place
        }
        let numbers = zip(inputs, places).map { scalars.input($0.entries[$1]) }
        let output = row.record(numbers)
        #expect(output.value.isNaN || z.array.entries[entry] == output.value)
        let gradient = scalars.gradient(of: output)
        for (k, place) in places.enumerated() { sums[k][place] += gradient[k] }
      }
      for (k, variable) in variables.enumerated() {
        let derivative = try #require(gradients[variable])
        for (a, b) in zip(derivative.entries, sums[k]) { expectClose(a, b, tolerance: 1e-12) }
      }
    }
  }

  @Test func largeEntriesKeepTheirDigits() throws {
    let tape = Tape()
    let x = tape.input([800, -800, 799])
    let z = x.softmax()
    expectClose(z.array.entries[0], 1 / (1 + 0.36787944117144233), tolerance: 1e-15)
    expectClose(x.logSoftmax().array.entries[1], -1600 - 0.31326168751822286, tolerance: 1e-15)
    let sum = x.reduced(.logSumExp)
    expectClose(sum.value, 800.3132616875182, tolerance: 1e-15)
    #expect(tape.gradients(of: sum)[x]?.entries[1] == 0)
  }

  @Test func viewsShareTheirEntries() {
    let tape = Tape()
    let x = tape.input([[1, 2, 3], [4, 5, 6]], "X")
    #expect(x.transposed.array == NumberArray([[1, 4], [2, 5], [3, 6]]))
    #expect(x[1].array == NumberArray([4, 5, 6]))
    #expect(x[.ellipsis, .slice(nil, nil, -2)].array == NumberArray([[3, 1], [6, 4]]))
    #expect(x.transposed.reshaped(-1).array == NumberArray([1, 4, 2, 5, 3, 6]))
    #expect(x.sum(axis: 0).array == NumberArray([5, 7, 9]))
    #expect(x.mean().value == 3.5)
  }

  /// A literal takes the tie of an extremum, entry by entry; arrays share it.
  @Test func literalsTakeTiesOfArrays() throws {
    let tape = Tape()
    let x = tape.input([-1, 0, 2])
    let z = Operators.Maximum.record([tape.constant(0), x])
    #expect(tape.gradients(of: z.sum())[x] == NumberArray([0, 0, 1]))
    let y = tape.input([-1, 0, 2])
    let shared = Operators.Maximum.record([x, y])
    #expect(tape.gradients(of: shared.sum())[x] == NumberArray([0.5, 0.5, 0.5]))
  }

  @Test(arguments: [
    (ArrayOperation.matrixProduct, [[2, 3], [2, 3]], "(2, 3) @ (2, 3): 3 columns meet 2 rows"),
    (.matrixProduct, [[], [3]], "() @ (3,): a number is no matrix"),
    (
      .reduce(.sum, axes: [2], keepsAxes: false), [[2, 3]],
      "axis 2 is out of range for shape (2, 3)"
    ),
    (.reshape([4, -1]), [[2, 3]], "6 entries of the shape (2, 3) do not make one of (4, -1)"),
    (.select([.index(2)]), [[2, 3]], "index 2 is out of range for an axis of 2"),
    (.select([.slice(2, 1, nil)]), [[3]], "the slice chooses nothing of an axis of 3"),
    (
      .select([.index(0), .index(0)]), [[3]], "too many indices: (3,) has 1 axes, and 2 were given"
    ),
    (
      .concatenate(axis: 0), [[2, 3], [2, 4]],
      "arrays of (2, 3) and (2, 4) do not stand one after the other along axis 0"
    ),
    (.stack(axis: 0), [[2], [3]], "arrays of (2,) and (3,) are not stacked: shapes differ"),
    (.broadcast([2]), [[3]], "shapes (3,) and (2,) do not fit: 3 meets 2"),
    (
      .convolve(.init(stride: [1], padding: [0])), [[1, 2, 5], [1, 3, 3]],
      "images of 2 channels meet a kernel of 3"
    ),
  ])
  func shapesThatDoNotMeetAreRefused(
    _ operation: ArrayOperation, _ shapes: [[Int]], _ message: String
  ) {
    #expect(throws: ShapeFault.self) { try operation.shape(of: shapes) }
    do throws(ShapeFault) { _ = try operation.shape(of: shapes) } catch {
      #expect(error.message == message)
    }
  }

  @Test func spellingsAreThoseOfPrograms() {
    let tape = Tape()
    let (x, w) = (tape.input([[1, 2], [3, 4]], "X"), tape.input([[1, 2], [3, 4]], "W"))
    let z = w.transposed.matmul(x).named("Z")
    let first = z[.slice(nil, nil, nil), .index(0)].named("f")
    let trace = tape.trace(of: first.sum(axis: 0).named("J"))
    #expect(trace["Z"]?.expression == "t1 @ X")
    #expect(trace["t1"]?.expression == "W.T")
    #expect(trace["f"]?.expression == "Z[:, 0]")
    #expect(trace["J"]?.expression == "sum(f, axis=0)")
    #expect(trace["X"]?.expression == "[[1, 2], [3, 4]]")
    #expect(trace["Z"]?.operation == "matmul")
    // J = Σᵢ Zᵢ₀, so dX has the sums of W's rows in its first column.
    #expect(trace["X"]?.arrayDerivative == NumberArray([[3, 0], [7, 0]]))
  }
}
