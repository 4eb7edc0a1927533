/// How derivatives are called in a figure.
///
/// To add a notation, add a file to `Notations/` and name it in ``all``.
public struct Notation: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The derivative of `output` by `variable`.
  public let derivative: @Sendable (_ output: MathText, _ variable: MathText) -> MathText

  /// A notation from its parts.
  public init(
    name: String,
    derivative: @escaping @Sendable (_ output: MathText, _ variable: MathText) -> MathText
  ) {
    self.name = name
    self.derivative = derivative
  }

  /// The partial of `target` by its operand `source`; the same in every notation.
  public func partial(_ target: MathText, _ source: MathText) -> MathText {
    MathText("∂") + target + "/∂" + source
  }
}

extension Notation {
  /// Every notation, in the order `--help` lists them.
  public static let all: [Notation] = [dvar, leibniz, partial, grad]
}
