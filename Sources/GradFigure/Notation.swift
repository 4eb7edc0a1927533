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

  /// The derivative of order `order` of `output` by `variable`, `order` times.
  public let higher: @Sendable (_ order: Int, _ output: MathText, _ variable: MathText) -> MathText

  /// A notation from its parts; tangents are written `du/dx` and higher derivatives `d²y/dx²` unless
  /// something else is said.
  public init(
    name: String,
    derivative: @escaping @Sendable (_ output: MathText, _ variable: MathText) -> MathText,
    tangent: (@Sendable (_ node: MathText, _ seed: MathText) -> MathText)? = nil,
    higher: (
      @Sendable (_ order: Int, _ output: MathText, _ variable: MathText) -> MathText
    )? = nil
  ) {
    self.name = name
    self.derivative = derivative
    self.tangent =
      tangent ?? { node, seed in node.differential("d") + "/" + seed.differential("d") }
    self.higher = higher ?? { order, output, variable in output.higher("d", order, by: variable) }
  }

  /// In forward mode, the derivative of order `order` of `node` by `seed`: `d²u/dx²`, or `∂²u/∂x²` where
  /// derivatives are written with ∂.
  package func higherTangent(_ order: Int, _ node: MathText, _ seed: MathText) -> MathText {
    let isPartial = derivative("y", "x").plain.hasPrefix("∂")
    return node.higher(isPartial ? "∂" : "d", order, by: seed)
  }

  /// The partial of `target` by its operand `source`; the same in every notation.
  public func partial(_ target: MathText, _ source: MathText) -> MathText {
    "\(target.differential("∂"))/\(source.differential("∂"))"
  }
}

extension MathText {
  /// The differential of a name: `db`; a word is set apart, `d velocity`.
  func differential(_ sign: String) -> MathText {
    isWord ? "\(sign) \(self)" : "\(sign)\(self)"
  }

  /// The derivative of a name by another one of several times: `d²y/dx²`.
  func higher(_ sign: String, _ order: Int, by variable: MathText) -> MathText {
    var text = differential(sign, order) + "/" + variable.differential(sign)
    text.append(String(order), .raised)
    return text
  }

  /// The differential of a name of some order: `d²b`.
  func differential(_ sign: String, _ order: Int) -> MathText {
    var text = MathText(sign)
    text.append(String(order), .raised)
    if isWord { text.append(" ") }
    return text + self
  }

  /// Whether the text begins with a name of several letters.
  private var isWord: Bool {
    guard let first = pieces.first, first.level == .base, first.meaning == .name else {
      return false
    }
    return first.text.letterCount > 1
  }
}

extension Notation {
  /// Every notation, in the order `--help` lists them.
  public static let all: [Notation] = [dvar, leibniz, partial, grad, bar]
}
