import GradCore

extension Recorder {
  /// Einstein's sums, two operands at a time; of a matrix with one letter for both axes the diagonal.
  mutating func einsum(
    _ rule: String, _ given: [Operand], _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let text = rule.filter { $0 != " " }
    let sides = text.split(separator: "-", omittingEmptySubsequences: false)
    var terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(Array.init)
    guard sides.count == 2, sides[1].hasPrefix(">"), terms.count == given.count else {
      return try contract(rule, given, call)
    }
    let result = Array(sides[1].dropFirst())
    var operands = given
    for place in terms.indices where terms[place].count == 2 && terms[place][0] == terms[place][1] {
      let shape = shape(of: operands[place]) ?? []
      guard shape.count == 2, shape[0] == shape[1] else { break }
      let all = ArrayOperation.Subscript.indices(Array(0..<shape[0]), shape: [shape[0]])
      operands[place] = try apply(.select([all, all]), [operands[place]], call.token)
      terms[place].removeLast()
    }
    while terms.count > 2 {
      // What later operands and the result need of the first two stays.
      let later = terms[2...].joined() + result
      var kept: [Character] = []
      for letter in terms[0] + terms[1] where later.contains(letter) && !kept.contains(letter) {
        kept.append(letter)
      }
      let product = try contract(
        "\(String(terms[0])),\(String(terms[1]))->\(String(kept))", Array(operands[..<2]), call)
      terms.replaceSubrange(0..<2, with: [kept])
      operands.replaceSubrange(0..<2, with: [product])
    }
    let left = terms.map { String($0) }.joined(separator: ",")
    return try contract("\(left)->\(String(result))", operands, call)
  }
}
