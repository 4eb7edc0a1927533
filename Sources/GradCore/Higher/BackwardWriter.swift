/// Makes a trace of a computation and of recorded sweeps over it.
///
/// What is recorded for speed and for sharing is not all there is to show: the derivative by a node may be a
/// number, or a copy of another derivative. Here each that is used, or asked for, becomes a node.
struct BackwardWriter {
  private let recorded: RecordedGradient
  private let leavesOutCopies: Bool
  private let tape: Tape
  /// The tape of the trace that is made.
  private let result: Tape
  private var sweeps: [Swept]
  /// By node of the recording, the node of the result; the largest number where there is none yet.
  private var places: [UInt32] = []
  private var labels: [Int: Trace.Backward.Label] = [:]
  private var origins: [Int] = []
  /// By sweep and node, the node of the result that stands for a derivative which is a number.
  private var numbers: [Owner: Variable] = [:]

  /// A sweep and what it is of.
  private struct Swept {
    var sweep: GradientRecorder.Sweep
    var order: Int
    var input: Int?
    /// Whether it is by an array, for one entry of the derivative by it: its nodes have no names of their own.
    var isOfEntry = false
  }

  private struct Owner: Hashable {
    var sweep: Int
    var node: Int
  }

  init(_ recorded: RecordedGradient, leavesOutCopies: Bool) {
    self.recorded = recorded
    self.leavesOutCopies = leavesOutCopies
    tape = recorded.tape
    result = Tape(capacity: 2 * tape.nodeCount)
    sweeps = [Swept(sweep: recorded.sweep, order: 1, input: nil)]
  }

  /// The trace with derivatives up to an order.
  mutating func trace(order: Int) throws(DifferentiationFault) -> Trace {
    let trace = recorded.trace
    // Which sweep has each derivative, and which node of the recording it is.
    var derivatives = [recorded.gradient.map { (sweep: 0, node: $0) }]
    for order in 1..<max(order, 1) {
      var next: [(sweep: Int, node: Variable)] = []
      for (number, input) in recorded.inputs.enumerated() {
        if trace.nodes[input].array != nil {
          let entries = try recorded.diagonalSweeps(of: number)
          sweeps += entries.sweeps.map {
            Swept(sweep: $0, order: order + 1, input: input, isOfEntry: true)
          }
          next.append((sweeps.count - 1, entries.diagonal))
          continue
        }
        let (sweep, all) = try recorded.sweep(of: derivatives[order - 1][number].node, by: [input])
        sweeps.append(Swept(sweep: sweep, order: order + 1, input: input))
        next.append((sweeps.count - 1, all[0]))
      }
      derivatives.append(next)
    }
    try trace.record(on: result)
    copyNodes(for: derivatives.joined().map(\.node))
    let outputs = derivatives.map { derivatives in
      zip(recorded.inputs, derivatives).map { input, derivative in
        output(derivative.node, Owner(sweep: derivative.sweep, node: input))
      }
    }
    let first = trace.nodes.count
    var made = result.trace(of: result.node(outputs[outputs.count - 1][0]))
    made.adopt(trace)
    for (node, id) in ids(from: first, in: made) { made.nodes[node].id = id }
    made.markUnused(from: outputs.joined() + [trace.output])
    made.backward = Trace.Backward(
      first: first, output: trace.output, inputs: recorded.inputs, derivatives: outputs,
      labels: labels, copies: copies(), origins: origins, kinks: recorded.kinks)
    made.spellExpressions(from: first)
    return made
  }

  // MARK: Nodes

