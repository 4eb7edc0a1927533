import GradCore

extension Reading {
  /// What the nudge does to the output: its change over the nudge, beside the derivative.
  package struct Quotient {
    /// How much the output changes.
    package var change: Double
    /// The change over the nudge.
    package var quotient: Double
    /// The derivative of the output by the moved node.
    package var derivative: Double
    /// `ΔJ/Δb`.
    package var name: MathText
  }

  /// What the nudge does to the output; `nil` without a nudge.
  package var quotient: Quotient? {
    guard let nudged, let amount = options.nudge?.amount else { return nil }
    let (before, after) = (
      trace.nodes[trace.output].anyValue, arrayAfter(of: trace.output)?.entries[0]
    )
    let change = difference(
      before.entries[0], after ?? valueAfter(of: trace.output) ?? before.entries[0])
    let derivative =
      nudgedEntry.map { full.nodes[origins[nudged]].arrayDerivative?.entries[$0] ?? .nan }
      ?? full.nodes[origins[nudged]].derivative
    return Quotient(
      change: change, quotient: change / amount, derivative: derivative,
      name: "Δ\(name(of: trace.output))/Δ\(name(of: nudged))\(nudgedIndices)")
  }

  /// The indices of the entry that is moved: `[0, 1]`; empty for a number, and the one entry of an array.
  package var nudgedIndices: MathText {
    nudged.map { indices(ofEntry: nudgedEntry, of: $0) } ?? MathText()
  }

  /// The indices of an entry of node `index`: `[0, 1]`; empty for a number, and the one entry of an array.
  func indices(ofEntry entry: Int?, of index: Int) -> MathText {
    guard let entry, let array = trace.nodes[index].array, array.count > 1 else {
      return MathText()
    }
    return MathText(array.place(of: entry))
  }

  /// What the derivative by the number that is moved is called: `db`, `dW[0, 1]`.
  package func nudgedDerivativeName(_ nudged: Int) -> MathText {
    derivativeName(of: nudged) + nudgedIndices
  }

  /// `ΔJ/Δb = 0.006/0.001 = 6, db = 6`; the line below a figure with a nudge.
  var nudgeNote: MathText? {
    guard let nudged, let quotient, let amount = options.nudge?.amount else { return nil }
    let derivative: MathText = "\(nudgedDerivativeName(nudged)) = \(number(quotient.derivative))"
    return "\(quotientChain(quotient, amount).joined(separator: " = ")), \(derivative)"
  }

  /// The quotient, written out: `ΔJ/Δb`, `0.006 / 0.001`, `6`.
  package func quotientChain(_ quotient: Quotient, _ amount: Double) -> [MathText] {
    let numbers = options.numbers
    func text(_ number: Double) -> MathText {
      numbers.text(number, .other, numbers.digitsOfDifference)
    }
    return [
      quotient.name, "\(text(quotient.change)) / \(text(amount).beginning(.signed))",
      text(quotient.quotient),
    ]
  }
}

/// The change from one number to another, without the digits that are but rounding: 0.006 from 33 to
/// 33.006, where Float64 has 0.00600000000000023.
///
/// The numbers themselves are good to about 13 digits.
package func difference(_ before: Double, _ after: Double) -> Double {
  let change = after - before
  let size = max(before.magnitude, after.magnitude)
  guard change.isFinite, change != 0, size > 0 else { return change }
  let unit = size.ulp * 0x1p10
  // The shortest decimal that is as good as the numbers are.
  for digits in 1...15 {
    let text = NumberText.significant(change, digits)
    if (text - change).magnitude <= unit { return text }
  }
  return change
}
