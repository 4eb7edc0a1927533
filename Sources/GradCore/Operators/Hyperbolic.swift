// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import GradBase

extension Operators {
  /// The hyperbolic sine.
  public enum Sinh: UnaryOperator {
    public static let row = OperatorRow(
      "sinh", operands: [.init("x", in: -4...4)], formula: "sinh(x)", partials: ["cosh(x)"])
    @inlinable public static var opcode: Opcode { .sinh }
    @inlinable public static func value(_ x: Double) -> Double { sinh(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { cosh(x) }
  }
}

/// Records the hyperbolic sine.
@inlinable @inline(__always) public func sinh(_ x: Variable) -> Variable {
  x.applying(Operators.Sinh.self)
}

extension Operators {
  /// The hyperbolic cosine.
  public enum Cosh: UnaryOperator {
    public static let row = OperatorRow(
      "cosh", operands: [.init("x", in: -4...4)], formula: "cosh(x)", partials: ["sinh(x)"])
    @inlinable public static var opcode: Opcode { .cosh }
    @inlinable public static func value(_ x: Double) -> Double { cosh(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { sinh(x) }
  }
}

/// Records the hyperbolic cosine.
@inlinable @inline(__always) public func cosh(_ x: Variable) -> Variable {
  x.applying(Operators.Cosh.self)
}

extension Operators {
  /// The hyperbolic tangent.
  ///
  /// Far from 0, where 1 − z² loses its digits, the derivative is computed as 4e/(1 + e)² with
  /// e = exp(−2|x|).
  public enum Tanh: UnaryOperator {
    public static let row = OperatorRow(
      "tanh", operands: [.init("x", in: -3...3)], formula: "tanh(x)", partials: ["1 - z**2"],
      computedPartials: [
        "1 - z**2 if abs(z) < 0.5 else 4 * exp(-2 * abs(x)) / (1 + exp(-2 * abs(x)))**2"
      ], smoothPartials: ["1 / cosh(x)**2"])
    @inlinable public static var opcode: Opcode { .tanh }
    @inlinable public static func value(_ x: Double) -> Double { tanh(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      if z.magnitude < 0.5 { return 1 - z * z }
      let e = exp(-2 * x.magnitude)
      return 4 * e / ((1 + e) * (1 + e))
    }
  }
}

/// Records the hyperbolic tangent.
@inlinable @inline(__always) public func tanh(_ x: Variable) -> Variable {
  x.applying(Operators.Tanh.self)
}

extension Operators {
  /// The inverse hyperbolic sine.
  public enum Asinh: UnaryOperator {
    public static let row = OperatorRow(
      "asinh", aliases: ["arcsinh"], operands: [.init("x", in: -10...10)], formula: "asinh(x)",
      partials: ["1 / sqrt(x**2 + 1)"],
      computedPartials: ["1 / hypot(x, 1)"])
    @inlinable public static var opcode: Opcode { .asinh }
    @inlinable public static func value(_ x: Double) -> Double { asinh(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 1 / hypot(x, 1) }
  }
}

/// Records the inverse hyperbolic sine.
@inlinable @inline(__always) public func asinh(_ x: Variable) -> Variable {
  x.applying(Operators.Asinh.self)
}

extension Operators {
  /// The inverse hyperbolic cosine; domain x ≥ 1.
  public enum Acosh: UnaryOperator {
    public static let row = OperatorRow(
      "acosh", aliases: ["arccosh"], operands: [.init("x", in: 1.2...10)], formula: "acosh(x)",
      partials: ["1 / sqrt(x**2 - 1)"],
      computedPartials: ["1 / (sqrt(x - 1) * sqrt(x + 1))"])
    @inlinable public static var opcode: Opcode { .acosh }
    @inlinable public static func value(_ x: Double) -> Double { acosh(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      1 / ((x - 1).squareRoot() * (x + 1).squareRoot())
    }
  }
}

/// Records the inverse hyperbolic cosine.
@inlinable @inline(__always) public func acosh(_ x: Variable) -> Variable {
  x.applying(Operators.Acosh.self)
}

extension Operators {
  /// The inverse hyperbolic tangent; domain −1 < x < 1.
  public enum Atanh: UnaryOperator {
    public static let row = OperatorRow(
      "atanh", aliases: ["arctanh"], operands: [.init("x", in: -0.9...0.9)], formula: "atanh(x)",
      partials: ["1 / (1 - x**2)"],
      computedPartials: ["1 / ((1 - x) * (1 + x))"])
    @inlinable public static var opcode: Opcode { .atanh }
    @inlinable public static func value(_ x: Double) -> Double { atanh(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      1 / ((1 - x) * (1 + x))
    }
  }
}

/// Records the inverse hyperbolic tangent.
@inlinable @inline(__always) public func atanh(_ x: Variable) -> Variable {
  x.applying(Operators.Atanh.self)
}
