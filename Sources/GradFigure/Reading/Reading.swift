public import GradCore

import GradBase

/// A trace as a reader meets it: the nodes and edges of the chosen detail, with their names, formulas,
/// numbers and sentences.
///
/// It stands between the trace and all that is made of it: the figure, its steps, the numbers that can
/// be asked for, the description, the explanation, the tables and the page. One is made for each trace
/// and set of options, and handed to all of them.
///
/// ```swift
/// let reading = Reading(trace, options)
/// let figure = Figure(reading)
/// let sentences = reading.steps.map(\.sentence)
/// ```
public struct Reading: Sendable {
  /// The nodes and edges that are drawn; in forward mode with tangents in the place of derivatives.
  public let trace: Trace
  /// Where values flow to.
  package var direction: FigureOptions.Direction
  /// How inputs are drawn that feed one and the same node.
  package var inputs: FigureOptions.Inputs
  /// Whether an input is drawn again where it is used far from its first use.
  package var repeatsInputs: Bool
  /// The edges of the figure for which an input is drawn again near their ends; those of one number share it.
  package var laterUses: [Int: Int] = [:]
  /// Whether things have less room between them, for the sake of larger text on a page.
  package var isTight = false
  /// The whole trace, from which formulas are read.
  package let full: Trace
  /// The node of `full` of each node drawn.
  package let origins: [Int]
  package let selection: Trace.Selection
  /// The boxes that stand for several nodes, because there are too many to be read.
  package internal(set) var folds: [Fold]
  /// Whether less is drawn than the detail asks for, because that is too much.
  let isReduced: Bool
  /// How the trace is read.
  public package(set) var options: FigureOptions
  /// The node whose paths are lit.
  package let focus: Int?
  /// In forward mode the node by which all are differentiated.
  package let seed: Int?
  /// Which entry of it; `nil` for a number.
  package let seedEntry: Int?
  /// The node that is moved.
  package let nudged: Int?
  /// Which entry of it is moved; `nil` for a number.
  package let nudgedEntry: Int?
  /// The derivatives of an order above 1 by inputs of `full`; `nil` where none are asked for.
  package let higher: Trace.HigherDerivatives?
  /// The values after the move, of the nodes of `full`.
  private let moved: Trace.Values?
  package var words: FigureWords { options.language.figure }
  /// The names of the nodes of the whole trace; of those that are neither drawn nor named by the program,
  /// which may be most of them, none.
  private let names: [MathText?]
  /// The nodes of the whole trace that are called by their formulas: steps of the backward pass without a name
  /// of their own.
  let isSpelled: Set<Int>
  /// What is asked for several times, where ``prepared()`` worked it out.
  var texts = Texts()
  /// The edges that lead on from each node to the output, in the order that derivatives come back over
  /// them.
  let waysOn: [[Int]]
  /// When each part of the figure appears.
  let schedule: Schedule

  /// Reads a trace of operations.
  ///
  /// O(nodes + edges), and the length of the names.
  public init(_ full: Trace, _ options: FigureOptions = FigureOptions()) {
    Milestone.observer?(.read)
    self.options = options
    direction = options.direction ?? .right
    inputs = options.inputs
    repeatsInputs = options.repeatsInputs
    let full = options.withBackwardGraph(options.marked(full))
    let focus = options.focus.flatMap { full.index(of: $0) }
    let seed = options.seed(in: full)
    let nudged = options.nudge?.place(in: full)
    let view = View(
      full, options, focus: focus,
      kept: [focus, seed?.node, nudged?.node].compactMap(\.self) + full.backwardKept)
    let origins = view.origins
    let trace =
      seed.map { full.withTangents(view.trace, origins, view.selection, by: $0) } ?? view.trace
    (selection, folds, isReduced) = (view.selection, view.folds, view.isReduced)
    self.trace = trace
    self.full = full
    self.origins = origins
    self.focus = focus.flatMap { origins.firstIndex(of: $0) }
    self.seed = seed.flatMap { origins.firstIndex(of: $0.node) }
    seedEntry = seed?.entry
    self.nudged = nudged.flatMap { origins.firstIndex(of: $0.node) }
    nudgedEntry = nudged?.entry
    moved = nudged.flatMap { place in
      options.nudge.map { full.values(moving: place, by: $0.amount) }
    }
    (names, isSpelled) = full.backwardNames(
      full.mathNames(of: selection.isKept), selection, options.notation,
      spellsSteps: options.style.detail != nil)
    higher = options.higherDerivatives(of: full)
    var waysOn = [[Int]](repeating: [], count: trace.nodes.count)
    for (index, edge) in trace.edges.enumerated()
    where !trace.nodes[edge.target].isUnused && !trace.isStopped(edge) {
      waysOn[edge.source].append(index)
    }
    self.waysOn = waysOn
    schedule = Schedule(
      trace, folds, seed == nil ? .reverse : .forward,
      backwardFrom: full.backward.flatMap { backward in
        origins.firstIndex { $0 >= backward.first }
      })
  }

  // MARK: Names and numbers

  /// The name of node `index`, set as mathematics.
  package func name(of index: Int) -> MathText { name(ofOrigin: origins[index]) }

  /// The name of node `index` of the whole trace.
  package func name(ofOrigin index: Int) -> MathText {
    names[index] ?? MathName.text(full.nodes[index].id)
  }

  /// The operations that are written into node `index` of the whole trace, for they have no node.
  package func inner(of index: Int) -> [Int] { full.inner(of: index, selection) }

  /// A number as the figure writes it.
  package func number(_ number: Double, _ role: NumberSlot.Role = .other) -> MathText {
    options.numbers.text(number, role)
  }

