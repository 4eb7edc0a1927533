import GradBase
import GradCore

extension Reading {
  /// One line that says what the figure is.
  public var heading: String { options.title ?? words.heading(name(of: trace.output)).plain }

  /// What stands in for the figure where it is not seen: what it is, and everything that it says.
  public var alternative: String { "\(heading): \(summary)" }

  /// The figure in words: a sentence that sums up; forward, every value; then every derivative with its
  /// chain rule.
  ///
  /// With blanks it is what is to be filled in. Of very large figures it is the first sentence, as nobody
  /// listens to thousands of numbers in a row: each node says its own.
  public var summary: String {
    let blanks = blankAnswers
    if !blanks.isEmpty { return words.fillIn(blanks.map(\.name)).plain }
    let foldOfNode = foldOfNode
    let single = trace.nodes.indices.filter {
      foldOfNode[$0] < 0 && !(options.show == .forward && isBackward($0))
    }
    let opening = [sum.plain, foldSummary?.plain, passNote.map { "(\($0.plain))" }].compactMap(
      \.self)
    if single.count > Self.mostSentences { return opening.joined(separator: " ") }
    let values = words.forward(
      single.map { MathText("\(fullTitle(of: $0).plain) = \(value(of: $0).plain)") }
        + folds.map { valueSentence(of: $0) })
    let start = (opening + [values.plain]).joined(separator: " ")
    if options.show == .forward || hasBackwardGraph { return start }
    func rule(_ index: Int) -> MathText {
      let isShort = contributions(to: index).count <= Self.mostTerms
      return MathText(
        isShort
          ? chainRuleText(of: index)
          : chainRule(of: index).map(\.plain).joined(separator: " = "))
    }
    let folded = folds.compactMap { derivativeSentence(of: $0) }
    let rules =
      if let seed {
        words.tangents(seedName(seed), single.map(rule) + folded)
      } else {
        words.backward(single.filter { hasDerivative($0) }.map(rule).reversed() + folded)
      }
    return "\(start) \(rules.plain)"
  }

  /// `first of 1,000 passes`, where a loop trains; the line below the figure.
  var passNote: MathText? {
    trace.passes.map { words.firstPass($0 > 0 ? grouped($0) : nil) }
  }

  /// How many nodes the figure in words goes through at most.
  private static let mostSentences = 300

  /// How many inputs are named at most.
  private static let mostNames = 6

  /// What is computed from what, the result, and the largest derivative.
  private var sum: Prose {
    let result: MathText = "\(name(of: trace.output)) = \(value(of: trace.output))"
    let inputs = trace.nodes.indices.filter {
      trace.nodes[$0].kind == .input && !trace.nodes[$0].isUnused && $0 != trace.output
    }
    let names: [MathText] =
      inputs.count > Self.mostNames
      ? [words.inputs(String(inputs.count))] : inputs.map { name(of: $0) }
    func rule(_ index: Int) -> MathText {
      let text = trace.nodes[index].arrayDerivative.map { brief($0) } ?? derivativeText(of: index)
      return "\(derivativeName(of: index)) = \(text)"
    }
    func size(_ index: Int) -> Double {
      let entries = trace.nodes[index].arrayDerivative?.ends ?? [derivative(of: index)]
      return entries.reduce(0) { max($0, $1.magnitude) }
    }
    if let seed {
      let isMoved = options.show != .forward && seed != trace.output
      return words.sum(result, names, isMoved ? rule(trace.output) : nil, 1)
    }
    let derived = options.show == .forward ? [] : inputs.filter { hasDerivative($0) }
    // Of equals the first.
    var largest = derived.first
    for index in derived {
      if size(index) > largest.map(size) ?? 0 { largest = index }
    }
    return words.sum(result, names, largest.map(rule), derived.count)
  }
}
