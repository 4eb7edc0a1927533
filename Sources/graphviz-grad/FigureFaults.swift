import GradCore
import GradFigure
import GradLanguage
import GraphvizGrad

extension FigureOptions {
  /// What the options name and a program lacks.
  func faults(in computation: Computation) -> [Diagnostic] {
    let trace = computation.trace
    var faults: [Diagnostic] = []
    let nodes = [("focus", focus), ("wrt", wrt), ("nudge", nudge?.name)]
    for case (let option, let name?) in nodes where trace.index(of: name) == nil {
      faults.append(Messages.unknownNode("--\(option)", name, in: trace))
    }
    if mode == .reverse, wrt != nil {
      faults.append(
        Messages.error("bad-option", "--wrt says nothing in reverse mode", help: "--mode forward"))
    } else if mode == .forward, wrt == nil, seed(in: trace) == nil {
      let inputs = trace.nodes.filter { $0.kind == .input }.map(\.id)
      faults.append(
        Messages.error(
          "bad-option", "--mode forward lacks the node by which it differentiates",
          help: "--wrt with one of \(inputs.joined(separator: ", "))"))
    }
    faults += blankFaults(in: trace)
    let calls = trace.calls.flatMap { [$0.function, $0.id] }
    for (option, names) in [("open", folding.opened), ("fold", folding.folded)] {
      for name in names.sorted() where !calls.contains(name) {
        let mistake = PictureSetting.Mistake(unknown: name, "function or call", calls.uniqued)
        faults.append(
          Messages.error(
            "unknown-function", "--\(option): \(mistake.message)",
            help: calls.isEmpty ? "the program calls no function of its own" : mistake.help))
      }
    }
    return faults
  }

  /// What the options ask for that a page, whose numbers change, cannot keep.
  var pageFaults: [Diagnostic] {
    let asked: [(option: String, isGiven: Bool, help: String)] = [
      ("nudge", nudge != nil, "the page has a button that nudges"),
      ("blank", !blanks.isEmpty, "the page shows one step at a time"),
      ("focus", focus != nil, "a click on a node lights its paths"),
      ("mode", mode == .forward, "the page goes backward"),
    ]
    return asked.filter(\.isGiven).map {
      Messages.error(
        "bad-option", "a page cannot be drawn with --\($0.option)", help: "leave it out: \($0.help)"
      )
    }
  }

  private func blankFaults(in trace: Trace) -> [Diagnostic] {
    if blanks.names.isEmpty { return [] }
    let answers = trace.answers(self)
    return blanks.names.sorted().filter { name in !answers.contains { $0.isCalled(name) } }.map {
      let known = Blanks.Kind.allCases.map(\.rawValue) + answers.map(\.key)
      let mistake = PictureSetting.Mistake(unknown: $0, "number of the figure", known)
      return Messages.error("unknown-blank", "--blank: \(mistake.message)", help: mistake.help)
    }
  }
}

extension Messages {
  /// A node that an option names and the program lacks.
  static func unknownNode(_ option: String, _ name: String, in trace: Trace) -> Diagnostic {
    let mistake = PictureSetting.Mistake(
      unknown: name, "node", trace.nodes.compactMap(\.name).uniqued)
    return error("unknown-node", "\(option): \(mistake.message)", help: mistake.help)
  }

  /// A condition of `computation` that a nudge decides otherwise.
  static func warnings(of computation: Computation, after nudge: Nudge) -> [Diagnostic] {
    let isFine: Bool
    do {
      isFine = try !computation.decidesOtherwise(after: nudge)
    } catch {
      isFine = false
    }
    if isFine { return [] }
    return [
      warning(
        code: "condition-changes",
        "moving '\(nudge.name)' by \(shortestText(nudge.amount)) changes a condition; the values shown "
          + "keep the branch that was taken",
        help: "try a smaller nudge, or one in the other direction")
    ]
  }
}

extension [String] {
  /// Without repetitions, in order.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
