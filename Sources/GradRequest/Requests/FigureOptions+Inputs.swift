import GradCore
import GradFigure
import GradLanguage

extension FigureOptions {
  /// What is wrong with ``wrt``: in reverse mode it names inputs, in forward mode one number of any kind.
  func wrtFaults(in trace: Trace, _ file: String) -> [Diagnostic] {
    mode == .forward
      ? seedFault(in: trace, file).map { [$0] } ?? []
      : wrt.compactMap { inputFault($0, in: trace, file) }
  }

  /// Why nothing can be differentiated by what ``wrt`` names in forward mode; `nil` if it can.
  private func seedFault(in trace: Trace, _ file: String) -> Diagnostic? {
    let names = wrt.isEmpty ? trace.parameters.map { trace.nodes[$0].id } : wrt
    guard names.count == 1 else {
      return Diagnostic(
        badOption: wrt.isEmpty
          ? "--mode forward lacks the node by which it differentiates"
          : "--mode forward differentiates by one node, not \(wrt.count)", file: file,
        help: "--wrt with one of \(inputs(trace.parameters, of: trace))")
    }
    do throws(ShapeFault) {
      guard try trace.number(named: names[0], Self.forwardPurpose) != nil else {
        return Diagnostic(unknownNode: names[0], in: trace, option: "--wrt", file: file)
      }
    } catch {
      // Of a whole array a direction would be needed, for which the program has the words.
      guard let node = trace.index(of: names[0]) else {
        return Diagnostic(badOption: "--wrt: \(error.message)", file: file, help: error.help)
      }
      let (id, place) = (trace.nodes[node].id, NumberArray.firstPlace(of: trace.nodes[node].shape))
      return Diagnostic(
        badOption: "--mode forward: \(error.message)", file: file,
        help:
          "--wrt '\(id)\(place)' takes an entry; for a direction V write \(id) + t*V with t = 0 "
          + "in the program, and --wrt t")
    }
    if trace.knowsMaps { return nil }
    return Diagnostic(
      badOption: "--mode forward: the trace does not tell all arrays and their maps", file: file,
      help: "give the program itself")
  }

  /// Why the output cannot be differentiated by what is called `name` in reverse mode; `nil` if it can.
  private func inputFault(_ name: String, in trace: Trace, _ file: String) -> Diagnostic? {
    guard let node = trace.index(of: name) else {
      if let whole = Trace.parts(ofEntry: name)?.name, trace.index(of: whole) != nil {
        return Diagnostic(
          badOption:
            "--wrt: '\(name)' is an entry, and reverse mode differentiates by whole inputs",
          file: file, help: "--wrt \(whole), or --mode forward")
      }
      return Diagnostic(unknownNode: name, in: trace, option: "--wrt", file: file)
    }
    guard trace.nodes[node].kind != .input else { return nil }
    let leaves = trace.leaves(of: node)
    return Diagnostic(
      .error, code: "computed-node", "--wrt: '\(name)' is computed, and no input", file: file,
      help: (leaves.isEmpty ? "" : "it comes from \(inputs(leaves, of: trace)); ")
        + "computed nodes show their derivatives anyway, and --focus \(name) lights its paths")
  }

  private func inputs(_ indices: [Int], of trace: Trace) -> String {
    indices.map { trace.nodes[$0].id }.uniqued.joined(separator: ", ")
  }
}

extension Trace {
  /// The inputs that node `index` is computed from.
  fileprivate func leaves(of index: Int) -> [Int] {
    var isNeeded = [Bool](repeating: false, count: nodes.count)
    isNeeded[index] = true
    for edge in edges.reversed() where isNeeded[edge.target] { isNeeded[edge.source] = true }
    return nodes.indices.filter { isNeeded[$0] && nodes[$0].kind == .input }
  }
}
