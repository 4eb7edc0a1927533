import GradCore
import TestSupport
import Testing

/// Derivatives where the textbook has none, and values where a naive formula fails.
@Suite struct OperatorEdgeTests {
  /// An operator at a point, with the partials that PyTorch 2 has there.
  struct Edge: Sendable, CustomTestStringConvertible {
    var name: String
    var point: [Double]
    var value: Double
    var partials: [Double]
    init(_ name: String, _ point: [Double], _ value: Double, _ partials: [Double]) {
      (self.name, self.point, self.value, self.partials) = (name, point, value, partials)
    }
    var testDescription: String { "\(name)\(point)" }
  }

  static let likePyTorch: [Edge] = [
    Edge("relu", [0], 0, [0]), Edge("relu", [.nan], .nan, [1]), Edge("abs", [0], 0, [0]),
    Edge("sign", [0], 0, [0]), Edge("sign", [-3], -1, [0]), Edge("sign", [.nan], 0, [0]),
    Edge("maximum", [2, 2], 2, [0.5, 0.5]), Edge("minimum", [2, 2], 2, [0.5, 0.5]),
    Edge("maximum", [.nan, 1], .nan, [1, 1]), Edge("minimum", [1, .nan], .nan, [1, 1]),
    Edge("max", [2, 1, 2, 2, 0], 2, [1.0 / 3, 0, 1.0 / 3, 1.0 / 3, 0]),
    Edge("min", [2, 1, 1, 2], 1, [0, 0.5, 0.5, 0]), Edge("max", [7], 7, [1]),
    Edge("max", [.nan, 1], .nan, [1, 1]), Edge("max", [1, .nan], .nan, [1, 1]),
    Edge("clip", [-1, -1, 2], -1, [1, 0, 0]), Edge("clip", [2, -1, 2], 2, [1, 0, 0]),
    Edge("clip", [3, -1, 2], 2, [0, 0, 1]), Edge("clip", [-3, -1, 2], -1, [0, 1, 0]),
    Edge("clip", [0, 2, 1], 1, [0, 0, 1]), Edge("clip", [5, 2, 1], 1, [0, 0, 1]),
    Edge("clip", [.nan, 2, 3], .nan, [1, 0, 0]),
    Edge("clip", [5, -.infinity, .infinity], 5, [1, 0, 0]),
    Edge("pow", [0, 0], 1, [0, 0]), Edge("pow", [0, 0.5], 0, [.infinity, 0]),
    Edge("pow", [0, 2], 0, [0, 0]), Edge("pow", [0, -1], .infinity, [-.infinity, -.infinity]),
    Edge("pow", [-2, 2], 4, [-4, .nan]), Edge("pow", [-2, 0], 1, [0, .nan]),
    Edge("leaky_relu", [0, 0.01], 0, [0.01, 0]), Edge("elu", [0, 1], 0, [1, 0]),
    Edge("elu", [0, 2], 0, [2, 0]), Edge("hypot", [0, 0], 0, [.nan, .nan]),
    Edge("atan2", [0, 0], 0, [0, 0]), Edge("sqrt", [0], 0, [.infinity]),
    Edge("sqrt", [-1], .nan, [.nan]), Edge("log", [0], -.infinity, [.infinity]),
    Edge("divide", [1, 0], .infinity, [.infinity, -.infinity]),
    Edge("stop_gradient", [3], 3, [0]), Edge("where", [3, 4], 3, [1, 0]),
    Edge("where_else", [3, 4], 4, [0, 1]),
  ]

  /// Points far out, by values computed with 40 digits.
  static let farOut: [Edge] = [
    Edge("sigmoid", [40], 1, [4.248354255291589e-18]), Edge("sigmoid", [1000], 1, [0]),
    Edge("sigmoid", [-40], 4.248354255291589e-18, [4.248354255291589e-18]),
    Edge("sigmoid", [-1000], 0, [0]), Edge("logsigmoid", [-1000], -1000, [1]),
    Edge("logsigmoid", [40], -4.248354255291589e-18, [4.248354255291589e-18]),
    Edge("softplus", [1000], 1000, [1]),
    Edge("softplus", [-40], 4.248354255291589e-18, [4.248354255291589e-18]),
    Edge("tanh", [20], 1, [1.6993417021166355e-17]), Edge("tanh", [-1000], -1, [0]),
    Edge("log1p", [1e-20], 1e-20, [1]), Edge("expm1", [1e-20], 1e-20, [1]),
    Edge("hypot", [3e200, 4e200], 5e200, [0.6, 0.8]),
    Edge("atan2", [3e200, 4e200], 0.6435011087932844, [1.6e-201, -1.2e-201]),
    Edge("asinh", [1e200], 461.2101657793691, [1e-200]),
    Edge("acosh", [1e200], 461.2101657793691, [1e-200]),
    Edge("gelu", [-8], -4.9767684594174273e-15, [-3.979607261086796e-14]),
    Edge("gelu", [40], 40, [1]), Edge("silu", [-1000], 0, [0]),
    Edge("elu", [800, 1], 800, [1, 0]),
  ]

  @Test(arguments: likePyTorch + farOut) func isExact(_ edge: Edge) throws {
    let type = try #require(OperatorRow.all.first { $0.row.name == edge.name })
    expectRelativelyClose(value(of: type, at: edge.point), edge.value)
    for (partial, expected) in zip(partials(of: type, at: edge.point), edge.partials) {
      expectRelativelyClose(partial, expected)
    }
  }

  @Test func aLiteralThatTiesTakesAll() {
    let tape = Tape()
    let (x, y) = (tape.input(2), tape.input(2))
    let two: Variable = x.constant(1) + 1
    func derivatives(_ z: Variable) -> [Double] { Array(tape.gradient(of: z).prefix(2)) }
    #expect(derivatives(max(x, 2)) == [0, 0])
    #expect(derivatives(min(2, x)) == [0, 0])
    #expect(derivatives(maximum(x, 2)) == [0, 0])
    #expect(derivatives(minimum(x, two)) == [0, 0])
    #expect(derivatives(max(x, y)) == [0.5, 0.5])
    #expect(derivatives(max(x, 1)) == [1, 0])
    #expect(derivatives(Operators.SharedMaximum.record([x, x.constant(2)])) == [0.5, 0])
    #expect(derivatives(Operators.SharedMin.record([x, x.constant(2), y])) == [1.0 / 3, 1.0 / 3])
  }

  private func expectRelativelyClose(_ actual: Double, _ expected: Double) {
    if actual == expected || (actual.isNaN && expected.isNaN) { return }
    #expect(abs(actual - expected) <= 1e-14 * abs(expected), "\(actual), not \(expected)")
  }
}
