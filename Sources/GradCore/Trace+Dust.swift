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
  /// The trace with zeros in the place of derivatives that are zero but for rounding, and of what they
  /// contribute.
  ///
  /// O(nodes + edges), and for arrays what the backward pass takes.
  public func withoutDust() -> Trace {
    var result = self
    var sums = [Double](repeating: 0, count: nodes.count)
    var largest = sums
    var hasWaysOn = [Bool](repeating: false, count: nodes.count)
    var arrays = ArrayDust()
    var end = edges.count
    for index in nodes.indices.reversed() {
      if index != output, hasWaysOn[index] {
        if nodes[index].array != nil {
          arrays.clear(&result.nodes[index], index)
        } else if Dust.isAll(of: sums[index], largest: largest[index]) {
          result.nodes[index].derivative = 0
        }
      }
      while end > 0, edges[end - 1].target == index {
        end -= 1
        if edges[end].isOfArrays {
          var edge = result.edges[end]
          arrays.note(&edge, of: result)
          result.edges[end] = edge
        } else if result.nodes[index].derivative == 0 {
          result.edges[end].contribution = 0
        }
        let (source, term) = (edges[end].source, result.edges[end].contribution)
        hasWaysOn[source] = true
        sums[source] += term
        largest[source] = max(largest[source], term.magnitude)
      }
    }
    return result
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
