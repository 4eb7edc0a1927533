import GradCore
import TestSupport
import Testing

/// Jacobians and products with vectors, against gradients, tangents and each other.
@Suite struct JacobianTests {
  /// The cosine of 3.
  private static let cosine = -0.9899924966004454

  private func twoOutputs() -> Trace {
    let tape = Tape()
    let (x, y) = (tape.input(3, "x"), tape.input(2, "y"))
    let u = (x * y).named("u")
    return tape.trace(of: (sin(x) + u).named("v"))
  }

  @Test func aRowAnOutputAndAColumnAnInput() throws {
    let trace = twoOutputs()
    let matrix = try trace.jacobian(of: ["u", "v"], by: ["x", "y"])
    #expect(matrix.numbers == [[2, 3], [Self.cosine + 2, 3]])
    #expect(matrix[1, 0] == trace["x"]?.derivative)
    #expect(matrix.rows.map(\.node) == [trace.index(of: "u"), trace.output])
    // By default the output by all inputs, in the order asked for otherwise.
    #expect(try trace.jacobian().numbers == [[Self.cosine + 2, 3]])
    #expect(try trace.jacobian(by: ["y", "x"]).numbers == [[3, Self.cosine + 2]])
  }

  @Test func zerosHaveNoSign() throws {
    let tape = Tape()
    let (x, y) = (tape.input(0, "x"), tape.input(2, "y"))
    _ = (-x * y).named("u")
    let trace = tape.trace(of: (y * 1).named("v"))
    let matrix = try trace.jacobian(of: ["u", "v"])
    #expect(matrix.entries == [-2, 0, 0, 1])
    #expect(matrix.entries.allSatisfy { $0 != 0 || $0.sign == .plus })
  }

  /// A trace of arrays with products, broadcasting, a reduction and a kink.
  private func layers(_ random: inout SeededRandom) -> Trace {
    func numbers(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double.random(in: -2...2, using: &random) }
    }
    let tape = Tape()
    let w = tape.input(NumberArray([3, 2], numbers(6)), "W")
    let x = tape.input(NumberArray([2], numbers(2)), "x")
    let b = tape.input(numbers(1)[0], "b")
    let h = tanh(w.matmul(x) + b).named("h")
    return tape.trace(of: (exp(h) * h).named("y"))
  }

  @Test func bothWaysAgree() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<20 {
      let trace = layers(&random)
      let rows = try trace.outputPlaces(named: ["h", "y[1]"])
      let columns = try trace.inputPlaces(named: [])
      #expect(rows.count == 4 && columns.count == 9)
      let forward = try trace.jacobian(of: rows, by: columns, .forward)
      let reverse = try trace.jacobian(of: rows, by: columns, .reverse)
      for (a, b) in zip(forward.entries, reverse.entries) { expectClose(a, b, tolerance: 1e-14) }
      // u·(J·v) = (uᵀ·J)·v
      let v = columns.map { _ in Double.random(in: -1...1, using: &random) }
      let u = rows.map { _ in Double.random(in: -1...1, using: &random) }
      let along = try trace.jacobianVector(v, of: rows, by: columns)
      let back = try trace.vectorJacobian(u, of: rows, by: columns)
      func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map(*).reduce(0, +) }
      expectClose(dot(u, along), dot(back, v), tolerance: 1e-13)
      for (row, place) in rows.indices.map({ ($0, along[$0]) }) {
        expectClose(
          dot(columns.indices.map { forward[row, $0] }, v), place, tolerance: 1e-13)
      }
    }
  }

  @Test func anOutputBeforeAnotherIsDifferentiatedAlone() throws {
    let trace = twoOutputs()
    let u = try trace.outputPlaces(named: ["u", "v"])
    let columns = try trace.inputPlaces(named: [])
    #expect(try trace.vectorJacobian([1, 0], of: u, by: columns) == [2, 3])
    #expect(try trace.vectorJacobian([1, 1], of: u, by: columns) == [Self.cosine + 4, 6])
  }

  @Test func aRowIsTheLastOfItsName() throws {
    let tape = Tape()
    let x = tape.input(3, "x")
    let first = (x * 2).named("u")
    let trace = tape.trace(of: (first * x).named("u"))
    #expect(try trace.jacobian(of: ["u"]).entries == [12])
    #expect(try trace.jacobian(of: ["u"], by: ["x"]).rows[0].node == trace.output)
  }

  @Test func whatCannotBeIsRefused() throws {
    let trace = twoOutputs()
    func message(_ outputs: [String], _ inputs: [String]) -> String? {
      do {
        _ = try trace.jacobian(of: outputs, by: inputs)
        return nil
      } catch {
        return "\(error.message): \(error.help ?? "")"
      }
    }
    #expect(message(["w"], []) == "no node is called 'w': there are x, y, u, v")
    #expect(message([], ["z"]) == "no input is called 'z': there are x, y")
    #expect(message([], ["u"]) == "'u' is computed, and no input: the inputs are x, y")
    #expect(message(["u[0]"], [])?.hasPrefix("'u' is a number, which has no entries") == true)
    let tape = Tape()
    let x = tape.input(NumberArray([Double](repeating: 1, count: 21)), "x")
    let b = tape.input(NumberArray([Double](repeating: 1, count: 19)), "b")
    _ = exp(b)
    let large = tape.trace(of: (x * x).named("y"))
    #expect(throws: MatrixFault.self) { try large.jacobian() }
    do { _ = try large.jacobian() } catch {
      #expect(error.message == "a matrix of 21 by 40 has 840 entries, and 400 are the most")
      #expect(
        error.help
          == "differentiate by 19 numbers at most, such as b; its product with a vector has no such limit"
      )
    }
    #expect(try large.jacobian(by: ["b"]).entries.allSatisfy { $0 == 0 })
  }
}
