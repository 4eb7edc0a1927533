public import GradCore
public import GradFigure

/// What a small change of one value does to those that follow from it.
///
/// ```swift
/// let effect = NudgeEffect(trace, Nudge("b", by: 0.001))  // ΔJ/Δb = 6, where db = 6
/// ```
public struct NudgeEffect: Sendable {
  /// A number that changes: a node's, or an entry of an array.
  public struct Change: Sendable {
    /// The node's id in the trace.
    public var id: String
    /// The number's name as mathematics: `u`, `Z[0, 1]`.
    public var name: MathText
    /// The indices of the entry; `nil` for a number.
    public var place: [Int]?
    /// Of a large array, of which the entry that changes the most stands for all: its shape, and how
    /// many of its entries change; else `nil`.
    public var all: (shape: [Int], count: Int)?
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
  /// The numbers that change, in program order; the moved one is the first.
  ///
  /// Of an array that figures write out each entry that changes, of a larger one the entry that changes
  /// the most.
  public let changes: [Change]
  /// The output's id.
  public let output: String
  /// The change of the output; 0 if it stays as it is.
  public let change: Double
  /// The change of the output over the nudge.
  public let quotient: Double
  /// The derivative of the output by the moved number.
  public let derivative: Double

  private let language: Language
  let title: Prose
  /// The quotient, written out: `ΔJ/Δb = 0.006 / 0.001 = 6`.
  let quotientChain: [MathText]
  /// The derivative with its name: `db = 6`.
  let derivativeChain: [MathText]
  private let numbers: NumberText

  /// The effect of a nudge; `nil` if the trace has no number of that name.
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
    title = language.sheet.nudgeTitle(
      reading.name(of: moved) + reading.nudgedIndices, reading.number(nudge.amount).plain)
    quotientChain = reading.quotientChain(quotient, nudge.amount)
    derivativeChain = [
      reading.nudgedDerivativeName(moved),
      reading.nudgedEntry == nil
        ? reading.derivativeText(of: moved) : reading.number(quotient.derivative),
    ]
    changes = reading.trace.nodes.indices.flatMap {
      Self.changes(reading, of: $0, by: nudge.amount)
    }
  }

  /// What changes of one node.
  private static func changes(_ reading: Reading, of index: Int, by amount: Double) -> [Change] {
    let node = reading.trace.nodes[index]
    func change(_ before: Double, _ after: Double, _ role: NumberSlot.Role) -> Change {
      let numbers = reading.options.numbers
      let change = difference(before, after)
      let digits = numbers.digits(ofPair: before, after)
      return Change(
        id: node.id, name: reading.name(of: index), before: before, after: after,
        text: (numbers.text(before, role, digits), numbers.text(after, .other, digits)),
        change: change, quotient: change / amount)
    }
    if let after = reading.valueAfter(of: index) {
      return [change(node.value, after, .value(index))]
    }
    guard let moved = reading.movedEntries(of: index) else { return [] }
    let isWrittenOut = reading.isWrittenOut(moved.before)
    return (isWrittenOut ? moved.entries : [moved.largest]).map { entry in
      var change = change(moved.before.entries[entry], moved.after.entries[entry], .other)
      let place = moved.before.indices(of: entry)
      change.name = change.name + moved.before.place(of: entry)
      change.place = place
      change.all = isWrittenOut ? nil : (moved.before.shape, moved.entries.count)
      return change
    }
  }

  /// What a change is of, in a table.
  func label(of change: Change) -> Prose {
    guard let all = change.all else { return Prose(change.name) }
    let shape = all.shape.map(String.init).joined(separator: "×")
    return language.sheet.most(
      change.name, all.shape.count == 1 ? "\(shape) entries" : shape, String(all.count))
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
            label(of: change), Prose(change.text.before), Prose(change.text.after),
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
