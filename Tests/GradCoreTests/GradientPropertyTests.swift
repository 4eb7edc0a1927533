import GradCore
import TestSupport
import Testing

/// The reverse sweep against forward mode, on random computations.
@Suite struct GradientPropertyTests {
  @Test(arguments: 1...40) func reverseAgreesWithForward(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let tape = Tape()
    var nodes = (0..<4).map { _ in tape.input(.random(in: -2...2, using: &random)) }
    var dependencies: [[Int]] = nodes.map { _ in [] }
    for _ in 0..<200 {
      guard let type = OperatorRow.all.randomElement(using: &random) else { continue }
      let count =
        type.row.isVariadic ? Int.random(in: 1...5, using: &random) : type.row.operands.count
      // Now and then the same operand twice.
      let operands = (0..<count).map { _ in Int.random(in: 0..<nodes.count, using: &random) }
      let node = type.record(operands.map { nodes[$0] })
      let partials = tape.edges(into: Int(node.index)).map { tape.edge($0).partial }
      guard node.value.isFinite, abs(node.value) < 1e6,
        partials.allSatisfy({ $0.isFinite && abs($0) < 1e3 })
      else { continue }
      nodes.append(node)
      dependencies.append(operands)
    }
    guard let output = nodes.last else { return }
    let gradient = tape.gradient(of: output)
    for input in 0..<4 {
      // Forward mode: the derivative of each node by one input, operands before results.
      var dual = [Double](repeating: 0, count: nodes.count)
      dual[input] = 1
      for index in 4..<nodes.count {
        guard let type = tape.opcode(Int(nodes[index].index)).type else { continue }
        let point = dependencies[index].map { nodes[$0].value }
        for (operand, partial) in zip(dependencies[index], partials(of: type, at: point)) {
          dual[index] += partial * dual[operand]
        }
      }
      let reverse = gradient[Int(nodes[input].index)]
      let scale = max(abs(reverse), 1)
      #expect(
        abs(reverse - dual[nodes.count - 1]) <= 1e-9 * scale, "seed \(seed), input \(input)")
    }
    // And the definition on the trace: a derivative is the sum of the contributions that leave.
    let trace = tape.trace(of: output)
    var sums = [Double](repeating: 0, count: trace.nodes.count)
    sums[trace.output] = 1
    for edge in trace.edges.reversed() { sums[edge.source] += edge.contribution }
    for (node, sum) in zip(trace.nodes, sums) where node.derivative.isFinite {
      expectClose(node.derivative, sum, tolerance: 1e-9, "seed \(seed), \(node.id)")
    }
  }
}
