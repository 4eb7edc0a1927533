/// The one of `names` that `name` is probably meant to be; `nil` if none is close.
///
/// Close is at most one mistake for every three characters (insertions, deletions, substitutions,
/// neighbours exchanged), or a difference of upper and lower case. Of several equally close the last
/// is taken: a program's names come in the order of their statements.
public func nearestName(to name: String, among names: some Sequence<String>) -> String? {
  let wanted = Array(name.unicodeScalars)
  guard wanted.count <= 64 else { return nil }
  let lowered = name.lowercased()
  var best: (name: String, distance: Int)?
  for candidate in names where candidate != name {
    let scalars = Array(candidate.unicodeScalars)
    let allowed = max(1, min(wanted.count, scalars.count) / 3)
    guard abs(scalars.count - wanted.count) <= allowed, scalars.count <= 64 else { continue }
    var distance = editDistance(wanted, scalars)
    if candidate.lowercased() == lowered { distance = min(distance, 1) }
    if distance > allowed { continue }
    if distance <= best?.distance ?? distance { best = (candidate, distance) }
  }
  return best?.name
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var (before, last) = ([Int](repeating: 0, count: b.count + 1), Array(0...b.count))
  for i in 1...a.count {
    var row = [i] + [Int](repeating: 0, count: b.count)
    for j in 1...b.count {
      row[j] = min(
        last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], before[j - 2] + 1)
      }
    }
    (before, last) = (last, row)
  }
  return last[b.count]
}
