import GradCore

/// Several outputs, one after the other: `u.backward()`, `v.backward()`.
extension Recorder {
  /// Makes the output the sum of what `backward` was called of, where derivatives by a parameter add up, as
  /// they do until they are cleared; where that is no sum, the last one stays the output.
  mutating func addUp() throws(ProgramError) {
    guard autograd.passes.count > 1, let last = autograd.passes.last, autograd.output == last.node
    else { return }
    if let parts = addedUp() {
      if parts.count == 1 { return noteLastOutput(last) }
      let outputs = make(ListObject(parts.map { .node($0) }))
      guard let sum = node(try sum(of: outputs, weights: nil, last.token)) else { return }
      autograd.outputIsSum(sum)
      if parts.count == autograd.passes.count { return noteSum(parts, last.token) }
    }
    noteLastOutput(last)
  }

  /// The outputs whose derivatives add up with those of the last one; `nil` if only some of them do.
  private func addedUp() -> [UInt32]? {
    let outputs = autograd.added
    guard let last = outputs.last, !outputs.contains(where: { autograd.kept.contains($0) }) else {
      return nil
    }
    var groups = LeafGroups(tape, parameters: autograd.parameters, outputs)
    for (node, earlier) in autograd.earlier { groups.join(Int(node), Int(earlier)) }
    guard let group = groups.group(of: Int(last)) else { return [last] }
    let members = outputs.indices.filter { groups.group(of: Int(outputs[$0])) == group }
    var cleared: [UInt32: Int] = [:]
    for (node, count) in autograd.clearedOfAdded { cleared[origin(of: node)] = count }
    let counts = groups.leaves(of: group).map { leaf in
      let since = cleared[UInt32(leaf)] ?? 0
      return members.count { $0 >= since }
    }
    guard let count = counts.first, counts.allSatisfy({ $0 == count }) else { return nil }
    return members.suffix(count).map { outputs[$0] }
  }

  // MARK: What is said of it

  private mutating func noteSum(_ parts: [UInt32], _ token: Int32) {
    let others = autograd.passes.dropLast().map(\.node)
    note(
      "\(counted(parts.count, "output")) are differentiated, and their derivatives add up: the output is the sum",
      token, "the last of them",
      "\(option(others) ?? "--of and an id of the trace") draws one alone; so does the last one behind zero_grad()"
    )
  }

  private mutating func noteLastOutput(_ last: (node: UInt32, token: Int32)) {
    let others = autograd.passes.map(\.node).filter { $0 != last.node }
    guard !others.isEmpty else { return }
    let name = autograd.output == last.node ? names[last.node].map { quoted($0) } : nil
    note(
      "of \(counted(autograd.passes.count, "output")) that are differentiated, "
        + "\(name ?? "the last one") is the output",
      last.token, "differentiated last",
      "\(option(others) ?? "--of and an id of the trace") draws another; one output that is their sum draws all"
    )
  }

  /// The option that makes the last output with a name of its own that of the figure.
  private func option(_ outputs: [UInt32]) -> String? {
    for node in outputs.reversed() {
      guard let name = names[node], let number = program.names.existing(name),
        case .value(.node(node))? = globals[Int(number)]
      else { continue }
      return "--of \(name)"
    }
    return nil
  }

  private mutating func note(_ message: String, _ token: Int32, _ label: String, _ help: String) {
    var report = Report(program.source)
    report.warning(
      .guessedOutput, message, at: program.range(of: token), label: label, help: help)
    autograd.choice = report.diagnostics.first
  }
}

/// Which parameters some outputs depend on, in groups: those of one output are together.
struct LeafGroups {
  /// For each node that an output depends on and that depends on a parameter, a node of its group.
  private var parents: [Int]
  private let leaves: [Int]

  init(_ tape: Tape, parameters: Set<UInt32>, _ outputs: [UInt32]) {
    parents = [Int](repeating: -1, count: tape.nodeCount)
    var isWanted = [Bool](repeating: false, count: tape.nodeCount)
    for output in outputs { isWanted[Int(output)] = true }
    for node in (0..<tape.nodeCount).reversed() where isWanted[node] {
      for edge in tape.edges(into: node) { isWanted[tape.edge(edge).source] = true }
    }
    var leaves: [Int] = []
    for node in 0..<tape.nodeCount where isWanted[node] {
      let isLeaf =
        parameters.isEmpty
        ? tape.opcode(node) == .input : parameters.contains(UInt32(node))
      if isLeaf {
        parents[node] = node
        leaves.append(node)
      } else if tape.opcode(node) != .stopGradient {
        for edge in tape.edges(into: node) {
          guard let root = Self.root(of: tape.edge(edge).source, in: &parents) else { continue }
          if let own = Self.root(of: node, in: &parents) {
            parents[own] = root
          } else {
            parents[node] = root
          }
        }
      }
    }
    self.leaves = leaves
  }

  /// Makes two nodes one parameter.
  mutating func join(_ node: Int, _ other: Int) {
    guard let root = Self.root(of: node, in: &parents),
      let another = Self.root(of: other, in: &parents)
    else { return }
    parents[root] = another
  }

  /// The group of a node; `nil` if it depends on no parameter.
  mutating func group(of node: Int) -> Int? { Self.root(of: node, in: &parents) }

  /// The parameters of a group.
  mutating func leaves(of group: Int) -> [Int] {
    leaves.filter { Self.root(of: $0, in: &parents) == group }
  }

  private static func root(of node: Int, in parents: inout [Int]) -> Int? {
    var node = node
    guard parents[node] >= 0 else { return nil }
    while parents[node] != node {
      parents[node] = parents[parents[node]]
      node = parents[node]
    }
    return node
  }
}
