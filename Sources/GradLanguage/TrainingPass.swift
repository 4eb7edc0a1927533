import GradCore

/// Which pass of the loops that train is recorded: the first one, unless descent asks for another.
struct TrainingPass {
  /// How many passes each of the loops has, the outermost first; `nil` for one that does not say.
  var counts: [Int?] = []
  /// Whether one such loop comes after another, so that passes have no single order.
  var areSeveral = false
  /// The pass that is recorded, counted over all loops within each other.
  var number = 0
  /// How many passes the loops have, by which ``number`` is divided among them; empty for the first pass.
  var shape: [Int] = []
  /// A name whose value at the end of the pass is asked for.
  var name: Int32?
  /// Whether it was said that what follows a step outside a loop is left out.
  var isCut = false
  /// How many nodes there were when a function made its first step, after which weights are what they were.
  var firstStep: Int?
  /// Names that keep their values when parameters change, as the rate is computed from them.
  var kept: Set<Int32> = []
  /// What the name is at the beginning of the pass; `nil` for what the program gives it.
  var start: Double?
  /// What the name is at the end of the pass.
  var end: Double?

  /// The pass of the loop that `depth` others are around.
  func place(_ depth: Int) -> Int {
    guard depth < shape.count else { return 0 }
    return number / shape[(depth + 1)...].reduce(1, *) % shape[depth]
  }
}

extension Recorder {
  /// How many of the open loops train.
  private var trainingDepth: Int { loops.count { $0.statement.option == .firstPass } }

  /// Begins the pass of a training loop that is to be recorded.
  mutating func beginTraining(_ items: inout Items?) {
    let depth = trainingDepth
    if training.counts.count == depth {
      training.counts.append(items?.count)
    } else {
      training.areSeveral = true
    }
    for _ in 0..<training.place(depth) { _ = items?.next() }
    guard depth == 0, let name = training.name, let start = training.start else { return }
    if case .node(let node)? = value(of: name), tape.opcode(Int(node)) == .input {
      tape.give(start, to: Int(node))
    } else {
      set(name, .number(start))
    }
  }

  /// Ends the pass of a training loop: what comes after it does not know of another.
  mutating func endTraining() {
    guard trainingDepth == 1, let name = training.name else { return }
    switch value(of: name) {
    case .number(let number, _)?: training.end = number
    case .node(let node)?:
      let variable = tape.node(Int(node))
      if !variable.isArray { training.end = variable.value }
    default: break
    }
  }
}

/// What a function computes behind a step that it has made: with the weights before the step, so that
/// nothing shows it.
extension Recorder {
  /// Refuses an output that is stale.
  func checkWeights(of output: UInt32) throws(ProgramError) {
    guard let first = training.firstStep, Int(output) >= first,
      staleNodes(from: first).contains(output)
    else { return }
    let name = program.tokens[Int(tokens[Int(output)])]
    throw failure(
      .unknownOutput,
      "\(name.kind == .name ? quoted(program.names[name.payload]) : "the output") follows a step of training, and is not recorded",
      tokens[Int(output)], label: "the weights here are those after the step",
      help: "give the parameters other values to see a later step")
  }

  /// Takes the names away from what is stale.
  mutating func forgetStale() {
    guard let first = training.firstStep else { return }
    for node in staleNodes(from: first) where node != autograd.output { names[node] = nil }
  }

  private func staleNodes(from first: Int) -> Set<UInt32> {
    let weights = autograd.parameters.isEmpty ? Set(inputs) : autograd.parameters
    var stale: Set<UInt32> = []
    for node in first..<tape.nodeCount {
      let isStale = tape.edges(into: node).contains { edge in
        let source = UInt32(tape.edge(edge).source)
        return weights.contains(origin(of: source)) || stale.contains(source)
      }
      if isStale { stale.insert(UInt32(node)) }
    }
    return stale
  }
}
