import GradBase
import GradCore
import TestSupport
import Testing

@Suite struct NumericalGradientTests {
  /// A function of one input, with its derivative and the relative error that is let pass.
  struct Smooth: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var x: Double
    var derivative: Double
    var tolerance: Double
    var function: @Sendable (Double) -> Double
    init(
      _ name: String, _ x: Double, _ derivative: Double, within tolerance: Double = 1e-9,
      _ function: @escaping @Sendable (Double) -> Double
    ) {
      testDescription = "\(name) at \(x)"
      (self.x, self.derivative, self.tolerance) = (x, derivative, tolerance)
      self.function = function
    }
  }

  static let smooth: [Smooth] = [
    Smooth("x²", 3, 6) { $0 * $0 }, Smooth("x²", 0, 0) { $0 * $0 },
    Smooth("x²", 1e-8, 2e-8) { $0 * $0 }, Smooth("x²", 1e12, 2e12) { $0 * $0 },
    Smooth("x³", -1e-90, 3e-180) { $0 * $0 * $0 }, Smooth("5 + x", 1e-8, 1) { 5 + $0 },
    Smooth("log", 1e-8, 1e8) { log($0) }, Smooth("log", 1e12, 1e-12) { log($0) },
    Smooth("log", 1e-200, 1e200) { log($0) }, Smooth("1/x", 1e-8, -1e16) { 1 / $0 },
    Smooth("sqrt", 1e-8, 5e3) { $0.squareRoot() }, Smooth("sin", 1, cos(1)) { sin($0) },
    Smooth("sin", 1e5, cos(1e5), within: 1e-7) { sin($0) },
    Smooth("sin", 1e12, cos(1e12), within: 1e-5) { sin($0) },
    Smooth("exp", 20, exp(20)) { exp($0) }, Smooth("exp", 700, exp(700)) { exp($0) },
    Smooth("exp", -30, exp(-30)) { exp($0) },
    Smooth("tanh", 0.5, 1 - tanh(0.5) * tanh(0.5)) { tanh($0) },
    Smooth("7", 2, 0) { _ in 7 }, Smooth("relu", -1, 0) { max($0, 0) },
    Smooth("relu", 1e-6, 1) { max($0, 0) }, Smooth("relu", -1e-12, 0) { max($0, 0) },
    Smooth("(3x − 3.0001)²", 1, -6e-4, within: 1e-7) { (3 * $0 - 3.0001) * (3 * $0 - 3.0001) },
    Smooth("steep σ", 0, 2.5e5) { 1 / (1 + exp(-1e6 * $0)) },
    Smooth("(x + 1e6) − 1e6", 1, 1, within: 1e-6) { ($0 + 1e6) - 1e6 },
  ]

  @Test(arguments: smooth) func agreesOnSmoothFunctions(_ case: Smooth) throws {
    let found = try #require(
      numericalGradient(at: [`case`.x]) { inputs in `case`.function(inputs[0]) }.first)
    let off = abs(found.best.value - `case`.derivative)
    #expect(off <= `case`.tolerance * abs(`case`.derivative), "\(found)")
    #expect(!found.isKink, "\(found)")
    #expect(found.verdict(on: `case`.derivative) == .agrees)
    let wrong = `case`.derivative + 1e-3 * (1 + abs(`case`.derivative))
    #expect(found.verdict(on: wrong) == .disagrees)
  }

  /// A kink beside the point, nearer than the usual steps, is none at the point.
  @Test(arguments: [1e-3, 1e-6, 1e-9, 1e-11, 1e-12, 1e-13, 2e-14])
  func aKinkBesideThePoint(_ distance: Double) throws {
    let functions: [(name: String, value: (Double) -> Double, derivative: Double)] = [
      ("max", { max($0, 1) }, 1), ("relu", { max($0 - 1, 0) * 3 }, 3),
      ("abs", { abs($0 - 1) }, 1), ("clip", { min(max($0, -1), 1) }, 0),
      ("cube", { max($0, 1) * $0 * $0 }, 3 * (1 + distance) * (1 + distance)),
    ]
    for function in functions {
      let found = try #require(
        numericalGradient(at: [1 + distance]) { function.value($0[0]) }.first)
      #expect(!found.left.value.isInfinite, "\(function.name): \(found)")
      let verdict = found.verdict(on: function.derivative)
      #expect(
        verdict == .agrees || distance < 1e-13 && verdict == .notDifferentiable,
        "\(function.name): \(found)")
      #expect(distance < 1e-13 || !found.isKink, "\(function.name): \(found)")
    }
    let tangent = try #require(numericalGradient(at: [1 + 1e-9]) { cbrt($0[0] - 1) }.first)
    #expect(tangent.verdict(on: 1e6 / 3) == .agrees, "\(tangent)")
  }

  /// Where a function changes faster than any step shows, differences are no reason to call anything wrong.
  @Test(arguments: [1e7, 1e8, 3e9, 1e10, 1e12])
  func whatChangesTooFastIsNotJudged(_ frequency: Double) throws {
    for x in [0.5, 1, 3, -7.25] {
      let found = try #require(
        numericalGradient(at: [x]) { inputs in sin(frequency * inputs[0]) }.first)
      let verdict = found.verdict(on: frequency * cos(frequency * x))
      #expect(verdict != .disagrees, "\(x): \(found)")
    }
  }

  @Test func everyInputHasItsOwnStep() {
    let gradient = numericalGradient(at: [1e-8, 1e12, 3, 0]) { x in
      1e8 * x[0] + 1e-12 * x[1] * x[2] + x[3]
    }
    for (found, expected) in zip(gradient, [1e8, 3e-12, 1, 1]) {
      #expect(abs(found.best.value - expected) <= max(10 * found.best.error, 1e-9 * expected))
    }
    #expect(numericalGradient(at: []) { _ in 1 }.isEmpty)
  }

  @Test func aKinkIsToldFromAMistake() throws {
    let relu = try #require(numericalGradient(at: [0]) { max($0[0], 0) }.first)
    #expect(relu.isKink)
    #expect(relu.left.value == 0)
    #expect(relu.right.value == 1)
    #expect(relu.verdict(on: 0) == .notDifferentiable)
    #expect(relu.verdict(on: 1) == .notDifferentiable)
    #expect(relu.verdict(on: 0.5) == .agrees)
    #expect(relu.verdict(on: 2) == .disagrees)
    let inside = try #require(
      numericalGradient(at: [3]) { abs($0[0] - 3) * 2 + $0[0] * $0[0] }.first)
    #expect(inside.isKink)
    expectClose(inside.left.value, 4, tolerance: 1e-6)
    expectClose(inside.right.value, 8, tolerance: 1e-6)
  }

  @Test func aJumpAndAVerticalTangentAreInfinite() throws {
    let jump = try #require(numericalGradient(at: [0]) { $0[0] < 0 ? -1 : 1 }.first)
    #expect(jump.left.value == .infinity)
    #expect(jump.verdict(on: 0) == .notDifferentiable)
    let tangent = try #require(numericalGradient(at: [0]) { cbrt($0[0]) }.first)
    #expect(tangent.best.value == .infinity)
    #expect(tangent.verdict(on: .infinity) == .agrees)
  }

  @Test func theBorderOfTheDomainHasOneSide() throws {
    let root = try #require(numericalGradient(at: [0]) { $0[0].squareRoot() }.first)
    #expect(root.left.value.isNaN)
    #expect(root.best.value == .infinity)
    let cut = try #require(
      numericalGradient(at: [1]) { $0[0] <= 1 ? $0[0] * $0[0] : .nan }.first)
    expectClose(cut.best.value, 2)
    #expect(cut.verdict(on: 2) == .agrees)
    #expect(cut.verdict(on: 3) == .disagrees)
    let pole = try #require(numericalGradient(at: [0]) { 1 / $0[0] }.first)
    #expect(pole.verdict(on: 0) == .unknown)
  }

  @Test func errorsPassThrough() {
    struct Broken: Error {}
    #expect(throws: Broken.self) {
      try numericalGradient(at: [1]) { _ throws(Broken) -> Double in throw Broken() }
    }
  }
}
