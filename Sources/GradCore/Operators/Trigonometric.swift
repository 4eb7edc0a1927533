// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import GradBase

extension Operators {
  /// The sine.
  public enum Sin: UnaryOperator {
    public static let row = OperatorRow(
      "sin", operands: [.init("x", in: -10...10)], formula: "sin(x)", partials: ["cos(x)"])
    @inlinable public static var opcode: Opcode { .sin }
    @inlinable public static func value(_ x: Double) -> Double { sin(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { cos(x) }
  }
}

/// Records the sine.
@inlinable @inline(__always) public func sin(_ x: Variable) -> Variable {
  x.applying(Operators.Sin.self)
}

extension Operators {
  /// The cosine.
  public enum Cos: UnaryOperator {
    public static let row = OperatorRow(
      "cos", operands: [.init("x", in: -10...10)], formula: "cos(x)", partials: ["-sin(x)"])
    @inlinable public static var opcode: Opcode { .cos }
    @inlinable public static func value(_ x: Double) -> Double { cos(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { -sin(x) }
  }
}

/// Records the cosine.
@inlinable @inline(__always) public func cos(_ x: Variable) -> Variable {
  x.applying(Operators.Cos.self)
}

extension Operators {
  /// The tangent.
  public enum Tan: UnaryOperator {
    public static let row = OperatorRow(
      "tan", operands: [.init("x", in: -1.3...1.3)], formula: "tan(x)", partials: ["1 + z**2"])
    @inlinable public static var opcode: Opcode { .tan }
    @inlinable public static func value(_ x: Double) -> Double { tan(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 1 + z * z }
  }
}

/// Records the tangent.
@inlinable @inline(__always) public func tan(_ x: Variable) -> Variable {
  x.applying(Operators.Tan.self)
}

extension Operators {
  /// The inverse sine; domain −1 ≤ x ≤ 1.
  public enum Asin: UnaryOperator {
    public static let row = OperatorRow(
      "asin", aliases: ["arcsin"], operands: [.init("x", in: -0.9...0.9)], formula: "asin(x)",
      partials: ["1 / sqrt(1 - x**2)"],
      computedPartials: ["1 / sqrt((1 - x) * (1 + x))"])
    @inlinable public static var opcode: Opcode { .asin }
    @inlinable public static func value(_ x: Double) -> Double { asin(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      1 / ((1 - x) * (1 + x)).squareRoot()
    }
  }
}

/// Records the inverse sine.
@inlinable @inline(__always) public func asin(_ x: Variable) -> Variable {
  x.applying(Operators.Asin.self)
}

extension Operators {
  /// The inverse cosine; domain −1 ≤ x ≤ 1.
  public enum Acos: UnaryOperator {
    public static let row = OperatorRow(
      "acos", aliases: ["arccos"], operands: [.init("x", in: -0.9...0.9)], formula: "acos(x)",
      partials: ["-1 / sqrt(1 - x**2)"],
      computedPartials: ["-1 / sqrt((1 - x) * (1 + x))"])
    @inlinable public static var opcode: Opcode { .acos }
    @inlinable public static func value(_ x: Double) -> Double { acos(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      -1 / ((1 - x) * (1 + x)).squareRoot()
    }
  }
}

/// Records the inverse cosine.
@inlinable @inline(__always) public func acos(_ x: Variable) -> Variable {
  x.applying(Operators.Acos.self)
}

extension Operators {
  /// The inverse tangent.
  public enum Atan: UnaryOperator {
    public static let row = OperatorRow(
      "atan", aliases: ["arctan"], operands: [.init("x", in: -10...10)], formula: "atan(x)",
      partials: ["1 / (1 + x**2)"])
    @inlinable public static var opcode: Opcode { .atan }
    @inlinable public static func value(_ x: Double) -> Double { atan(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 1 / (1 + x * x) }
  }
}

/// Records the inverse tangent.
@inlinable @inline(__always) public func atan(_ x: Variable) -> Variable {
  x.applying(Operators.Atan.self)
}

extension Operators {
  /// The angle of the point with ordinate x and abscissa y, as in every mathematics library.
  ///
  /// Its derivative at the origin is 0, as in PyTorch.
  public enum Atan2: BinaryOperator {
    public static let row = OperatorRow(
      "atan2", aliases: ["arctan2"], operands: [.init("x", in: 0.5...5), .init("y", in: -5...5)],
      formula: "atan2(x, y)", partials: ["y / (x**2 + y**2)", "-x / (x**2 + y**2)"],
      computedPartials: [
        "0 if x == 0 and y == 0 else y / hypot(x, y) / hypot(x, y)",
        "0 if x == 0 and y == 0 else -x / hypot(x, y) / hypot(x, y)",
      ])
    @inlinable public static var opcode: Opcode { .atan2 }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { atan2(x, y) }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) {
      let r = hypot(x, y)
      return r == 0 ? (0, 0) : (y / r / r, -x / r / r)
    }
  }
}

/// Records the angle of the point with ordinate x and abscissa y.
@inlinable @inline(__always) public func atan2(_ x: Variable, _ y: Variable) -> Variable {
  x.applying(Operators.Atan2.self, y)
}
/// Records the angle of the point with ordinate x and abscissa y.
@inlinable public func atan2(_ x: Variable, _ y: Double) -> Variable { atan2(x, x.constant(y)) }
/// Records the angle of the point with ordinate x and abscissa y.
@inlinable public func atan2(_ x: Double, _ y: Variable) -> Variable { atan2(y.constant(x), y) }
