// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import GradBase

// Activations that networks have beside those of every course, as PyTorch defines them:
// <https://pytorch.org/docs/stable/nn.functional.html>.

extension Operators {
  /// ``Gelu`` as networks of language compute it, by tanh rather than by erf.
  ///
  /// Source: Hendrycks and Gimpel, <https://arxiv.org/abs/1606.08415>, section 2.
  public enum GeluTanh: UnaryOperator {
    public static let row = OperatorRow(
      "gelu_tanh", symbol: "GELU", operands: [.init("x", in: -3...3)],
      formula: "x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2",
      partials: [
        """
        sigmoid(2 * sqrt(2 / pi) * (x + 0.044715 * x**3)) \
        + x * (1 - tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))**2) * sqrt(2 / pi) \
        * (1 + 0.134145 * x**2) / 2
        """
      ],
      computedFormula: "x * sigmoid(2 * sqrt(2 / pi) * (x + 0.044715 * x**3))",
      computedPartials: [
        """
        sigmoid(2 * sqrt(2 / pi) * (x + 0.044715 * x**3)) \
        + x * (2 * sqrt(2 / pi) * (1 + 0.134145 * x**2)) \
        * (sigmoid(2 * sqrt(2 / pi) * (x + 0.044715 * x**3)) \
        * sigmoid(-2 * sqrt(2 / pi) * (x + 0.044715 * x**3)))
        """
      ])
    @inlinable public static var opcode: Opcode { .geluTanh }
    /// 2√(2/π).
    @usableFromInline static let scale = 1.59576912160573071176
    @inlinable public static func value(_ x: Double) -> Double {
      x * Sigmoid.value(scale * (x + 0.044715 * x * x * x))
    }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      let t = scale * (x + 0.044715 * x * x * x)
      return Sigmoid.value(t)
        + x * (scale * (1 + 0.134145 * x * x)) * (Sigmoid.value(t) * Sigmoid.value(-t))
    }
  }

  /// x times tanh of the smooth ramp.
  ///
  /// Source: Misra, <https://arxiv.org/abs/1908.08681>.
  public enum Mish: UnaryOperator {
    public static let row = OperatorRow(
      "mish", symbol: "Mish", operands: [.init("x", in: -5...5)],
      formula: "x * tanh(softplus(x))",
      partials: [
        "tanh(softplus(x)) + x * (1 - tanh(softplus(x))**2) * sigmoid(x)"
      ])
    @inlinable public static var opcode: Opcode { .mish }
    @inlinable public static func value(_ x: Double) -> Double { x * tanh(Softplus.value(x)) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      let t = tanh(Softplus.value(x))
      return t + x * (1 - t * t) * Sigmoid.value(x)
    }
  }

  /// The exponential linear unit whose slopes keep mean and variance from layer to layer.
  ///
  /// Source: Klambauer et al., <https://arxiv.org/abs/1706.02515>.
  public enum Selu: UnaryOperator {
    public static let row = OperatorRow(
      "selu", symbol: "SELU", operands: [.init("x", in: -5...5)],
      formula: "1.0507009873554805 * x if x > 0 else 1.7580993408473766 * expm1(x)",
      partials: ["1.0507009873554805 if x > 0 else 1.7580993408473766 * exp(x)"],
      // At 0 the second derivative counts as 0, as in PyTorch.
      smoothPartials: [
        """
        1.0507009873554805 if x > 0 else 1.7580993408473766 if x == 0 \
        else 1.7580993408473766 * exp(x)
        """
      ])
    @inlinable public static var opcode: Opcode { .selu }
    @inlinable public static func value(_ x: Double) -> Double {
      x > 0 ? 1.0507009873554805 * x : 1.7580993408473766 * expm1(x)
    }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      x > 0 ? 1.0507009873554805 : 1.7580993408473766 * exp(x)
    }
  }

  /// The exponential linear unit with a slope of 1 at 0, whatever its depth y.
  ///
  /// Source: Barron, <https://arxiv.org/abs/1704.07483>.
  public enum Celu: BinaryOperator {
    public static let row = OperatorRow(
      "celu", symbol: "CELU",
      operands: [
        .init("x", in: -5...5), .init("y", in: 0.5...2, keywords: ["alpha"], default: 1),
      ],
      formula: "x if x > 0 else y * expm1(x / y)",
      partials: [
        "1 if x > 0 else exp(x / y)", "0 if x > 0 else expm1(x / y) - x / y * exp(x / y)",
      ],
      smoothPartials: [
        "1 if x >= 0 else exp(x / y)", "0 if x > 0 else expm1(x / y) - x / y * exp(x / y)",
      ])
    @inlinable public static var opcode: Opcode { .celu }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double {
      x > 0 ? x : y * expm1(x / y)
    }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) {
      x > 0 ? (1, 0) : (exp(x / y), expm1(x / y) - x / y * exp(x / y))
    }
  }

  /// x/(1 + |x|), a slower tanh.
  public enum Softsign: UnaryOperator {
    public static let row = OperatorRow(
      "softsign", operands: [.init("x", in: -5...5)], formula: "x / (1 + abs(x))",
      partials: ["1 / (1 + abs(x))**2"])
    @inlinable public static var opcode: Opcode { .softsign }
    @inlinable public static func value(_ x: Double) -> Double { x / (1 + x.magnitude) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      1 / ((1 + x.magnitude) * (1 + x.magnitude))
    }
  }

  /// What tanh leaves of x.
  public enum Tanhshrink: UnaryOperator {
    public static let row = OperatorRow(
      "tanhshrink", operands: [.init("x", in: -3...3)], formula: "x - tanh(x)",
      partials: ["tanh(x)**2"])
    @inlinable public static var opcode: Opcode { .tanhshrink }
    @inlinable public static func value(_ x: Double) -> Double { x - tanh(x) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      let t = tanh(x)
      return t * t
    }
  }
}
