import GradCore
import GradFigure
import GradLanguage
import GraphvizGrad

extension FigureOptions {
  /// What the options name and a program lacks.
  func faults(in computation: Computation) -> [Diagnostic] {
    let trace = computation.trace
    var faults: [Diagnostic] = []
    if let focus, trace.index(of: focus) == nil {
      let mistake = PictureSetting.Mistake(
        unknown: focus, "node", trace.nodes.compactMap(\.name).uniqued)
      faults.append(
        Messages.error("unknown-node", "--focus: \(mistake.message)", help: mistake.help))
    }
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
}

extension [String] {
  /// Without repetitions, in order.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
