public import GradFigure
public import GradLanguage

import GradCore

extension Computation {
  /// Whether a condition of the program has another outcome after `nudge`.
  ///
  /// The values after a nudge are those of the operations that were recorded; then they are not those
  /// of the program.
  ///
  /// - Throws: What is wrong with the program in the branch that it then takes.
  public func decidesOtherwise(after nudge: Nudge) throws(ProgramError) -> Bool {
    guard let place = nudge.place(in: trace) else { return false }
    let other = try evaluator().trace(
      moving: place.node, to: trace.value(moving: place, by: nudge.amount))
    guard other.nodes.count == trace.nodes.count else { return true }
    return trace.nodes.indices.contains { index in
      let (node, new) = (trace.nodes[index], other.nodes[index])
      if index == place.node { return false }
      return new.opcode != node.opcode || new.arrayOperation != node.arrayOperation
        || other.operands(of: index) != trace.operands(of: index)
        // A comparison of arrays leaves a mask without operands.
        || node.array != nil && node.kind != .operation && new.array != node.array
    }
  }
}
