package import GradCore

extension Reading {
  /// The entries of node `index`, an array, that the nudge moves.
  package struct MovedEntries {
    /// Which they are, in row-major order.
    package var entries: [Int]
    /// The one of them that changes the most; of equals the first.
    package var largest: Int
    /// All entries before and after.
    package var before, after: NumberArray
  }

  /// What the nudge moves of node `index`; `nil` for a number, and where nothing moves.
  package func movedEntries(of index: Int) -> MovedEntries? {
    guard let before = trace.nodes[index].array, let after = arrayAfter(of: index) else {
      return nil
    }
    let entries = before.entries.indices.filter { place in
      let (old, new) = (before.entries[place], after.entries[place])
      return old != new && !(old.isNaN && new.isNaN)
    }
    guard var largest = entries.first else { return nil }
    func change(_ place: Int) -> Double { (after.entries[place] - before.entries[place]).magnitude }
    for place in entries where change(place) > change(largest) { largest = place }
    return MovedEntries(entries: entries, largest: largest, before: before, after: after)
  }

  /// Whether an array is written out, rather than told by its shape.
  package func isWrittenOut(_ array: NumberArray) -> Bool {
    array.isWhole && array.count <= max(1, options.entries)
  }

  /// An array before and after, in words: `[[1, 2 → 2.001]]`.
  func movedText(_ moved: MovedEntries) -> MathText {
    isWrittenOut(moved.before)
      ? nested(moved.before, pairTexts(moved).map(\.plain), .other)
      : "\(brief(moved.before)); \(movedSummary(moved))"
  }

  /// Of a large array how many entries move, and the one that changes the most.
  func movedSummary(_ moved: MovedEntries) -> MathText {
    words.arrays.moved("\(moved.entries.count)", largestChange(moved))
  }

  /// `[0, 1]: 0.5 → 0.501`, of the entry that changes the most.
  func largestChange(_ moved: MovedEntries) -> MathText {
    let place = moved.before.place(of: moved.largest)
    let pair = pairText(moved.before.entries[moved.largest], moved.after.entries[moved.largest])
    return "\(place): \(pair)"
  }

  /// Every entry, those that move before and after.
  func pairTexts(_ moved: MovedEntries) -> [MathText] {
    let isMoved = Set(moved.entries)
    let texts = ArrayText(plain: moved.before, options.numbers).entries
    return texts.enumerated().map { place, text in
      isMoved.contains(place)
        ? pairText(moved.before.entries[place], moved.after.entries[place]) : MathText(text)
    }
  }
}