  /// Copies the nodes that some derivatives are computed from.
  private mutating func copyNodes(for derivatives: [Variable]) {
    let (count, first) = (tape.nodeCount, recorded.trace.nodes.count)
    places = (0..<UInt32(first)) + [UInt32](repeating: .max, count: count - first)
    var isUsed = [Bool](repeating: false, count: count)
    for derivative in derivatives { isUsed[Int(derivative.index)] = true }
    for node in stride(from: count - 1, through: first, by: -1) where isUsed[node] {
      for edge in tape.edges(into: node) { isUsed[tape.edge(edge).source] = true }
    }
    for (number, swept) in sweeps.enumerated() {
      let owners = owners(of: swept.sweep, from: first)
      // What comes between two sweeps gives derivatives the shapes of their inputs.
      let end = number + 1 < sweeps.count ? sweeps[number + 1].sweep.nodes.lowerBound : count
      for node in swept.sweep.nodes.lowerBound..<end
      where isUsed[node] && tape.opcode(node) != .constant {
        let origin = Int(recorded.recorder.origins[node - first])
        let operands = tape.edges(into: node).map { edge in
          operand(tape.edge(edge).source, of: node, Owner(sweep: number, node: origin))
        }
        // The partial stands before the derivative that it is multiplied by: c · du.
        let isTurned =
          tape.opcode(node) == .multiply && labels[Int(operands[0].index)] != nil
          && labels[Int(operands[1].index)] == nil
        let copy = copied(node, isTurned ? operands.reversed() : operands)
        places[node] = copy.index
        note(copy, origin: origin)
        if let owner = owners[node], !swept.isOfEntry {
          label(copy, Owner(sweep: number, node: owner))
        }
      }
    }
  }

  /// By node of the recording, the node that it is the derivative by; of several the first one that it was
  /// recorded for, or one with a name.
  private func owners(of sweep: GradientRecorder.Sweep, from first: Int) -> [Int: Int] {
    var owners: [Int: Int] = [:]
    for node in sweep.derivatives.indices.reversed() {
      guard let derivative = sweep.derivative(node), derivative >= first,
        tape.opcode(derivative) != .constant
      else { continue }
      let origin = sweep.origin(of: node)
      if let known = owners[derivative], hasName(known) || !hasName(origin) { continue }
      owners[derivative] = origin
    }
    return owners
  }

  private func hasName(_ node: Int) -> Bool {
    node < recorded.trace.nodes.count && recorded.trace.nodes[node].name != nil
  }

  /// The node of the result for an operand of a node of the recording.
  private mutating func operand(_ source: Int, of node: Int, _ owner: Owner) -> Variable {
    if tape.opcode(source) == .constant, source >= recorded.trace.nodes.count || isNumber(source) {
      let isFactor =
        !sweeps[owner.sweep].isOfEntry
        && recorded.recorder.areTerms[node - recorded.trace.nodes.count]
        && [.multiply, .divide].contains(tape.opcode(node))
        && sweeps[owner.sweep].sweep.derivative(owner.node) == source
      if isFactor, tape.number(source) != 1 { return number(source, owner) }
    }
    if places[source] == .max {
      let constant = result.constant(tape.node(source).array)
      note(constant, origin: owner.node)
      places[source] = constant.index
    }
    return result.node(Int(places[source]))
  }

  private func isNumber(_ node: Int) -> Bool { !tape.node(node).isArray }

  /// The node of the result for a derivative that is a number.
  private mutating func number(_ source: Int, _ owner: Owner) -> Variable {
    let origin = Owner(
      sweep: owner.sweep, node: sweeps[owner.sweep].sweep.origin(of: owner.node))
    if let known = numbers[origin] { return known }
    let constant = result.constant(tape.node(source).array)
    note(constant, origin: origin.node)
    label(constant, origin)
    numbers[origin] = constant
    return constant
  }

  /// The node of the result for a derivative that is asked for: one of its own.
  private mutating func output(_ derivative: Variable, _ owner: Owner) -> Int {
    let source = Int(derivative.index)
    let node: Variable
    if tape.opcode(source) == .constant {
      node = number(source, owner)
    } else {
      node = result.node(Int(places[source]))
    }
    let known = labels[Int(node.index)]
    if known == wanted(owner) || known != nil && leavesOutCopies { return Int(node.index) }
    if Int(node.index) >= recorded.trace.nodes.count, known == nil {
      label(node, owner)
      return Int(node.index)
    }
    let copy = Operators.Identity.record([node])
    note(copy, origin: owner.node)
    label(copy, owner)
    return Int(copy.index)
  }

