/// The one of `names` that `name` is probably meant to be; `nil` if none is close.
///
/// Close is at most one mistake for every three characters (insertions, deletions, substitutions,
/// neighbours exchanged), or a difference of upper and lower case. Of several equally close the last
/// is taken: a program's names come in the order of their statements.
///
/// - Complexity: Linear in the number of names, and without an allocation for each.
package func nearestName(
  to name: String, among names: some BidirectionalCollection<String>
) -> String? {
  let wanted = Array(name.unicodeScalars)
  guard wanted.count <= 64 else { return nil }
  let mostAllowed = max(1, wanted.count / 3)
  var best: (name: String, distance: Int)?
  var comparison = Comparison(wanted)
  for candidate in names.reversed() where candidate != name {
    // A scalar takes one to four bytes: what is too short or too long is seen without a look at it.
    let size = candidate.utf8.count
    guard size >= wanted.count - mostAllowed, size <= 4 * (wanted.count + mostAllowed) else {
      continue
    }
    comparison.take(candidate)
    let allowed = max(1, min(wanted.count, comparison.scalars.count) / 3)
    guard abs(comparison.scalars.count - wanted.count) <= allowed, comparison.scalars.count <= 64
    else { continue }
    // The first of several that are equally close is the last of the names.
    let limit = min(allowed, best.map { $0.distance - 1 } ?? allowed)
    var distance = comparison.distance(upTo: limit)
    if limit > 0, distance != 1, comparison.mayDifferInCase,
      candidate.lowercased() == name.lowercased()
    {
      distance = 1
    }
    if let distance { best = (candidate, distance) }
    if distance == 1 { break }
  }
  return best?.name
}

/// Compares one word with many, in memory that is taken once.
private struct Comparison {
  private let wanted: [Unicode.Scalar]
  private(set) var scalars: [Unicode.Scalar] = []
  /// The rows of the table of distances: the one before the last, the last, and the one at hand.
  private var (before, last, row): ([Int], [Int], [Int]) = ([], [], [])

  init(_ wanted: [Unicode.Scalar]) { self.wanted = wanted }

  mutating func take(_ candidate: String) {
    scalars.removeAll(keepingCapacity: true)
    scalars.append(contentsOf: candidate.unicodeScalars)
  }

  /// Whether the words may be the same but for upper and lower case.
  var mayDifferInCase: Bool {
    scalars.count == wanted.count
      && zip(scalars, wanted).allSatisfy { a, b in
        a.value | 0x20 == b.value | 0x20 || !a.isASCII || !b.isASCII
      }
  }

  /// How many mistakes lie between the words; `nil` if more than `limit`.
  mutating func distance(upTo limit: Int) -> Int? {
    guard limit > 0 else { return nil }
    let (a, b) = (wanted, scalars)
    if row.count != b.count + 1 {
      row = [Int](repeating: 0, count: b.count + 1)
      (before, last) = (row, row)
    }
    for j in last.indices { last[j] = j }
    for i in a.indices {
      row[0] = i + 1
      var least = row[0]
      for j in b.indices {
        var value = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          value = min(value, before[j - 1] + 1)
        }
        row[j + 1] = value
        least = min(least, value)
      }
      // No row is nearer than the one before it, nor is an exchange of neighbours.
      if least > limit { return nil }
      (before, last, row) = (last, row, before)
    }
    let distance = last[b.count]
    return distance <= limit ? distance : nil
  }
}
