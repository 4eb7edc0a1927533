import GradFigure

extension NudgeFormat {
  /// Each changed node as `u  6 → 6.002`, then the quotient beside the derivative.
  public static let table = NudgeFormat(name: "table", fileExtension: "txt", separator: "\n") {
    effect in
    let lines = Table(
      columns: ["", "", "", ""], isNumber: [false, true, false, false],
      rows: effect.changes.map {
        [effect.label(of: $0).plain, $0.text.before.plain, "→", $0.text.after.plain]
      }
    ).text().drop { $0 == "\n" }
    let chains = [effect.quotientChain, effect.derivativeChain].map { chain in
      chain.map(\.plain).joined(separator: " = ") + "\n"
    }
    return lines + "\n" + chains.joined()
  }
}
