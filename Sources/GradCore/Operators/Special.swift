// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import GradBase

extension Operators {
  /// The error function: <https://dlmf.nist.gov/7.2>, its derivative <https://dlmf.nist.gov/7.10>.
  public enum Erf: UnaryOperator {
    public static let row = OperatorRow(
      "erf", operands: [.init("x", in: -3...3)], formula: "erf(x)",
      partials: ["2 * exp(-x**2) / sqrt(pi)"])
    @inlinable public static var opcode: Opcode { .erf }
    @inlinable public static func value(_ x: Double) -> Double { erf(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      1.12837916709551257390 * exp(-x * x)
    }
  }
}

/// Records the error function.
@inlinable @inline(__always) public func erf(_ x: Variable) -> Variable {
  x.applying(Operators.Erf.self)
}

extension Operators {
  /// What the error function leaves to 1, with its digits where that is little:
  /// <https://dlmf.nist.gov/7.2>.
  public enum Erfc: UnaryOperator {
    public static let row = OperatorRow(
      "erfc", operands: [.init("x", in: -3...3)], formula: "1 - erf(x)",
      partials: ["-2 * exp(-x**2) / sqrt(pi)"], computedFormula: "erfc(x)")
    @inlinable public static var opcode: Opcode { .erfc }
    @inlinable public static func value(_ x: Double) -> Double { erfc(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      -1.12837916709551257390 * exp(-x * x)
    }
  }
}

/// Records what the error function leaves to 1.
@inlinable @inline(__always) public func erfc(_ x: Variable) -> Variable {
  x.applying(Operators.Erfc.self)
}

extension Operators {
  /// The logarithm of the odds x : (1 − x), which undoes the logistic function.
  public enum Logit: UnaryOperator {
    public static let row = OperatorRow(
      "logit", operands: [.init("x", in: 0.1...0.9)], formula: "log(x / (1 - x))",
      partials: ["1 / (x * (1 - x))"])
    @inlinable public static var opcode: Opcode { .logit }
    @inlinable public static func value(_ x: Double) -> Double { log(x / (1 - x)) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 1 / (x * (1 - x)) }
  }
}

/// Records the logarithm of the odds.
@inlinable @inline(__always) public func logit(_ x: Variable) -> Variable {
  x.applying(Operators.Logit.self)
}

/// The standard normal distribution: <https://dlmf.nist.gov/7.20>.
@usableFromInline enum NormalDistribution {
  /// The chance of a number below `x`; by erfc, which keeps its digits on the left.
  @inlinable static func cumulative(_ x: Double) -> Double {
    0.5 * erfc(-x * 0.707106781186547524401)
  }
  /// The density at `x`.
  @inlinable static func density(_ x: Double) -> Double {
    0.398942280401432677940 * exp(-0.5 * x * x)
  }
}
