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
    guard let node = trace.index(of: nudge.name) else { return false }
    let other = try evaluator().trace(moving: node, to: trace.nodes[node].value + nudge.amount)
    guard other.nodes.count == trace.nodes.count else { return true }
    return trace.nodes.indices.contains { index in
      index != node
        && (other.nodes[index].opcode != trace.nodes[index].opcode
          || other.operands(of: index) != trace.operands(of: index))
    }
  }
}
