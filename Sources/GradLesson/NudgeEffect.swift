public import GradCore
public import GradFigure

/// What a small change of one value does to those that follow from it.
///
/// ```swift
/// let effect = NudgeEffect(trace, Nudge("b", by: 0.001))  // ΔJ/Δb = 6, where db = 6
/// ```
public struct NudgeEffect: Sendable {
  /// A node whose value changes.
  public struct Change: Sendable {
    /// The node's id in the trace.
    public var id: String
    /// The node's name as mathematics.
    public var name: MathText
    /// The value before.
    public var before: Double
    /// The value after.
    public var after: Double
    /// The values as text, with the digits that show the difference.
    public var text: (before: MathText, after: MathText)
    /// After minus before, without floating-point dust.
    public var change: Double
    /// The change over the nudge.
    public var quotient: Double
  }

  /// What was moved, and by how much.
  public let nudge: Nudge
  /// The nodes whose values change, in program order; the moved one is the first.
  public let changes: [Change]
  /// The output's id.
  public let output: String
  /// The change of the output; 0 if it stays as it is.
  public let change: Double
  /// The change of the output over the nudge.
  public let quotient: Double
  /// The derivative of the output by the moved node.
  public let derivative: Double

  private let language: Language
  let title: Prose
  /// The quotient, written out: `ΔJ/Δb = 0.006 / 0.001 = 6`.
  let quotientChain: [MathText]
  /// The derivative with its name: `db = 6`.
  let derivativeChain: [MathText]
  private let numbers: NumberText

  /// The effect of a nudge; `nil` if the trace has no node of that name.
  ///
  /// - Parameters:
  ///   - trace: The computation, a node an operation.
  ///   - nudge: What is moved.
  ///   - options: Which nodes there are, and how derivatives and numbers are written.
  public init?(_ trace: Trace, _ nudge: Nudge, _ options: FigureOptions = FigureOptions()) {
    var options = options
    options.mode = .reverse
    options.nudge = nudge
    let reading = Reading(trace, options)
    guard let moved = reading.nudged, let quotient = reading.quotient else { return nil }
    self.nudge = nudge
    language = options.language
    numbers = options.numbers
    output = reading.trace.nodes[reading.trace.output].id
    change = quotient.change
    self.quotient = quotient.quotient
    derivative = quotient.derivative
    title = language.sheet.nudgeTitle(reading.name(of: moved), reading.number(nudge.amount).plain)
    quotientChain = reading.quotientChain(quotient, nudge.amount)
    derivativeChain = [reading.derivativeName(of: moved), reading.derivativeText(of: moved)]
    changes = reading.trace.nodes.indices.compactMap { index in
      guard let after = reading.valueAfter(of: index) else { return nil }
      let node = reading.trace.nodes[index]
      let change = difference(node.value, after)
      let digits = options.numbers.digits(ofPair: node.value, after)
      return Change(
        id: node.id, name: reading.name(of: index), before: node.value, after: after,
        text: (
          options.numbers.text(node.value, .value(index), digits),
          options.numbers.text(after, .other, digits)
        ), change: change,
        quotient: change / nudge.amount)
    }
  }

  /// The effect on a sheet.
  var sheet: Sheet {
    var sheet = Sheet(title, language: language.tag)
    let words = language.sheet
    sheet.blocks = [
      .table(
        head: [words.name, words.before, words.after, words.change],
        rows: changes.map { change in
          [
            Prose(change.name), Prose(change.text.before), Prose(change.text.after),
            Prose(numbers.text(change.change)),
          ]
        }, isNumber: [false, true, true, true]),
      .chain(quotientChain), .chain(derivativeChain),
    ]
    return sheet
  }
}

/// A way to write the effect of a nudge down.
///
/// To add one, add a file to `NudgeFormats/` and name it in ``all``.
public struct NudgeFormat: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The extension of its files, without the dot.
  public let fileExtension: String
  /// What stands between the effects of several nudges.
  public let separator: String
  /// Writes an effect.
  public let write: @Sendable (NudgeEffect) -> String

  /// Every format, in the order `--help` lists them.
  public static let all: [NudgeFormat] = [table, markdown, json]
}
