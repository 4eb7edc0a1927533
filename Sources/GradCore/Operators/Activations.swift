// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import GradBase

extension Operators {
  /// The logistic function.
  ///
  /// It is computed from exp(−|x|), which cannot overflow; its derivative as e/(1 + e)², which keeps
  /// its digits where z is nearly 1.
  public enum Sigmoid: UnaryOperator {
    public static let row = OperatorRow(
      "sigmoid", aliases: ["logistic", "expit", "σ"], symbol: "σ",
      operands: [.init("x", in: -5...5)],
      formula: "1 / (1 + exp(-x))", partials: ["z * (1 - z)"],
      computedFormula: "(exp(x) if x < 0 else 1) / (1 + exp(-abs(x)))",
      computedPartials: ["exp(-abs(x)) / (1 + exp(-abs(x)))**2"],
      smoothPartials: ["z * sigmoid(-x)"])
    @inlinable public static var opcode: Opcode { .sigmoid }
    @inlinable public static func value(_ x: Double) -> Double {
      let e = exp(-x.magnitude)
      return (x < 0 ? e : 1) / (1 + e)
    }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      let e = exp(-x.magnitude)
      return e / ((1 + e) * (1 + e))
    }
  }
}

/// Records the logistic function.
@inlinable @inline(__always) public func sigmoid(_ x: Variable) -> Variable {
  x.applying(Operators.Sigmoid.self)
}

extension Operators {
  /// The logarithm of the logistic function, without overflow.
  public enum LogSigmoid: UnaryOperator {
    public static let row = OperatorRow(
      "logsigmoid", aliases: ["log_sigmoid", "log_expit"], symbol: "log σ",
      operands: [.init("x", in: -5...5)], formula: "-log1p(exp(-x))", partials: ["sigmoid(-x)"],
      computedFormula: "min(x, 0) - log1p(exp(-abs(x)))")
    @inlinable public static var opcode: Opcode { .logSigmoid }
    @inlinable public static func value(_ x: Double) -> Double {
      (x < 0 ? x : 0) - log1p(exp(-x.magnitude))
    }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { Sigmoid.value(-x) }
  }
}

/// Records the logarithm of the logistic function.
@inlinable @inline(__always) public func logSigmoid(_ x: Variable) -> Variable {
  x.applying(Operators.LogSigmoid.self)
}

extension Operators {
  /// The smooth ramp log(1 + eˣ), without overflow.
  public enum Softplus: UnaryOperator {
    public static let row = OperatorRow(
      "softplus", operands: [.init("x", in: -5...5)], formula: "log1p(exp(x))",
      partials: ["sigmoid(x)"],
      computedFormula: "max(x, 0) + log1p(exp(-abs(x)))")
    @inlinable public static var opcode: Opcode { .softplus }
    @inlinable public static func value(_ x: Double) -> Double {
      (x > 0 ? x : 0) + log1p(exp(-x.magnitude))
    }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { Sigmoid.value(x) }
  }
}

/// Records log(1 + eˣ).
@inlinable @inline(__always) public func softplus(_ x: Variable) -> Variable {
  x.applying(Operators.Softplus.self)
}

extension Operators {
  /// The ramp; its derivative at 0 is 0.
  public enum Relu: UnaryOperator {
    public static let row = OperatorRow(
      "relu", symbol: "ReLU", operands: [.init("x", in: -5...5)], formula: "max(x, 0)",
      partials: ["1 if x > 0 else 0"],
      computedPartials: ["0 if x <= 0 else 1"])
    @inlinable public static var opcode: Opcode { .relu }
    @inlinable public static func value(_ x: Double) -> Double { x <= 0 ? 0 : x }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { x <= 0 ? 0 : 1 }
  }
}

/// Records the ramp max(x, 0).
@inlinable @inline(__always) public func relu(_ x: Variable) -> Variable {
  x.applying(Operators.Relu.self)
}

extension Operators {
  /// The ramp with slope y left of 0, and at 0.
  public enum LeakyRelu: BinaryOperator {
    public static let row = OperatorRow(
      "leaky_relu", symbol: "LeakyReLU",
      operands: [
        .init("x", in: -5...5),
        .init("y", in: 0.01...1, keywords: ["negative_slope"], default: 0.01),
      ],
      formula: "x if x > 0 else y * x", partials: ["1 if x > 0 else y", "0 if x > 0 else x"])
    @inlinable public static var opcode: Opcode { .leakyRelu }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { x > 0 ? x : y * x }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { (x > 0 ? 1 : y, x > 0 ? 0 : x) }
  }
}

