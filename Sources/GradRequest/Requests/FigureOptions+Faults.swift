public import GradCore
public import GradFigure
public import GradLanguage

import GradBase
import GradDrawing

extension Reading {
  /// The numbers that are to be left out and that the figure does not have.
  func blankFaults(in file: String) -> [Diagnostic] {
    if options.blanks.isEmpty { return [] }
    let answers = answers
    let faults = options.blanks.names.sorted().compactMap { name in
      blankFault(name, among: answers, in: file)
    }
    if !faults.isEmpty || !blankAnswers.isEmpty || !trace.hasArrays { return faults }
    return [
      Diagnostic(
        badOption:
          "--blank: nothing can be left out: large arrays are not written out, and what goes "
          + "over an edge between arrays is no single number", file: file,
        help: "name entries, such as \(exampleOfEntry(among: answers))")
    ]
  }

  /// An entry that could be left out.
  private func exampleOfEntry(among answers: [AskedNumber]) -> String {
    answers.last { $0.array != nil }?.entry(0)?.key ?? "dW[0, 0]"
  }

  /// Why a number cannot be left out; `nil` if it can.
  private func blankFault(
    _ name: String, among answers: [AskedNumber], in file: String
  ) -> Diagnostic? {
    do throws(ShapeFault) {
      if let (key, entry) = try asked(name, among: answers) {
        guard entry == nil, let answer = answers.first(where: { $0.key == key }),
          let array = answer.array, !isWrittenOut(array)
        else { return nil }
        return Diagnostic(
          badOption:
            "--blank: '\(name)' has \(grouped(array.count)) entries, which the figure does "
            + "not write out", file: file,
          help: "name entries, such as \(answer.entry(0)?.key ?? name), or --entries \(array.count)"
        )
      }
    } catch {
      return Diagnostic(badOption: "--blank: \(error.message)", file: file, help: error.help)
    }
    if let (input, kind) = given(name) {
      let id = trace.nodes[input].id
      return Diagnostic(
        badOption: kind == .values
          ? "--blank: '\(name)' is an input, whose value is given"
          : "--blank: '\(id)' is data, which has no derivative '\(name)'", file: file,
        help: kind == .values ? "give values for computed nodes" : "--wrt \(id) gives it one")
    }
    let known = Blanks.Kind.allCases.map(\.rawValue) + answers.map(\.key)
    let mistake = FigureOption.Mistake(unknown: name, "number of the figure", known)
    return Diagnostic(
      .error, code: "unknown-blank", "--blank: \(mistake.message)", file: file,
      help: mistake.help)
  }
}

extension FigureOptions {
  /// What the options name and a program lacks, but for blanks.
  func nodeFaults(in computation: Computation) -> [Diagnostic] {
    let (trace, file) = (computation.trace, computation.program.source.name)
    var faults: [Diagnostic] = []
    if let focus, trace.index(of: focus) == nil {
      faults.append(Diagnostic(unknownNode: focus, in: trace, option: "--focus", file: file))
    }
    if computation.program.isTrace, nudge != nil {
      faults += computation.program.needed(for: "--nudge").diagnostics
    }
    if let fault = nudge?.fault(in: trace, option: "--nudge", file: file) { faults.append(fault) }
    faults += wrtFaults(in: trace, file)
    faults += derivativeFaults(in: trace, file, areNamesKnown: faults.isEmpty)
    let calls = trace.calls.flatMap { [$0.function, $0.id] }
    for (option, names) in [("open", folding.opened), ("fold", folding.folded)] {
      for name in names.sorted() where !calls.contains(where: { NameForm.areEqual($0, name) }) {
        let mistake = FigureOption.Mistake(
          unknown: name, "function or call", calls.uniqued, most: 12)
        faults.append(
          Diagnostic(
            .error, code: "unknown-function", "--\(option): \(mistake.message)", file: file,
            help: calls.isEmpty ? "the program calls no function of its own" : mistake.help))
      }
    }
    return faults
  }

