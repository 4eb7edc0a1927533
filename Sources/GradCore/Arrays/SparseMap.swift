/// Entries of a source that go to entries of a target, each with a weight: selections, scatterings,
/// pooling.
package struct SparseMap: Sendable, Equatable {
  /// The entry of the source, in row-major order, of each part.
  var sources: [Int]
  /// The entry of the target of each part; `nil` where part i is for entry i.
  var targets: [Int]?
  /// What every part is multiplied by.
  var weight = 1.0

  /// target += the map of source.
  func add(_ source: Entries, to target: Entries) {
    if let targets {
      for (from, to) in zip(sources, targets) { target[to] += weight * source[from] }
    } else {
      for (to, from) in sources.enumerated() { target[to] += weight * source[from] }
    }
  }

  /// source += the transposed map of target.
  func addTransposed(_ target: Entries, to source: Entries) {
    if let targets {
      for (from, to) in zip(sources, targets) { source[from] += weight * target[to] }
    } else {
      for (to, from) in sources.enumerated() { source[from] += weight * target[to] }
    }
  }
}
