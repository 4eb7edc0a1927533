extension Figure {
  /// One sign of the legend and what it means.
  public struct LegendItem: Sendable {
    /// The sign.
    public var sign: Sign
    /// What it means.
    public var text: MathText

    /// A sign of the legend.
    public enum Sign: Sendable {
      case forwardLine, backwardLine, tangentLine, partial, contribution, product, value,
        derivative,
        input, inputAgain, operation, output, blank, moved, faint
    }
  }

  /// The signs that the figure uses, when all else of it is there.
  func legendItems(_ reading: Reading) -> [LegendItem] {
    let words = reading.words
    var items: [LegendItem] = []
    func add(_ sign: LegendItem.Sign, _ text: MathText) {
      items.append(LegendItem(sign: sign, text: text))
    }
    if edges.contains(where: { $0.line == .pair }) {
      if show != .backward { add(.forwardLine, words.value) }
      if show != .forward, edges.contains(where: \.isPair) {
        if mode == .forward {
          add(.tangentLine, words.tangent)
        } else {
          add(.backwardLine, words.derivative)
        }
        if hasLabels(.partial) {
          switch reading.options.edgeLabels {
          case .partial: add(.partial, words.partial)
          case .contribution: add(.contribution, words.contribution)
          case .product: add(.product, words.product)
          case .none: break
          }
        }
      }
    }
    let isDown = direction == .down
    if hasLabels(.value) { add(.value, isDown ? words.valueLeft : words.valueAbove) }
    if show != .forward, hasLabels(.derivative) {
      add(.derivative, isDown ? words.derivativeRight : words.derivativeBelow)
    }
    for (role, sign, text) in [
      (Role.input, LegendItem.Sign.input, words.input), (.operation, .operation, words.operation),
      (.output, .output, words.output),
    ] where nodes.contains(where: { $0.role == role && $0.shape != .plain }) {
      add(sign, text)
    }
    if nodes.contains(where: { $0.isRepeated && $0.shape != .plain }) {
      add(.inputAgain, words.inputAgain)
    }
    if hasBlanks { add(.blank, words.blank) }
    if reading.nudged != nil { add(.moved, words.moved) }
    if let reason = reasonOfFaint(reading) { add(.faint, reason) }
    return items
  }

  /// Whether numbers of a kind stand at edges.
  private func hasLabels(_ kind: Label.Kind) -> Bool {
    edges.contains { $0.labels.contains { $0.kind == kind && !$0.content.isBlank } }
  }

  private var hasBlanks: Bool {
    nodes.contains { $0.rows.joined().contains(where: \.content.hasBlank) }
      || edges.contains { $0.labels.contains(where: \.content.isBlank) }
  }

  /// What is faint, in a few words; `nil` if nothing is.
  private func reasonOfFaint(_ reading: Reading) -> MathText? {
    let isAnyFaint =
      nodes.contains(where: \.isFaded) || edges.contains { $0.isFaded || $0.isBackwardFaded }
    if !isAnyFaint { return nil }
    if reading.nudged != nil { return reading.words.faintUnmoved }
    if let focus = reading.focus {
      return reading.words.faintOffPath(reading.name(of: focus))
    }
    return reading.words.faintDead
  }
}
