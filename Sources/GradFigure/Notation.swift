/// How derivatives are called in a figure.
///
/// To add a notation, add a file to `Notations/` and name it in ``all``.
public struct Notation: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The derivative of `output` by `variable`.
  public let derivative: @Sendable (_ output: MathText, _ variable: MathText) -> MathText
  /// In forward mode, the derivative of `node` by `seed`.
  public let tangent: @Sendable (_ node: MathText, _ seed: MathText) -> MathText

  /// A notation from its parts; tangents are written `du/dx` unless something else is said.
  public init(
    name: String,
    derivative: @escaping @Sendable (_ output: MathText, _ variable: MathText) -> MathText,
    tangent: (@Sendable (_ node: MathText, _ seed: MathText) -> MathText)? = nil
  ) {
    self.name = name
    self.derivative = derivative
    self.tangent = tangent ?? { node, seed in MathText("d") + node + "/d" + seed }
  }

  /// The partial of `target` by its operand `source`; the same in every notation.
  public func partial(_ target: MathText, _ source: MathText) -> MathText {
    MathText("∂") + target + "/∂" + source
  }
}

extension Notation {
  /// Every notation, in the order `--help` lists them.
  public static let all: [Notation] = [dvar, leibniz, partial, grad, bar]
}