  /// What is asked for with derivatives as a computation, or with those above order 1, and is not done.
  private func derivativeFaults(
    in trace: Trace, _ file: String, areNamesKnown: Bool
  ) -> [Diagnostic] {
    let option = backward == .graph ? "--backward graph" : "--order \(order)"
    if backward == .edges, order == 1 { return [] }
    let others = [
      (
        "--mode forward", mode == .forward,
        backward == .graph
          ? "forward mode has no backward pass: its derivatives come with the values"
          : "figures of forward mode have first derivatives; 'table --mode forward --order \(order)' has "
            + "those above"
      ),
      (
        "--nudge", nudge != nil,
        "a nudge moves values, and behind a kink their derivatives are another computation; "
          + "--set computes everything anew"
      ),
      (
        "--blank", !blanks.isEmpty && backward == .edges,
        "derivatives above order 1 can be left out as nodes, by --backward graph"
      ),
    ].filter(\.1)
    if !others.isEmpty {
      return others.map { other, _, reason in
        Diagnostic(badOption: "\(option) does not go with \(other)", file: file, help: reason)
      }
    }
    guard areNamesKnown, let fault = derivativeFault(of: trace) else { return [] }
    return [
      Diagnostic(badOption: "\(option): \(fault.message)", file: file, help: fault.help)
    ]
  }
}

extension OutputFormat {
  /// What options ask for that files of the format cannot keep.
  ///
  /// - Parameters:
  ///   - options: The options.
  ///   - file: What messages call the program.
  /// - Returns: One error for each.
  public func faults(of options: FigureOptions, file: String) -> [Diagnostic] {
    refusals(options).map { Diagnostic(badOption: $0.message, file: file, help: $0.help) }
  }
}

extension Computation {
  /// A condition of the program that a nudge decides otherwise, as a warning.
  public func warnings(after nudge: Nudge) -> [Diagnostic] {
    if let changes = try? decidesOtherwise(after: nudge), !changes { return [] }
    return [
      Diagnostic(
        .warning, code: "condition-changes",
        "moving '\(nudge.name)' by \(shortestText(nudge.amount)) changes a condition; the values shown "
          + "keep the branch that was taken", file: program.source.name,
        help: "try a smaller nudge, or one in the other direction")
    ]
  }
}

extension Nudge {
  /// What is wrong with the name of what is moved.
  ///
  /// - Parameters:
  ///   - trace: The computation.
  ///   - option: What messages call the option.
  ///   - file: What they call the program.
  /// - Returns: The error; `nil` if there is such a number, and a derivative by it.
  public func fault(in trace: Trace, option: String, file: String) -> Diagnostic? {
    do throws(ShapeFault) {
      guard let place = try trace.number(named: name, "a nudge moves") else {
        return Diagnostic(unknownNode: name, in: trace, option: option, file: file)
      }
      let node = trace.nodes[place.node]
      if node.array == nil || node.arrayDerivative != nil { return nil }
      return Diagnostic(
        badOption: "\(option): '\(name)' is a constant, by which nothing is differentiated",
        file: file, help: "move an entry of another array")
    } catch {
      return Diagnostic(badOption: "\(option): \(error.message)", file: file, help: error.help)
    }
  }
}

extension Diagnostic {
  /// An option that does not fit what it is asked of.
  public init(badOption message: String, file: String, help: String?) {
    self.init(.error, code: "bad-option", message, file: file, help: help)
  }

  /// A node that an option names and the program lacks.
  public init(unknownNode name: String, in trace: Trace, option: String, file: String) {
    let mistake = FigureOption.Mistake(
      unknown: name, "node", trace.nodes.compactMap(\.name).uniqued)
    self.init(
      .error, code: "unknown-node", "\(option): \(mistake.message)", file: file,
      help: mistake.help)
  }
}

extension [String] {
  /// Without repetitions, in order.
  var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
