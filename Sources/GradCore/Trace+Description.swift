import GradBase

extension Trace {
  /// The trace that a description tells.
  ///
  /// What it leaves out is worked out: values and partials of operators of the table, and all derivatives,
  /// by the same sweep over the partials as for a recording. Derivatives that are given must be those, but
  /// for rounding. O(nodes + edges).
  ///
  /// - Parameters:
  ///   - description: The nodes and edges.
  ///   - output: The name or the id of another node to differentiate; derivatives that are given are not
  ///     looked at then.
  /// - Throws: The first thing that is wrong, with its path.
  public init(
    _ description: TraceDescription, differentiating output: String? = nil
  ) throws(TraceFault) {
    var builder = TraceBuilder(description)
    try builder.addNodes()
    try builder.addEdges()
    try builder.addCalls()
    for index in description.nodes.indices { try builder.identify(index) }
    self = builder.trace
    wantedDetail = description.detail
    for index in nodes.indices where nodes[index].kind != .operation {
      if nodes[index].expression.isEmpty {
        nodes[index].expression =
          nodes[index].array?.programText ?? shortestText(nodes[index].value)
      }
    }
    let isOther = try output.map { (name) throws(TraceFault) in
      guard let index = index(of: name) else {
        throw TraceFault("$.nodes", "there is no '\(name)'", help: builder.nearest(to: name))
      }
      return index != builder.trace.output
    }
    if let output, let index = index(of: output) { self.output = index }
    if hasArrays {
      try differentiateArrays(description, builder.origins, isGiven: isOther != true)
    } else {
      try differentiate(description, builder.origins, isGiven: isOther != true)
    }
    inferEndsOfCalls()
    markUnused()
    if description.nodes.contains(where: \.isData) {
      self = marking(
        parameters: nodes.indices.filter {
          nodes[$0].kind == .input && !description.nodes[$0].isData
        })
    }
  }

  /// Whether a number that somebody gives is the one that belongs there, but for the rounding of single
  /// precision and of what people write: a part in 10,000 of the largest number that went into it.
  static func agree(_ given: Double, _ own: Double, largest: Double = 0) -> Bool {
    if given == own || given.isNaN && own.isNaN { return true }
    return abs(given - own) <= 1e-4 * max(given.magnitude, own.magnitude, largest)
  }

  /// Works out all derivatives and contributions from the partials, and holds those that are given
  /// against them.
  private mutating func differentiate(
    _ description: TraceDescription, _ origins: [Int], isGiven: Bool
  ) throws(TraceFault) {
    var sums = [Double](repeating: 0, count: nodes.count)
    var largest = sums
    sums[output] = 1
    var end = edges.count
    for index in nodes.indices.reversed() {
      var own = sums[index]
      if isGiven, let given = description.nodes[index].derivative {
        // Where a number is lost, as in ∞ − ∞, whoever gives one may know it better.
        if own.isFinite, !Self.agree(given, own, largest: largest[index]) {
          throw TraceFault(
            "$.nodes[\(index)].derivative",
            "\(shortestText(given)) is given, and the partials make it \(shortestText(own))",
            help: "leave derivatives out, and they are worked out")
        }
        own = given
      }
      nodes[index].derivative = own
      while end > 0, edges[end - 1].target == index {
        end -= 1
        let partial = edges[end].partial
        let contribution = partial == 0 || own == 0 ? 0 : partial * own
        edges[end].contribution = contribution
        sums[edges[end].source] += contribution
        largest[edges[end].source] = max(largest[edges[end].source], contribution.magnitude)
        guard isGiven, let given = description.edges[origins[end]].contribution else { continue }
        if contribution.isFinite, !Self.agree(given, contribution) {
          throw TraceFault(
            "$.edges[\(origins[end])].contribution",
            "\(shortestText(given)) is given, and partial times derivative is "
              + shortestText(contribution), help: "leave contributions out, and they are worked out"
          )
        }
        edges[end].contribution = given
      }
    }
  }

  private mutating func markUnused() {
    var isUsed = [Bool](repeating: false, count: nodes.count)
    isUsed[output] = true
    for edge in edges.reversed() where isUsed[edge.target] { isUsed[edge.source] = true }
    for index in nodes.indices { nodes[index].isUnused = !isUsed[index] }
  }

  /// Takes for what a call returns the last of its nodes that others use, in a recording all of them, and for
  /// its arguments what its nodes use of others.
  private mutating func inferEndsOfCalls() {
    if calls.isEmpty { return }
    let paths = nodes.indices.map { Set(callPath(of: $0)) }
    var returned = [Set<Int>](repeating: [], count: calls.count)
    for index in nodes.indices {
      for call in paths[index] { calls[call].result = index }
    }
    for edge in edges where paths[edge.source] != paths[edge.target] {
      for call in paths[edge.source].subtracting(paths[edge.target]) {
        calls[call].result = edge.source
        if wantedDetail != nil, nodes[edge.source].kind == .operation {
          returned[call].insert(edge.source)
        }
      }
      for call in paths[edge.target].subtracting(paths[edge.source])
      where !calls[call].arguments.contains(edge.source) && nodes[edge.source].kind != .constant {
        calls[call].arguments.append(edge.source)
      }
    }
    for call in paths[output] { calls[call].result = output }
    for call in calls.indices {
      calls[call].others = returned[call].subtracting([calls[call].result]).sorted()
    }
  }
}