  /// By node of the result that is a derivative of the first sweep, the other nodes that have it.
  private func copies() -> [Int: [Int]] {
    var owned: [Owner: Int] = [:]
    for (index, label) in labels where label.order == 1 {
      owned[Owner(sweep: 0, node: label.node)] = index
    }
    let sweep = recorded.sweep
    var copies: [Int: [Int]] = [:]
    for node in sweep.copied.indices.reversed() where sweep.copied[node] != .max {
      if let index = owned[Owner(sweep: 0, node: sweep.origin(of: node))] {
        copies[index, default: []].append(node)
      }
    }
    return copies
  }

  private func copied(_ node: Int, _ operands: [Variable]) -> Variable {
    if let operation = tape.storage.pointee.arrays?.operations[UInt32(node)] {
      do throws(ShapeFault) { return try Variable.applying(operation, to: operands) } catch {
        preconditionFailure("what was recorded fits: \(error.message)")
      }
    }
    guard let row = tape.opcode(node).type else { preconditionFailure("an operator has a row") }
    return row.record(operands)
  }

  private mutating func note(_ node: Variable, origin: Int) {
    // Nodes of an earlier sweep stand where their copies do.
    origins.append(origin < places.count && places[origin] != .max ? Int(places[origin]) : origin)
    precondition(
      origins.count == Int(node.index) + 1 - recorded.trace.nodes.count, "each node is noted once")
  }

  private mutating func label(_ node: Variable, _ owner: Owner) {
    labels[Int(node.index)] = wanted(owner)
  }

  private func wanted(_ owner: Owner) -> Trace.Backward.Label {
    let swept = sweeps[owner.sweep]
    let place = places[owner.node]
    return Trace.Backward.Label(
      order: swept.order, input: swept.input, node: place == .max ? owner.node : Int(place))
  }

  // MARK: Ids

  /// The ids of the nodes from `first` on.
  private func ids(from first: Int, in trace: Trace) -> [(Int, String)] {
    let taken = Set(recorded.trace.nodes.lazy.map(\.id).filter { $0.contains("(") })
    var counts: [String: Int] = [:]
    var ids: [(Int, String)] = []
    func id(_ node: Int) -> String {
      node < first ? recorded.trace.nodes[node].id : ids[node - first].1
    }
    var given: Set<String> = taken
    for node in first..<trace.nodes.count {
      var text: String
      if let label = labels[node] {
        text = "d(\(id(label.node)))"
        if let input = label.input {
          // ∂ of the derivative of the order before.
          let before = (1..<label.order - 1).reduce("d(\(id(input)))") { text, _ in "d(\(text))" }
          text = label.node == input ? "d(\(before))" : "d(\(before), \(id(label.node)))"
        }
      } else {
        let base = "d(\(id(origins[node - first])))"
        counts[base, default: 0] += 1
        text = "\(base)#\(counts[base] ?? 1)"
      }
      while !given.insert(text).inserted { text += "'" }
      ids.append((node, text))
    }
    return ids
  }
}

extension Trace {
  /// Takes ids, names and places of the first nodes from the trace that they were recorded from.
  mutating func adopt(_ trace: Trace) {
    for (index, node) in trace.nodes.enumerated() {
      let own = nodes[index]
      nodes[index] = node
      nodes[index].derivative = own.derivative
      nodes[index].part = own.part
    }
    (calls, decisions, reads, end, passes) =
      (trace.calls, trace.decisions, trace.reads, trace.end, trace.passes)
  }

  /// Marks what leads to none of some nodes as unused, and nothing else.
  mutating func markUnused(from outputs: [Int]) {
    var isUsed = [Bool](repeating: false, count: nodes.count)
    for output in outputs { isUsed[output] = true }
    for edge in edges.reversed() where isUsed[edge.target] { isUsed[edge.source] = true }
    for index in nodes.indices { nodes[index].isUnused = !isUsed[index] }
  }
}
