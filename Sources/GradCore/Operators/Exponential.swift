// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import GradBase

extension Operators {
  /// The exponential.
  public enum Exp: UnaryOperator {
    public static let row = OperatorRow(
      "exp", operands: [.init("x", in: -5...5)], formula: "exp(x)", partials: ["z"])
    @inlinable public static var opcode: Opcode { .exp }
    @inlinable public static func value(_ x: Double) -> Double { exp(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { z }
  }
}

/// Records eˣ.
@inlinable @inline(__always) public func exp(_ x: Variable) -> Variable {
  x.applying(Operators.Exp.self)
}

extension Operators {
  /// The exponential less 1, precise for small x.
  public enum Expm1: UnaryOperator {
    public static let row = OperatorRow(
      "expm1", operands: [.init("x", in: -5...5)], formula: "exp(x) - 1", partials: ["exp(x)"],
      computedFormula: "expm1(x)")
    @inlinable public static var opcode: Opcode { .expm1 }
    @inlinable public static func value(_ x: Double) -> Double { expm1(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { exp(x) }
  }
}

/// Records eˣ − 1.
@inlinable @inline(__always) public func expm1(_ x: Variable) -> Variable {
  x.applying(Operators.Expm1.self)
}

extension Operators {
  /// The natural logarithm; domain x > 0.
  public enum Log: UnaryOperator {
    public static let row = OperatorRow(
      "log", aliases: ["ln"], operands: [.init("x", in: 0.1...10)], formula: "log(x)",
      partials: ["1 / x"])
    @inlinable public static var opcode: Opcode { .log }
    @inlinable public static func value(_ x: Double) -> Double { log(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 1 / x }
  }
}

/// Records the natural logarithm.
@inlinable @inline(__always) public func log(_ x: Variable) -> Variable {
  x.applying(Operators.Log.self)
}

extension Operators {
  /// The natural logarithm of 1 + x, precise for small x; domain x > −1.
  public enum Log1p: UnaryOperator {
    public static let row = OperatorRow(
      "log1p", operands: [.init("x", in: -0.8...10)], formula: "log(1 + x)",
      partials: ["1 / (1 + x)"],
      computedFormula: "log1p(x)")
    @inlinable public static var opcode: Opcode { .log1p }
    @inlinable public static func value(_ x: Double) -> Double { log1p(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 1 / (1 + x) }
  }
}

/// Records the natural logarithm of 1 + x.
@inlinable @inline(__always) public func log1p(_ x: Variable) -> Variable {
  x.applying(Operators.Log1p.self)
}

extension Operators {
  /// The logarithm to base 2; domain x > 0.
  public enum Log2: UnaryOperator {
    public static let row = OperatorRow(
      "log2", symbol: "log₂", operands: [.init("x", in: 0.1...10)], formula: "log(x) / log(2)",
      partials: ["1 / (x * log(2))"],
      computedFormula: "log2(x)")
    @inlinable public static var opcode: Opcode { .log2 }
    @inlinable public static func value(_ x: Double) -> Double { log2(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      1 / (x * 0.693147180559945309417)
    }
  }
}

/// Records the logarithm to base 2.
@inlinable @inline(__always) public func log2(_ x: Variable) -> Variable {
  x.applying(Operators.Log2.self)
}

extension Operators {
  /// The logarithm to base 10; domain x > 0.
  public enum Log10: UnaryOperator {
    public static let row = OperatorRow(
      "log10", symbol: "log₁₀", operands: [.init("x", in: 0.1...10)], formula: "log(x) / log(10)",
      partials: ["1 / (x * log(10))"],
      computedFormula: "log10(x)")
    @inlinable public static var opcode: Opcode { .log10 }
    @inlinable public static func value(_ x: Double) -> Double { log10(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      1 / (x * 2.30258509299404568402)
    }
  }
}

/// Records the logarithm to base 10.
@inlinable @inline(__always) public func log10(_ x: Variable) -> Variable {
  x.applying(Operators.Log10.self)
}
