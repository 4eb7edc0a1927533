/// Formulas too long for their place.
extension MathText {
  /// The text with its outermost terms left out until it has at most `limit` characters: the first and
  /// the last stay, `x₁ + … + x₉`.
  ///
  /// A formula of one term is shortened inside its outermost brackets. Names, numbers, brackets and
  /// exponents stay whole, so that a text of one long name stays as it is. O(length · depth).
  public func shortened(to limit: Int) -> MathText {
    if count <= limit { return self }
    return text(of: Shortening.shortened(letters[...], to: limit))
  }
}

/// Leaves out the middle of a formula.
private enum Shortening {
  typealias Letter = MathText.Letter

  /// The signs that formulas are divided at, those that bind least first.
  private static let separators = [
    [" = "], [", "], [" ? ", " : "], [" + ", " − "], [" / ", "/"], ["·"],
  ].map { $0.map(FormulaSign.of) }

  static func shortened(_ letters: ArraySlice<Letter>, to limit: Int) -> [Letter] {
    if letters.count <= limit { return Array(letters) }
    guard let rank = loosestRank(in: letters) else { return insideBrackets(letters, to: limit) }
    let terms = terms(of: letters, between: separators[rank])
    if rank > 0 { return fitted(terms, to: limit) }
    // Both sides of an equation stay, and the name before it is as long as it is.
    let first = terms[0].text
    return Array(first) + terms[1].separator
      + shortened(terms[1].text, to: max(0, limit - first.count - 3))
  }

  /// The place among ``separators`` of those that bind least in a formula, outside of brackets; `nil` if it is
  /// one term.
  private static func loosestRank(in letters: ArraySlice<Letter>) -> Int? {
    var rank = separators.count
    var depth = 0
    for index in letters.indices where letters[index].sign != 0 {
      depth += FormulaSign.depth(of: letters[index].sign)
      if depth != 0 || index == letters.startIndex { continue }
      let looser = separators[..<rank].firstIndex { signs in
        signs.contains { letters.stands($0, at: index) }
      }
      if let looser { rank = looser }
      if rank == 0 { break }
    }
    return rank < separators.count ? rank : nil
  }

  /// A part between two separators, with the separator before it.
  private struct Term {
    var separator: ArraySlice<Letter>
    var text: ArraySlice<Letter>
  }

  /// The parts of a formula between signs that stand in no brackets.
  private static func terms(
    of letters: ArraySlice<Letter>, between separators: [[UInt32]]
  ) -> [Term] {
    var terms: [Term] = []
    var start = letters.startIndex
    var separator = letters[start..<start]
    var index = start
    var depth = 0
    while index < letters.endIndex {
      if letters[index].sign != 0 {
        depth += FormulaSign.depth(of: letters[index].sign)
        if depth == 0, index > start,
          let found = separators.first(where: { letters.stands($0, at: index) })
        {
          terms.append(Term(separator: separator, text: letters[start..<index]))
          start = index + found.count
          separator = letters[index..<start]
          index = start
          continue
        }
      }
      index += 1
    }
    return terms + [Term(separator: separator, text: letters[start...])]
  }

  /// As many terms from both ends as there is room for, the first and the last at least.
  private static func fitted(_ terms: [Term], to limit: Int) -> [Letter] {
    guard terms.count > 2 else {
      // The two share the room; what one does not need is the other's.
      let room = limit - terms[1].separator.count
      let (a, b) = (terms[0].text.count, terms[1].text.count)
      let first = max(min(a, room / 2), room - b)
      return shortened(terms[0].text, to: first) + terms[1].separator
        + shortened(terms[1].text, to: room - min(a, first))
    }
    func size(_ term: Term) -> Int { term.separator.count + term.text.count }
    let gap = terms[1].separator + [Letter(character: "…")]
    var (head, tail) = (1, terms.count - 1)
    var used = size(terms[0]) + gap.count + size(terms[tail])
    while head + 1 < tail, used + size(terms[head]) <= limit {
      used += size(terms[head])
      head += 1
      if head + 1 < tail, used + size(terms[tail - 1]) <= limit {
        tail -= 1
        used += size(terms[tail])
      }
    }
    let excess = max(0, used - limit)
    func letters(_ terms: ArraySlice<Term>) -> [Letter] {
      terms.flatMap { term in
        // Too long are the ends only if they stand alone.
        let size = max(6, term.text.count - (excess + 1) / 2)
        return term.separator + shortened(term.text, to: excess > 0 ? size : term.text.count)
      }
    }
    return letters(terms[..<head]) + gap + letters(terms[tail...])
  }

  /// Of the inside of brackets at most so much stays beyond what there is room for.
  private static let mostExcess = 10

  /// One term: the inside of its widest brackets is shortened, and left out where nothing else will do.
  private static func insideBrackets(_ letters: ArraySlice<Letter>, to limit: Int) -> [Letter] {
    var widest: Range<Int>?
    var open: [Int] = []
    for index in letters.indices {
      let depth = FormulaSign.depth(of: letters[index].sign)
      if depth > 0 { open.append(index) }
      if depth < 0, let start = open.popLast() {
        let range = start + 1..<index
        if range.count > widest?.count ?? 1 { widest = range }
      }
    }
    guard let widest else { return Array(letters) }
    let room = limit - (letters.count - widest.count)
    var inside = shortened(letters[widest], to: max(1, room))
    if inside.count > max(1, room) + mostExcess { inside = [Letter(character: "…")] }
    return Array(letters[..<widest.lowerBound]) + inside + letters[widest.upperBound...]
  }
}
