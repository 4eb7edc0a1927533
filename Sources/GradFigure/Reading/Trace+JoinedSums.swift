import GradCore

extension Trace {
  /// Writes sums within sums into the outermost one, so that `a + b + c + d` is one gate with four wires rather
  /// than three in a row.
  ///
  /// A sum stays by itself that has a name, is used twice, is asked for, or is the argument or the result of a
  /// call; so does one whose terms would come over the same wire twice, for what stands at the wires is to add up.
  ///
  /// O(nodes + edges).
  ///
  /// - Parameters:
  ///   - selection: The nodes that are drawn, of which those go that are part of another sum.
  ///   - kept: Nodes that are drawn whatever else is.
  func joinSums(_ selection: inout Selection, kept: [Int]) {
    var uses = [Int](repeating: 0, count: nodes.count)
    for edge in edges { uses[edge.source] += 1 }
    var isApart = nodes.map { $0.name != nil }
    let borders = calls.flatMap { $0.arguments + [$0.result] + $0.others }
    for index in kept + borders + [output] where index >= 0 { isApart[index] = true }
    for index in backward?.labels.keys ?? [:].keys { isApart[index] = true }
    // For each sum that might be part of another its terms, as they come over wires.
    var terms: [Int: [Int]] = [:]
    var begin = 0
    for index in nodes.indices {
      var end = begin
      while end < edges.count, edges[end].target == index { end += 1 }
      defer { begin = end }
      let operands = edges[begin..<end].map(\.source)
      guard nodes[index].opcode == .add, selection.isKept[index],
        operands.allSatisfy({ selection.isKept[$0] })
      else { continue }
      func isPart(_ operand: Int) -> Bool {
        terms[operand] != nil && uses[operand] == 1 && !isApart[operand]
          && nodes[operand].call == nodes[index].call
      }
      let all = operands.flatMap { isPart($0) ? terms[$0] ?? [] : [$0] }
      guard all.count <= Self.mostTerms, Set(all).count == all.count else {
        terms[index] = operands
        continue
      }
      terms[index] = all
      for operand in operands where isPart(operand) { selection.isKept[operand] = false }
    }
  }

  /// Whether what comes from node `index` comes over wires: from itself, or as part of a sum from its terms.
  func isWired(_ index: Int, _ selection: Selection) -> Bool {
    selection.isKept[index]
      || nodes[index].opcode == .add
        && edges(into: index).allSatisfy { isWired($0.source, selection) }
  }

  /// How many terms a gate has at most; more would need more room at its side than a page has.
  private static let mostTerms = 40
}
