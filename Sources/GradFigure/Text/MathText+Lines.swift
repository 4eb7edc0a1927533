/// Formulas in several lines.
extension MathText {
  /// The text in lines of at most `limit` characters, two where they are enough.
  ///
  /// Lines are broken before operators, and after the commas of lists; at the outermost ones if that is
  /// enough, else inside of brackets too. Names, numbers and exponents stay whole.
  ///
  /// - Parameters:
  ///   - limit: How many characters a line has at most.
  ///   - most: How many lines there are at most.
  /// - Returns: The lines, one or more; `nil` where so many are not enough. O(limit² · most).
  func lines(ofAtMost limit: Int, most: Int) -> [MathText]? {
    if count <= limit { return [self] }
    if count > (limit + 1) * most { return nil }
    return LineBreaking(self, limit).lines(most)?.map { text(of: $0) }
  }
}

/// Looks for the places where a formula is broken.
private struct LineBreaking {
  /// A place to break a line: where it ends, where the next one begins, and how reluctantly it is taken.
  private struct Break {
    var end: Int
    var start: Int
    var rank: Int
  }

  private let letters: [MathText.Letter]
  private let limit: Int
  private var breaks: [Break] = []

  /// Signs at which a formula is broken, those that bind least before others; the equals sign after the
  /// name of a node is left alone where anything else will do.
  private static let signs = [
    [", "], [" ? ", " : "], [" + ", " − "], [" / ", "/"], ["·", " ⊙ "], [" = "],
  ].map { $0.map(FormulaSign.of) }
  /// In how many brackets a line is broken at most.
  private static let deepest = 2

  init(_ text: MathText, _ limit: Int) {
    letters = text.letters
    self.limit = limit
    var depth = 0
    for index in letters.indices where letters[index].sign != 0 {
      depth += FormulaSign.depth(of: letters[index].sign)
      guard index > 0, depth <= Self.deepest else { continue }
      for (rank, signs) in Self.signs.enumerated() {
        for sign in signs where letters[...].stands(sign, at: index) {
          if sign == FormulaSign.of("/"), letters[index - 1].character == " " { continue }
          // A comma stays behind what it follows; all else goes on with what comes.
          let isComma = sign == FormulaSign.of(", ")
          breaks.append(
            Break(
              end: isComma ? index + 1 : index,
              start: isComma ? index + 2 : sign.first == 0x20 ? index + 1 : index,
              rank: depth * Self.signs.count + rank))
        }
      }
    }
  }

  /// As few lines as can be from breaks of the lowest rank that will do, as equally long as they can be.
  func lines(_ most: Int) -> [[MathText.Letter]]? {
    for rank in Set(breaks.map(\.rank)).sorted() {
      let places = breaks.filter { $0.rank <= rank }
      for count in stride(from: 2, through: most, by: 1) {
        if let lines = lines(count, places) { return lines.map { Array(letters[$0]) } }
      }
    }
    return nil
  }

  /// The best lines so far that end at a place: the sum of the squares of their lengths, and the places.
  private struct Best {
    var cost: Int
    var ends: [Int]
  }

  private func lines(_ count: Int, _ places: [Break]) -> [Range<Int>]? {
    let starts = [0] + places.map(\.start)
    let ends = places.map(\.end) + [letters.count]
    // For each end the best way to reach it with so many lines as have been tried.
    var best: [Best?] = ends.map { $0 <= limit ? Best(cost: $0 * $0, ends: []) : nil }
    for _ in 1..<count {
      best = ends.indices.map { end in
        var found: Best?
        for before in 0..<end {
          let length = ends[end] - starts[before + 1]
          guard length > 0, length <= limit, let first = best[before] else { continue }
          let cost = first.cost + length * length
          if cost < found?.cost ?? .max { found = Best(cost: cost, ends: first.ends + [before]) }
        }
        return found
      }
    }
    guard let last = best[ends.count - 1] else { return nil }
    return zip([-1] + last.ends, last.ends + [ends.count - 1]).map {
      starts[$0 + 1]..<ends[$1]
    }
  }
}
