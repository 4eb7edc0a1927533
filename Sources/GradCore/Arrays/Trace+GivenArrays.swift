import GradBase

extension Trace {
  /// Works out all derivatives and contributions from the maps, where there are arrays, and holds those
  /// that are given against them.
  ///
  /// What only another tool knows is taken as it is given; what then is not known is left out.
  mutating func differentiateArrays(
    _ description: TraceDescription, _ origins: [Int], isGiven: Bool
  ) throws(TraceFault) {
    var sums: [Int: NumberArray] = [:]
    var isKnown = [Bool](repeating: true, count: nodes.count)
    sums[output] = try seed(description, isGiven: isGiven)
    isKnown[output] = sums[output] != nil
    // The largest entry that was added up, by which sums that cancel are wrong.
    var largest = [Double](repeating: 0, count: nodes.count)
    let tolerances = description.nodes.map { Tolerance(of: $0.type) }
    var end = edges.count
    for index in nodes.indices.reversed() {
      var own = isKnown[index] ? sums[index] ?? zeros(nodes[index].anyValue) : nil
      let told = description.nodes[index]
      if isGiven, let given = told.arrayDerivative ?? told.derivative.map({ NumberArray($0) }) {
        if let own {
          try check(
            given, own, tolerances[index], largest[index], "$.nodes[\(index)].derivative",
            "the maps make it")
        }
        own = given
      }
      let isConstant = nodes[index].kind == .constant && nodes[index].array != nil
      if nodes[index].array == nil {
        nodes[index].derivative = own?.entries.first ?? .nan
      } else if let part = nodes[index].part {
        nodes[index].part = .init(
          part.operation, value: part.value, derivative: isConstant ? nil : own)
      }
      while end > 0, edges[end - 1].target == index {
        end -= 1
        let source = edges[end].source
        let told = description.edges[origins[end]]
        let path = "$.edges[\(origins[end])].contribution"
        let given = isGiven ? try given(told, source, path) : nil
        var contribution: NumberArray?
        if let own, canTranspose(edges[end], own) { contribution = transposed(edges[end], own) }
        if let given {
          if let own, let contribution {
            try check(
              given, contribution, Tolerance(tolerances[index], tolerances[source]),
              magnitudes(edges[end], own).largest, path, "its map makes it")
          }
          contribution = given
        }
        set(contribution, on: end)
        guard let contribution else {
          isKnown[source] = false
          continue
        }
        sums[source] = sums[source].map { $0 + contribution } ?? contribution
        largest[source] = max(largest[source], contribution.largest)
      }
    }
  }

  /// The derivative of the output by itself: 1, or what is given of an array; `nil` for an array by which
  /// nobody differentiates, as of a recording that only went forward.
  private func seed(
    _ description: TraceDescription, isGiven: Bool
  ) throws(TraceFault) -> NumberArray? {
    let shape = nodes[output].shape
    if shape.reduce(1, *) == 1 { return NumberArray(shape, [1]) }
    let told = description.nodes[output]
    if isGiven, told.arrayDerivative != nil || told.isData { return told.arrayDerivative }
    throw TraceFault(
      "$.output", "'\(nodes[output].id)' has the shape \(shapeText(shape))",
      help: "what is differentiated is one number, or an array whose derivative is given")
  }

  /// Zeros of the shape of a value; `nil` for one of which only a summary is known.
  private func zeros(_ value: NumberArray) -> NumberArray? {
    value.isWhole
      ? NumberArray(value.shape, [Double](repeating: 0, count: value.count)) : nil
  }

  /// The contribution that is told of an edge, of the shape of its source.
  private func given(
    _ told: TraceDescription.Edge, _ source: Int, _ path: String
  ) throws(TraceFault) -> NumberArray? {
    guard let given = told.arrayContribution ?? told.contribution.map({ NumberArray($0) }) else {
      return nil
    }
    let shape = nodes[source].shape
    if let summary = given.summary { return NumberArray(shape, summary) }
    guard given.shape == shape else {
      throw TraceFault(
        path, "has the shape \(shapeText(given.shape)), and its source \(shapeText(shape))")
    }
    return given
  }

  private mutating func set(_ contribution: NumberArray?, on edge: Int) {
    let isArray = nodes[edges[edge].source].array != nil
    edges[edge].contribution = isArray ? .nan : contribution?.entries.first ?? .nan
    guard let part = edges[edge].part else { return }
    edges[edge].part = .init(
      part.map, partials: part.partials, contribution: isArray ? contribution : nil)
  }

  private func check(
    _ given: NumberArray, _ own: NumberArray, _ tolerance: Tolerance,
    _ largest: @autoclosure () -> Double, _ path: String, _ reason: String
  ) throws(TraceFault) {
    guard given.shape == own.shape else {
      throw TraceFault(
        path, "has the shape \(shapeText(given.shape)), and \(reason) \(shapeText(own.shape))")
    }
    guard given.isWhole, own.isWhole else { return }
    // How large its terms were is asked only where it matters.
    var most: Double?
    for (a, b) in zip(given.entries, own.entries)
    where b.isFinite && !tolerance.agree(a, b, largest: b.magnitude) {
      let largest = most ?? max(largest(), own.largest)
      most = largest
      if tolerance.agree(a, b, largest: largest) { continue }
      throw TraceFault(
        path, "\(shortestText(a)) is given, and \(reason) \(shortestText(b))",
        help: "leave it out, and it is worked out")
    }
  }
}

extension NumberArray {
  /// The magnitude of the largest entry that is finite.
  fileprivate var largest: Double {
    entries.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  }
}