  /// The value of node `index`; `6 → 6.002` where the nudge moves it.
  package func value(of index: Int) -> MathText {
    if isArray(index) { return movedEntries(of: index).map(movedText) ?? ownValue(of: index) }
    return valueAfter(of: index).map { pairText(trace.nodes[index].value, $0, .value(index)) }
      ?? ownValue(of: index)
  }

  /// The value of node `index` before anything is moved.
  func ownValue(of index: Int) -> MathText {
    if let known = texts.values[at: index] { return known }
    return trace.nodes[index].array.map { text(of: $0, .value(index)) }
      ?? number(trace.nodes[index].value, .value(index))
  }

  /// `6 → 6.002`, with the digits that show the difference.
  func pairText(
    _ before: Double, _ after: Double, _ role: NumberSlot.Role = .other
  ) -> MathText {
    let digits = options.numbers.digits(ofPair: before, after)
    return
      "\(options.numbers.text(before, role, digits)) → \(options.numbers.text(after, .other, digits))"
  }

  /// Whether the nudge moves node `index`.
  package func isMoved(_ index: Int) -> Bool {
    trace.nodes[index].array == nil ? valueAfter(of: index) != nil : arrayAfter(of: index) != nil
  }

  /// The number of node `index` after the nudge; `nil` where that is as before, and for arrays.
  package func valueAfter(of index: Int) -> Double? {
    guard let after = moved?.numbers[origins[index]] else { return nil }
    let before = trace.nodes[index].value
    return after == before || after.isNaN && before.isNaN ? nil : after
  }

  /// The array of node `index` after the nudge; `nil` where that is as before, and for numbers.
  package func arrayAfter(of index: Int) -> NumberArray? {
    guard let after = moved?.arrays[origins[index]] else { return nil }
    return after == trace.nodes[index].array ? nil : after
  }

  func role(of index: Int) -> Figure.Role {
    if index == trace.output || isBackwardOutput(index) { return .output }
    return trace.nodes[index].kind == .input ? .input : .operation
  }

  /// The right-hand side of node `index`, set as mathematics; empty for an input.
  package func formula(of index: Int) -> MathText {
    formula(of: index, dot: "·") { backwardMention(of: $0, in: index) ?? name(ofOrigin: $0) }
  }

  /// The right-hand side of node `index` with the values of its operands in the place of their names,
  /// and `dot` as the sign of multiplication: `3·2`.
  func formulaInNumbers(
    of index: Int, dot: String, _ digits: NumberText.Digits = .usual,
    _ part: NumberSlot.Part? = nil
  ) -> MathText {
    formula(of: index, dot: dot) { origin in
      let place = origins.firstIndexSorted(of: origin)
      if full.nodes[origin].array != nil { return name(ofOrigin: origin) }
      return options.numbers.text(
        full.nodes[origin].value, place.map { .operand($0) } ?? .other, digits, part)
    }
  }

  private func formula(of index: Int, dot: String, mention: (Int) -> MathText) -> MathText {
    if trace.nodes[index].kind != .operation { return MathText() }
    let origin = origins[index]
    return full.mathFormula(
      of: origin, in: selection.scope(of: origin, in: full), dot: dot,
      downTo: isMentioned, mention: mention)
  }

  /// Whether a node of the whole trace is called by its name in the formulas of others.
  func isMentioned(_ origin: Int) -> Bool {
    selection.isKept[origin] && !isSpelled.contains(origin)
  }

  /// `u = b·c`, or `b` for an input, in lines; without its middle terms if that is too long for three.
  ///
  /// What is a little too long is left in one line rather than broken into a long and a short one.
  func titleLines(of index: Int) -> [MathText] {
    let title = fullTitle(of: index)
    let width = options.titleWidth
    let tolerance = width / 4
    if title.count <= width + tolerance { return [title] }
    if let lines = title.lines(ofAtMost: width, most: 3) { return lines }
    // Names are never cut, so that long ones may leave more than a line has room for.
    let short = title.shortened(to: width)
    if short.count <= width + tolerance { return [short] }
    let limits = stride(from: width, through: 2 * width, by: max(1, width / 8))
    return limits.lazy.compactMap { short.lines(ofAtMost: $0, most: 4) }.first ?? [short]
  }

  /// The title with nothing cut.
  func fullTitle(of index: Int) -> MathText {
    if let known = texts.titles[at: index] { return known }
    let formula = formula(of: index)
    if isBackward(index) { return backwardTitle(of: index, formula) }
    return formula.isEmpty ? name(of: index) : "\(name(of: index)) = \(formula)"
  }

  /// The operation alone, as a gate bears it: `×`, `+1`, `1/x`.
  ///
  /// A folded call is a gate of its function's name.
  func gate(of index: Int) -> MathText {
    let origin = origins[index]
    if let call = selection.folded(returning: origin, in: full) {
      return MathName.text(full.calls[call].function)
    }
    return full.gate(of: origin) { full.isWired($0, selection) }
  }

  /// The operators that node `index` stands for: its own and those that are written into it.
  func opcodes(within index: Int) -> [Opcode] {
    ([origins[index]] + inner(of: origins[index])).map { full.nodes[$0].opcode }
  }

  /// The open call in whose body node `index` is; `nil` for the program itself.
  func scope(of index: Int) -> Int? { selection.scope(of: origins[index], in: full) }

  func data(of index: Int) -> [(key: Figure.DataKey, value: String)] {
    [(.name, trace.nodes[index].id), (.value, ownValue(of: index).plain)]
      + (hasDerivative(index) ? [(.derivative, derivativeText(of: index).plain)] : [])
  }
}

extension [Int] {
  /// Where `number` is among numbers in rising order; O(log(count)).
  fileprivate func firstIndexSorted(of number: Int) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number ? low : nil
  }
}
