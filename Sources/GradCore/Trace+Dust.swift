/// Sums that are zero but for rounding.
///
/// `39.55 − 39.55`, each computed in its own way, may leave 7·10⁻¹⁵, which is no derivative. A sum below
/// 10⁻¹² of its largest term is taken for zero where numbers are shown to readers; a trace keeps every
/// digit.
enum Dust {
  /// Whether `sum` is but rounding beside the largest of its terms; so is a sum of zeros.
  static func isAll(of sum: Double, largest: Double) -> Bool {
    sum == 0 || sum.magnitude < 1e-12 * largest
  }
}

extension Trace {
  /// The trace with zeros in the place of derivatives that are zero but for rounding, and with what the
  /// others are without them: each is still the sum of what comes to it.
  ///
  /// O(nodes + edges), and for arrays what the backward pass takes.
  public func withoutDust() -> Trace {
    var result = self
    var sums = [Double](repeating: 0, count: nodes.count)
    var largest = sums
    var hasWaysOn = [Bool](repeating: false, count: nodes.count)
    // Whether a derivative, or a term of it, is no longer as it was.
    var isChanged = hasWaysOn
    var arrays = ArrayDust()
    var end = edges.count
    for index in nodes.indices.reversed() {
      if index != output, hasWaysOn[index] {
        if nodes[index].array != nil {
          isChanged[index] = arrays.clear(&result.nodes[index], index, isChanged[index])
        } else if Dust.isAll(of: sums[index], largest: largest[index]) {
          result.nodes[index].derivative = 0
          isChanged[index] = true
        } else if isChanged[index] {
          result.nodes[index].derivative = sums[index]
        }
      }
      while end > 0, edges[end - 1].target == index {
        end -= 1
        let source = edges[end].source
        if isChanged[index] {
          result.edges[end] = result.withDerivative(ofTarget: result.edges[end])
          isChanged[source] = isChanged[source] || result.edges[end] != edges[end]
        }
        if edges[end].isOfArrays { arrays.note(result.edges[end], of: result) }
        let term = result.edges[end].contribution
        hasWaysOn[source] = true
        sums[source] += term
        largest[source] = max(largest[source], term.magnitude)
      }
    }
    return result
  }

  /// An edge of this trace with what it contributes worked out from the derivative of its target, as far as
  /// that can be.
  private func withDerivative(ofTarget edge: Edge) -> Edge {
    var edge = edge
    let target = nodes[edge.target]
    guard edge.isOfArrays else {
      let isNothing = target.derivative == 0 || edge.partial == 0
      if isNothing || edge.partial.isFinite {
        edge.contribution = isNothing ? 0 : edge.partial * target.derivative
      }
      return edge
    }
    guard let own = target.anyDerivative, own.isWhole else { return edge }
    // The maps of other edges may read operands that are not in the trace.
    let factors = edge.part?.partials.flatMap { $0.shape == own.shape && $0.isWhole ? $0 : nil }
    let isZero = own.entries.allSatisfy { $0 == 0 }
    if nodes[edge.source].array == nil {
      if isZero { edge.contribution = 0 }
    } else if let part = edge.part, var contribution = part.contribution {
      if isZero {
        contribution = contribution.scaled(by: 0)
      } else if let factors, contribution.shape == own.shape {
        contribution = NumberArray(
          own.shape, zip(factors.entries, own.entries).map { $0 == 0 || $1 == 0 ? 0 : $0 * $1 })
      }
      edge.part = ArrayEdgePart(
        part.map, partials: part.partials, contribution: contribution)
    }
    return edge
  }

  /// ``tangents(by:)`` with zeros in the place of those that are zero but for rounding.
  ///
  /// O(nodes + edges).
  public func tangentsWithoutDust(by seed: Int) -> [Double] {
    var tangents = [Double](repeating: 0, count: nodes.count)
    tangents[seed] = 1
    var begin = 0
    for index in nodes.indices {
      var largest = 0.0
      var end = begin
      while end < edges.count, edges[end].target == index {
        let (partial, own) = (edges[end].partial, tangents[edges[end].source])
        end += 1
        if index == seed || partial == 0 || own == 0 { continue }
        tangents[index] += partial * own
        largest = max(largest, (partial * own).magnitude)
      }
      begin = end
      if index != seed, Dust.isAll(of: tangents[index], largest: largest) { tangents[index] = 0 }
    }
    return tangents
  }
}
