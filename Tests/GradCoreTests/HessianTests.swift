import GradCore
import TestSupport
import Testing

/// Hessians: known numbers, forward over reverse against reverse over reverse and against differences, and what
/// is refused.
@Suite struct HessianTests {
  private func rosenbrock(_ tape: Tape) -> Variable {
    let (x, y) = (tape.input(0, "x"), tape.input(2, "y"))
    let (a, b) = (y - x * x, 1 - x)
    return (100 * (a * a) + b * b).named("f")
  }

  private func trace(_ record: (Tape) -> Variable) -> Trace {
    let tape = Tape()
    return tape.trace(of: record(tape))
  }

  @Test func rosenbrockAndTheQuartic() throws {
    let trace = trace(rosenbrock)
    #expect(trace["x"]?.derivative == -2 && trace["y"]?.derivative == 400)
    #expect(try trace.hessian().numbers == [[-798, 0], [0, 200]])
    #expect(try trace.hessian(of: "f", by: ["y", "x"]).numbers == [[200, 0], [0, -798]])
    let quartic = self.trace { tape in
      let x = tape.input(2, "x")
      return (x * x * x * x - 2 * (x * x)).named("y")
    }
    #expect(try quartic.hessian().entries == [44])
  }

  /// From torch.func.hessian in float64.
  @Test func numbersOfPyTorch() throws {
    let cube = trace { tape in
      let x = tape.input(1.5, "x")
      return x * x * x
    }
    #expect(try cube.hessian().entries == [9])
    let wave = trace { tape in sin(tape.input(0.7, "x")) * exp(tape.input(-0.4, "y")) }
    try expect(
      wave,
      [-0.43183202976614216, 0.5126890501905375, 0.5126890501905375, 0.43183202976614216])
    try expect(
      trace(network),
      [
        0.13875348037665486, 0.02595127094226586, -0.14729108389683152, -0.05076391891067837,
        0.02595127094226586, -0.03791776756555003, 0.006680249003213371, -0.1466031833993074,
        -0.14729108389683152, 0.006680249003213371, 0.005324082745059817, -0.013067399259816545,
        -0.05076391891067837, -0.1466031833993074, -0.013067399259816545, 0.03207255251130315,
      ])
  }

  private func expect(_ trace: Trace, _ numbers: [Double]) throws {
    let hessian = try trace.hessian().entries
    for (own, expected) in zip(hessian, numbers) { expectClose(own, expected, tolerance: 1e-10) }
    #expect(hessian.count == numbers.count)
  }

  /// Two layers with a weight for each of two hidden units, and two above.
  private func network(_ tape: Tape) -> Variable {
    let weights = [0.3, -0.8, 1.2, 0.5].enumerated().map { tape.input($1, "w\($0)") }
    let hidden = [tanh(weights[0] * 0.7), tanh(weights[1] * 0.7)]
    let guess = sigmoid(weights[2] * hidden[0] + weights[3] * hidden[1])
    return (guess - 1) * (guess - 1)
  }

  /// Arrays, with a product, broadcasting and a reduction.
  private func layer(_ random: inout SeededRandom) -> Trace {
    func numbers(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
    }
    let tape = Tape()
    let w = tape.input(NumberArray([2, 3], numbers(6)), "W")
    let x = tape.input(NumberArray([3], numbers(3)), "x")
    let b = tape.input(numbers(1)[0], "b")
    let h = tanh(w.matmul(x) + b)
    return tape.trace(of: (exp(h) * h).sum().named("J"))
  }

