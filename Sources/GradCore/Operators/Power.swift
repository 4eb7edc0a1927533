// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import GradBase

extension Operators {
  /// The power x**y.
  ///
  /// As in PyTorch, ∂z/∂x is 0 where y = 0 and ∂z/∂y is 0 where x = 0 and y ≥ 0, also where the
  /// formulas have no value; ∂z/∂y is NaN for a negative x, whose powers are real only for single y.
  public enum Power: BinaryOperator {
    public static let row = OperatorRow(
      "pow", aliases: ["power", "float_power"], spelling: .power,
      operands: [.init("x", in: 0.2...5), .init("y", in: -3...3)], formula: "x**y",
      partials: ["y * x**(y - 1)", "z * log(x)"],
      computedPartials: [
        "0 if y == 0 else y * x**(y - 1)", "0 if x == 0 and y >= 0 else z * log(x)",
      ])
    @inlinable public static var opcode: Opcode { .power }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { pow(x, y) }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) {
      (
        y == 0 ? 0 : y * pow(x, y - 1),
        x == 0 && y >= 0 ? 0 : z * log(x)
      )
    }
  }
}

/// Records x to the power of y.
@inlinable @inline(__always) public func pow(_ x: Variable, _ y: Variable) -> Variable {
  x.applying(Operators.Power.self, y)
}
/// Records x to the power of y.
@inlinable public func pow(_ x: Variable, _ y: Double) -> Variable { pow(x, x.constant(y)) }
/// Records x to the power of y.
@inlinable public func pow(_ x: Double, _ y: Variable) -> Variable { pow(y.constant(x), y) }
/// Records x to a whole power.
@inlinable public func pow(_ x: Variable, _ y: Int) -> Variable { pow(x, Double(y)) }

extension Operators {
  /// The square.
  public enum Square: UnaryOperator {
    public static let row = OperatorRow(
      "square", symbol: "□²", operands: [.init("x", in: -5...5)], formula: "x**2",
      partials: ["2 * x"])
    @inlinable public static var opcode: Opcode { .square }
    @inlinable public static func value(_ x: Double) -> Double { x * x }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 2 * x }
  }
}

/// Records x².
@inlinable @inline(__always) public func square(_ x: Variable) -> Variable {
  x.applying(Operators.Square.self)
}

extension Operators {
  /// The square root; domain x ≥ 0, with an infinite derivative at 0.
  public enum SquareRoot: UnaryOperator {
    public static let row = OperatorRow(
      "sqrt", symbol: "√□", operands: [.init("x", in: 0.2...10)], formula: "sqrt(x)",
      partials: ["1 / (2 * z)"])
    @inlinable public static var opcode: Opcode { .squareRoot }
    @inlinable public static func value(_ x: Double) -> Double { x.squareRoot() }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 1 / (2 * z) }
  }
}

/// Records √x.
@inlinable @inline(__always) public func sqrt(_ x: Variable) -> Variable {
  x.applying(Operators.SquareRoot.self)
}

extension Operators {
  /// The real cube root, of negative numbers too; its derivative at 0 is infinite.
  public enum CubeRoot: UnaryOperator {
    public static let row = OperatorRow(
      "cbrt", symbol: "∛□", operands: [.init("x", in: 0.2...10)], formula: "cbrt(x)",
      partials: ["1 / (3 * z**2)"])
    @inlinable public static var opcode: Opcode { .cubeRoot }
    @inlinable public static func value(_ x: Double) -> Double { cbrt(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 1 / (3 * z * z) }
  }
}

/// Records ∛x.
@inlinable @inline(__always) public func cbrt(_ x: Variable) -> Variable {
  x.applying(Operators.CubeRoot.self)
}

extension Operators {
  /// The length of the vector (x, y), without overflow on the way.
  ///
  /// Its derivative at the origin does not exist: NaN, as in PyTorch.
  public enum Hypotenuse: BinaryOperator {
    public static let row = OperatorRow(
      "hypot", operands: [.init("x", in: 0.5...5), .init("y", in: -5...5)],
      formula: "sqrt(x**2 + y**2)", partials: ["x / z", "y / z"],
      computedFormula: "hypot(x, y)")
    @inlinable public static var opcode: Opcode { .hypotenuse }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { hypot(x, y) }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { (x / z, y / z) }
  }
}

/// Records √(x² + y²).
@inlinable public func hypot(_ x: Variable, _ y: Variable) -> Variable {
  x.applying(Operators.Hypotenuse.self, y)
}
/// Records √(x² + y²).
@inlinable public func hypot(_ x: Variable, _ y: Double) -> Variable { hypot(x, x.constant(y)) }
/// Records √(x² + y²).
@inlinable public func hypot(_ x: Double, _ y: Variable) -> Variable { hypot(y.constant(x), y) }

precedencegroup PowerPrecedence {
  associativity: right
  higherThan: MultiplicationPrecedence
}

/// The power.
///
/// It binds more than `*` and from the right, as in Python; but Swift's prefix operators bind more:
/// `-x ** 2` is `(-x) ** 2`.
infix operator ** : PowerPrecedence

extension Double {
  /// The power of two numbers, so that numbers may stand between variables: `x ** 2 ** 3`.
  @inlinable public static func ** (x: Double, y: Double) -> Double { pow(x, y) }
}

extension Variable {
  /// Records x to the power of y.
  @inlinable public static func ** (x: Variable, y: Variable) -> Variable { pow(x, y) }
  /// Records x to the power of y.
  @inlinable public static func ** (x: Variable, y: Double) -> Variable { pow(x, y) }
  /// Records x to the power of y.
  @inlinable public static func ** (x: Double, y: Variable) -> Variable { pow(x, y) }
}