/// Records the ramp with another slope left of 0.
@inlinable public func leakyReLU(_ x: Variable, negativeSlope y: Variable) -> Variable {
  x.applying(Operators.LeakyRelu.self, y)
}
/// Records the ramp with another slope left of 0.
@inlinable public func leakyReLU(_ x: Variable, negativeSlope y: Double = 0.01) -> Variable {
  leakyReLU(x, negativeSlope: x.constant(y))
}

extension Operators {
  /// The ramp that ends in an exponential of height y left of 0.
  ///
  /// Source: Clevert et al., <https://arxiv.org/abs/1511.07289>.
  public enum Elu: BinaryOperator {
    public static let row = OperatorRow(
      "elu", symbol: "ELU",
      operands: [
        .init("x", in: -5...5), .init("y", in: 0.01...1, keywords: ["alpha"], default: 1),
      ],
      formula: "x if x > 0 else y * expm1(x)",
      partials: ["1 if x > 0 else y * exp(x)", "0 if x > 0 else expm1(x)"],
      // At 0 the second derivative counts as 0, as in PyTorch.
      smoothPartials: [
        "1 if x > 0 else y if x == 0 else y * exp(x)", "0 if x > 0 else expm1(x)",
      ])
    @inlinable public static var opcode: Opcode { .elu }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double {
      x > 0 ? x : y * expm1(x)
    }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { x > 0 ? (1, 0) : (y * exp(x), expm1(x)) }
  }
}

/// Records the exponential linear unit.
@inlinable public func elu(_ x: Variable, alpha y: Variable) -> Variable {
  x.applying(Operators.Elu.self, y)
}
/// Records the exponential linear unit.
@inlinable public func elu(_ x: Variable, alpha y: Double = 1) -> Variable {
  elu(x, alpha: x.constant(y))
}

extension Operators {
  /// x times the chance that a standard normal variable is below x, in the exact form.
  ///
  /// Source: Hendrycks and Gimpel, <https://arxiv.org/abs/1606.08415>.
  public enum Gelu: UnaryOperator {
    public static let row = OperatorRow(
      "gelu", symbol: "GELU", operands: [.init("x", in: -3...3)],
      formula: "x * (1 + erf(x / sqrt(2))) / 2",
      partials: ["(1 + erf(x / sqrt(2))) / 2 + x * exp(-x**2 / 2) / sqrt(2 * pi)"],
      computedFormula: "x * (erfc(-x / sqrt(2)) / 2)",
      computedPartials: ["erfc(-x / sqrt(2)) / 2 + x * (exp(-x**2 / 2) / sqrt(2 * pi))"])
    @inlinable public static var opcode: Opcode { .gelu }
    @inlinable public static func value(_ x: Double) -> Double {
      x * NormalDistribution.cumulative(x)
    }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      NormalDistribution.cumulative(x) + x * NormalDistribution.density(x)
    }
  }
}

/// Records the Gaussian error linear unit.
@inlinable @inline(__always) public func gelu(_ x: Variable) -> Variable {
  x.applying(Operators.Gelu.self)
}

extension Operators {
  /// x times its logistic function.
  ///
  /// Source: Hendrycks and Gimpel, <https://arxiv.org/abs/1606.08415>.
  public enum Silu: UnaryOperator {
    public static let row = OperatorRow(
      "silu", aliases: ["swish"], symbol: "SiLU", operands: [.init("x", in: -5...5)],
      formula: "x * sigmoid(x)", partials: ["sigmoid(x) * (1 + x * sigmoid(-x))"])
    @inlinable public static var opcode: Opcode { .silu }
    @inlinable public static func value(_ x: Double) -> Double { x * Sigmoid.value(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      Sigmoid.value(x) * (1 + x * Sigmoid.value(-x))
    }
  }
}

/// Records x times its logistic function.
@inlinable @inline(__always) public func silu(_ x: Variable) -> Variable {
  x.applying(Operators.Silu.self)
}
