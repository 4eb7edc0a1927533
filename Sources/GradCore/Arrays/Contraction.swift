extension ArrayOperation {
  /// A product of two arrays summed over the letters that the result does not name: `einsum("ij,jk->ik")`.
  public struct Contraction: Sendable, Equatable {
    /// The letters of the axes of each operand, one or two of them.
    public var operands: [String]
    /// The letters of the result's axes.
    public var result: String

    /// Reads `"ij,jk->ik"`; without an arrow the result has the letters that stand once, in alphabetical
    /// order, as NumPy has it.
    ///
    /// - Throws: What is wrong with the text.
    public init(_ text: String) throws(ShapeFault) {
      let text = text.filter { $0 != " " }
      let parts = text.split(separator: ">", omittingEmptySubsequences: false).map(String.init)
      guard parts.count <= 2, parts.count == 1 || parts[0].hasSuffix("-") else {
        throw ShapeFault(
          "\"\(text)\" is no rule of einsum", help: "\"ij,jk->ik\" is a matrix product")
      }
      let left = parts.count == 2 ? String(parts[0].dropLast()) : parts[0]
      operands = left.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard (1...2).contains(operands.count),
        (operands + parts.dropFirst()).joined().allSatisfy({
          $0.isASCII && $0.isLetter
        })
      else {
        throw ShapeFault(
          "einsum is read for one or two operands with a letter for each axis",
          help: "\"ij,jk->ik\" is a matrix product")
      }
      if parts.count == 2 {
        result = parts[1]
      } else {
        let all = operands.joined()
        result = String(Set(all).filter { letter in all.count { $0 == letter } == 1 }.sorted())
      }
      for letter in result where !operands.joined().contains(letter) {
        throw ShapeFault("the result of \"\(text)\" names '\(letter)', which no operand has")
      }
      guard Set(result).count == result.count else {
        throw ShapeFault("the result of \"\(text)\" names a letter twice")
      }
    }

    /// The rule as a program writes it.
    public var text: String { operands.joined(separator: ",") + "->" + result }

    /// How many entries each letter stands for.
    ///
    /// - Throws: That axes of one letter differ, or that an operand has another number of axes.
    func counts(_ shapes: [[Int]]) throws(ShapeFault) -> [Character: Int] {
      guard shapes.count == operands.count else {
        throw ShapeFault("\"\(text)\" is of \(operands.count) operands, not \(shapes.count)")
      }
      var counts: [Character: Int] = [:]
      for (letters, shape) in zip(operands, shapes) {
        guard letters.count == shape.count else {
          throw ShapeFault(
            "\"\(letters)\" has \(letters.count) letters for the shape \(shapeText(shape))")
        }
        for (letter, count) in zip(letters, shape) {
          guard counts[letter, default: count] == count else {
            throw ShapeFault("'\(letter)' in \"\(text)\" is \(counts[letter] ?? 0) and \(count)")
          }
          counts[letter] = count
        }
      }
      return counts
    }

    /// to += Π factors, over all letters; each array is given with its letters.
    static func addProduct(
      _ factors: [(letters: String, entries: Strided)], to: (letters: String, entries: Strided),
      _ counts: [Character: Int]
    ) {
      let letters = counts.keys.sorted()
      let shape = letters.map { counts[$0] ?? 1 }
      // A letter that stands twice in one operand walks along its diagonal.
      func strides(_ array: (letters: String, entries: Strided)) -> [Int] {
        letters.map { letter in
          zip(array.letters, array.entries.strides).reduce(0) { $0 + ($1.0 == letter ? $1.1 : 0) }
        }
      }
      let walk = Walk(shape, [strides(to)] + factors.map(strides))
      let steps = walk.inner.strides
      let (z, x) = (to.entries.base, factors[0].entries.base)
      let y = factors.count > 1 ? factors[1].entries.base : nil
      walk.forEachRow { at in
        for i in 0..<walk.inner.count {
          let factor = y.map { $0[at[2] &+ i &* steps[2]] } ?? 1
          z[at[0] &+ i &* steps[0]] += x[at[1] &+ i &* steps[1]] * factor
        }
      }
    }
  }
}
