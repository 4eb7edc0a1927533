extension Figure {
  /// One sign of the legend and what it means.
  public struct LegendItem: Sendable {
    /// The sign.
    public var sign: Sign
    /// What it means.
    public var text: MathText

    /// A sign of the legend.
    public enum Sign: Sendable {
      case forwardLine, backwardLine, tangentLine, partial, value, derivative, input, operation,
        output
    }
  }

  /// The signs that the figure uses.
  func legendItems(_ words: Words) -> [LegendItem] {
    var items: [LegendItem] = []
    func add(_ sign: LegendItem.Sign, _ text: String) {
      items.append(LegendItem(sign: sign, text: MathText(text)))
    }
    if edges.contains(where: { $0.line == .pair }) {
      if show != .backward { add(.forwardLine, words.value) }
      if show != .forward {
        if mode == .forward {
          add(.tangentLine, words.tangent)
        } else {
          add(.backwardLine, words.derivative)
        }
        if edges.contains(where: { $0.labels.contains { $0.kind == .partial } }) {
          add(.partial, words.partial)
        }
      }
    }
    if edges.contains(where: { $0.line == .wire }) {
      add(.value, words.valueAbove)
      if show != .forward { add(.derivative, words.derivativeBelow) }
    }
    for (role, sign, text) in [
      (Role.input, LegendItem.Sign.input, words.input), (.operation, .operation, words.operation),
      (.output, .output, words.output),
    ] where nodes.contains(where: { $0.role == role && $0.shape != .plain }) {
      add(sign, text)
    }
    return items
  }
}
