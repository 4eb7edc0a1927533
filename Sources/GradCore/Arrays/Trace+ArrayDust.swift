// A map adds up entries itself, so that the terms of a sum are not those that stand on edges alone: the
// largest that an entry could be, had nothing cancelled, is the map with absolute values throughout.

extension NumberArray {
  /// The array with zeros for entries that are but rounding beside the largest of their terms.
  func withoutDust(_ largest: [Double]) -> NumberArray {
    guard isWhole else { return self }
    return NumberArray(
      shape,
      zip(entries, largest).map { entry, largest in
        largest.isFinite && Dust.isAll(of: entry, largest: largest) ? 0 : entry
      })
  }
}

/// By node, the largest terms that were added to each entry.
struct LargestTerms {
  private var terms: [Int: [Double]] = [:]
  /// The nodes of whose terms not all entries are known.
  private var unknown: Set<Int> = []

  /// Notes a term of which nothing is known.
  mutating func noteUnknown(_ node: Int) { unknown.insert(node) }

  subscript(_ node: Int) -> [Double]? { unknown.contains(node) ? nil : terms[node] }

  mutating func note(_ node: Int, _ term: NumberArray) {
    guard term.isWhole else { return noteUnknown(node) }
    let entries = term.entries.map(\.magnitude)
    terms[node] = terms[node].map { zip($0, entries).map { max($0, $1) } } ?? entries
  }
}

extension Trace {
  /// An edge of this trace with zeros in the place of contributions that are zero but for rounding.
  func withoutDust(_ edge: Edge) -> Edge {
    guard let part = edge.part, part.map != nil, let own = nodes[edge.target].anyDerivative,
      canTranspose(edge, own)
    else { return edge }
    var edge = edge
    let largest = magnitudes(edge, own).entries
    if nodes[edge.source].array == nil {
      edge.contribution = NumberArray(edge.contribution).withoutDust(largest).entries[0]
    } else if let contribution = part.contribution?.withoutDust(largest) {
      edge.part = ArrayEdgePart(part.map, partials: part.partials, contribution: contribution)
    }
    return edge
  }
}

/// The sums of what comes to the arrays of a trace, entry by entry.
struct ArrayDust {
  private var sums: [Int: NumberArray] = [:]
  private var largest = LargestTerms()

  /// Puts zeros in the place of entries of a derivative that are zero but for rounding.
  ///
  /// - Parameters:
  ///   - node: The node whose derivative it is.
  ///   - index: Its index.
  ///   - isSum: Whether the other entries are the sums that were noted, as terms have changed.
  /// - Returns: Whether an entry has changed.
  func clear(_ node: inout Trace.Node, _ index: Int, _ isSum: Bool) -> Bool {
    guard let part = node.part, let derivative = part.derivative, derivative.isWhole,
      let sum = sums[index], let largest = largest[index]
    else { return false }
    let cleared = sum.withoutDust(largest)
    let entries = zip(derivative.entries, cleared.entries).map { $1 == 0 || isSum ? $1 : $0 }
    guard entries != derivative.entries else { return false }
    node.part = Trace.ArrayPart(
      part.operation, value: part.value, derivative: NumberArray(derivative.shape, entries))
    return true
  }

  /// Notes what an edge adds to its source.
  mutating func note(_ edge: Trace.Edge, of trace: Trace) {
    guard trace.nodes[edge.source].array != nil,
      trace.nodes[edge.target].anyDerivative != nil
    else { return }
    guard let contribution = edge.part?.contribution else {
      return largest.noteUnknown(edge.source)
    }
    sums[edge.source] = sums[edge.source].map { $0 + contribution } ?? contribution
    largest.note(edge.source, contribution)
  }
}
