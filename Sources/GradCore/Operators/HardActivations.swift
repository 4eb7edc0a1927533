// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

// Activations of straight pieces, which small devices compute fast; at their corners they follow PyTorch:
// <https://pytorch.org/docs/stable/nn.functional.html>.

extension Operators {
  /// x between y and w, with a derivative of 0 at both, unlike ``Clip``.
  public enum Hardtanh: TernaryOperator {
    public static let row = OperatorRow(
      "hardtanh", aliases: ["hard_tanh"],
      operands: [
        .init("x", in: -5...5),
        .init("y", in: -3 ... -1, keywords: ["min_val"], default: -1),
        .init("w", in: 1...3, keywords: ["max_val"], default: 1),
      ],
      formula: "min(max(x, y), w)",
      partials: [
        "0 if x <= y else 0 if x >= w else 1", "1 if x <= y else 0",
        "0 if x <= y else 1 if x >= w else 0",
      ])
    @inlinable public static var opcode: Opcode { .hardtanh }
    @inlinable public static func value(_ x: Double, _ y: Double, _ w: Double) -> Double {
      Minimum.value(Maximum.value(x, y), w)
    }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ w: Double, _ z: Double
    ) -> (Double, Double, Double) {
      x <= y ? (0, 1, 0) : x >= w ? (0, 0, 1) : (1, 0, 0)
    }
  }

  /// The ramp that ends at 6.
  public enum Relu6: UnaryOperator {
    public static let row = OperatorRow(
      "relu6", symbol: "ReLU6", operands: [.init("x", in: -5...9)],
      formula: "min(max(x, 0), 6)", partials: ["0 if x <= 0 else 0 if x >= 6 else 1"])
    @inlinable public static var opcode: Opcode { .relu6 }
    @inlinable public static func value(_ x: Double) -> Double { x <= 0 ? 0 : x >= 6 ? 6 : x }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      x <= 0 ? 0 : x >= 6 ? 0 : 1
    }
  }

  /// A straight line for the logistic function.
  public enum Hardsigmoid: UnaryOperator {
    public static let row = OperatorRow(
      "hardsigmoid", aliases: ["hard_sigmoid"], operands: [.init("x", in: -5...5)],
      formula: "min(max(x / 6 + 0.5, 0), 1)",
      partials: ["0 if x <= -3 else 0 if x >= 3 else 1 / 6"],
      computedFormula: "0 if x <= -3 else 1 if x >= 3 else x / 6 + 0.5")
    @inlinable public static var opcode: Opcode { .hardsigmoid }
    @inlinable public static func value(_ x: Double) -> Double {
      x <= -3 ? 0 : x >= 3 ? 1 : x / 6 + 0.5
    }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      x <= -3 ? 0 : x >= 3 ? 0 : 1.0 / 6
    }
  }

  /// x times ``Hardsigmoid``.
  ///
  /// Source: Howard et al., <https://arxiv.org/abs/1905.02244>.
  public enum Hardswish: UnaryOperator {
    public static let row = OperatorRow(
      "hardswish", aliases: ["hard_swish", "hard_silu"], operands: [.init("x", in: -5...5)],
      formula: "x * min(max(x / 6 + 0.5, 0), 1)",
      partials: ["0 if x <= -3 else 1 if x >= 3 else x / 3 + 0.5"],
      computedFormula: "0 if x <= -3 else x if x >= 3 else x * (x / 6 + 0.5)")
    @inlinable public static var opcode: Opcode { .hardswish }
    @inlinable public static func value(_ x: Double) -> Double {
      x <= -3 ? 0 : x >= 3 ? x : x * (x / 6 + 0.5)
    }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double {
      x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5
    }
  }
}