  @Test func bothWaysAgreeAndAreSymmetric() throws {
    var random = SeededRandom(seed: 5)
    for trace in [trace(rosenbrock), trace(network)] + (0..<10).map({ _ in layer(&random) }) {
      let second = try trace.secondDerivatives(by: trace.inputPlaces(named: []))
      let forward = try second.hessian(.forward)
      let reverse = try second.hessian(.reverse)
      let count = forward.rows.count
      for (a, b) in zip(forward.entries, reverse.entries) { expectClose(a, b, tolerance: 1e-13) }
      for row in 0..<count {
        for column in 0..<count { #expect(forward[row, column] == forward[column, row]) }
      }
      #expect(forward.entries.allSatisfy { $0 != 0 || $0.sign == .plus })
      // Each column by itself, without the mirror.
      let vector = (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
      let product = second.product(with: vector)
      for row in 0..<count {
        let sum = (0..<count).reduce(0) { $0 + forward[row, $1] * vector[$1] }
        expectClose(product[row], sum, tolerance: 1e-12)
      }
    }
  }

  @Test func differencesOfTheGradientAgree() throws {
    let point = [0.3, -0.8, 1.2, 0.5]
    let hessian = try trace(network).hessian()
    for column in point.indices {
      for row in point.indices {
        let numerical = numericalGradient(at: [point[column]]) { moved in
          let other = self.trace { tape in
            let weights = point.indices.map { index in
              tape.input(index == column ? moved[0] : point[index], "w\(index)")
            }
            let hidden = [tanh(weights[0] * 0.7), tanh(weights[1] * 0.7)]
            let guess = sigmoid(weights[2] * hidden[0] + weights[3] * hidden[1])
            return (guess - 1) * (guess - 1)
          }
          return other.nodes[row].derivative
        }[0]
        #expect(numerical.verdict(on: hessian[row, column], tolerance: 1e-8) == .agrees)
      }
    }
  }

  @Test func atAKinkSecondDerivativesAreZero() throws {
    let trace = trace { tape in
      let x = tape.input(0, "x")
      let h = relu(x).named("h")
      return (h * h + x * x).named("y")
    }
    let second = try trace.secondDerivatives(by: trace.inputPlaces(named: []))
    #expect(try second.hessian().entries == [2])
    #expect(second.kinks == ["h"])
  }

  @Test func whatCannotBeIsRefused() throws {
    func message(_ body: () throws -> Void) -> String {
      do {
        try body()
        return ""
      } catch {
        return (error as? MatrixFault)?.message ?? "\(error)"
      }
    }
    let large = trace { tape in
      (tape.input(NumberArray([Double](repeating: 1, count: 21)), "x")
        * tape.input(2, "a")).sum()
    }
    #expect(
      message { _ = try large.hessian() }
        == "a Hessian by 22 numbers has 484 entries, and 400 are the most")
    #expect(try large.hessian(by: ["a"]).entries == [0])
    #expect(
      message { _ = try large.hessian(of: "x") }
        == "'x' is an array of (21,), and a Hessian is of one number")
    #expect(message { _ = try large.hessian(by: ["b"]) } == "no input is called 'b'")
  }

  @Test func equationsAreSolved() throws {
    let hessian = try trace(rosenbrock).hessian()
    #expect(hessian.solution(of: [-798, 400]) == [1, 2])
    let places = hessian.rows
    func matrix(_ entries: [Double]) -> DerivativeMatrix {
      DerivativeMatrix(rows: places, columns: places, entries: entries)
    }
    #expect(matrix([0, 2, 3, 1]).solution(of: [4, 5]) == [1, 2])
    #expect(matrix([1, 2, 2, 4]).solution(of: [1, 1]) == nil)
    #expect(matrix([0, 0, 0, 1]).solution(of: [1, 1]) == nil)
  }

  @Test func anEntryOfAnArrayHasAHessian() throws {
    let trace = trace { tape in
      let x = tape.input(NumberArray([1, 2]), "x")
      return (x * x * x * x.sum()).named("y")
    }
    #expect(try trace.hessian(of: "y[0]").numbers == [[24, 3], [3, 0]])
    #expect(try trace.hessian(of: "y[1]", by: ["x[1]"]).numbers == [[60]])
    #expect(throws: MatrixFault.self) { try trace.hessian(of: "y") }
  }
}
