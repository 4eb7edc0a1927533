import GradCore

/// Operations that other tools have as one where a course writes several, and what comes back through them.
extension EdgeComposer {
  /// What comes back to an operand of an operation that is known by its name and its shapes alone.
  func fused(_ way: Trace.Edge, _ operands: [Int], _ term: inout EdgeTerm) {
    let place = operands.firstIndex(of: way.source) ?? way.operand
    switch (full.nodes[way.target].operation, operands.count) {
    case ("linear", 2...3): linear(way, operands, place, &term)
    case ("addmm", 3):
      if place == 0 { return sum(from: shape(way.target), to: shape(way.source), &term) }
      let other = operands[3 - place]
      term.multiply(by: letter(other), isLoose: false, isTransposed: true, fromLeft: place == 2)
    case ("conv1d", 2...3), ("conv2d", 2...3), ("conv3d", 2...3):
      convolution(way, operands, place, &term)
    case ("embedding", 2):
      term.describe(reading.words.arrays.into(letter(operands[1 - place]).plain))
    case (let name, _) where Self.norms.contains(name) && ends(way, "bias"):
      let (own, isLoose) = term.writtenOut.whole
      term.replace("Σ \(isLoose ? "(\(own))" : own)")
    case (let name, _) where Self.norms.contains(name) && ends(way, "weight"):
      // What the weight multiplies is the operand with mean 0 and variance 1.
      let (own, isLoose) = term.writtenOut.whole
      term.replace("Σ \(isLoose ? "(\(own))" : own) ⊙ norm(\(letter(operands[0])))")
    case ("scaled_dot_product_attention", 3...) where place == 2:
      let scores: MathText = "\(letter(operands[0])) · \(transposed(operands[1]))/√d"
      term.multiply(
        by: "softmax(\(scores))", isLoose: false, isTransposed: true, fromLeft: true)
    case (let name, let count):
      if let text = contraction(name, count, operands, place, term) {
        return term.replace(text, isPhrase: false, isLoose: false)
      }
      let (own, isLoose) = term.writtenOut.whole
      let partial = reading.options.notation.partial(
        MathText(String(name.prefix { $0 != "[" })), letter(way.source))
      term.replace("\(isLoose ? "(\(own))" : own) · \(partial)")
    }
  }

  /// What comes back to operand `place` of an Einstein sum that is told by its equation: of
  /// `einsum[ij,jk→ik](A, B)` it is `einsum[ik,jk→ij](dC, B)`; `nil` for any other operation.
  private func contraction(
    _ name: String, _ count: Int, _ operands: [Int], _ place: Int, _ term: EdgeTerm
  ) -> MathText? {
    guard name.hasPrefix("einsum["), name.count > 8, name.hasSuffix("]") else { return nil }
    let sides = name.dropFirst(7).dropLast().split(separator: "→")
    let axes = sides[0].split(separator: ",")
    guard sides.count == 2, axes.count == count else { return nil }
    let others = operands.indices.filter { $0 != place }
    let given = ([sides[1]] + others.map { axes[$0] }).joined(separator: ",")
    let list = [term.writtenOut.whole.text] + others.map { letter(operands[$0]) }
    return "einsum[\(given)→\(String(axes[place]))](\(list.joined(separator: ", ")))"
  }

  private static let norms: Set = [
    "layer_norm", "batch_norm", "group_norm", "instance_norm", "rms_norm",
  ]

  /// Y = X · Wᵀ + b.
  private func linear(
    _ way: Trace.Edge, _ operands: [Int], _ place: Int, _ term: inout EdgeTerm
  ) {
    let rank = shape(operands[0]).count
    switch place {
    case 0:
      term.multiply(by: letter(operands[1]), isLoose: false, isTransposed: false, fromLeft: false)
    case 1:
      if rank == 1 {
        term.multiply(
          by: letter(operands[0]), isLoose: false, isTransposed: true, fromLeft: false)
      } else {
        term.transpose()
        term.multiply(
          by: letter(operands[0]), isLoose: false, isTransposed: false, fromLeft: false)
        // One product for each matrix of a batch.
        if rank > 2 { term.replace("Σ \(term.whole.text)") }
      }
    default: sum(from: shape(way.target), to: shape(way.source), &term)
    }
  }

  private func convolution(
    _ way: Trace.Edge, _ operands: [Int], _ place: Int, _ term: inout EdgeTerm
  ) {
    let (own, isLoose) = term.writtenOut.whole
    let inside: MathText = isLoose ? "(\(own))" : own
    switch place {
    case 0: term.replace("\(inside) * rot180(\(letter(operands[1])))")
    case 1: term.replace("\(letter(operands[0])) * \(inside)")
    default: term.replace("Σ \(inside)")
    }
  }

  /// The last part of a name with dots, by which a module calls its parameter; W for a weight.
  private func letter(_ node: Int) -> MathText {
    let name = full.nodes[node].name ?? ""
    guard full.nodes[node].kind == .input, let part = name.split(separator: ".").last,
      part.count < name.count
    else { return mention(node).text }
    return part == "weight" ? "W" : part == "bias" ? "b" : MathName.text(String(part))
  }

  private func ends(_ way: Trace.Edge, _ word: String) -> Bool {
    full.nodes[way.source].name.map { $0 == word || $0.hasSuffix(".\(word)") } ?? false
  }

  private func transposed(_ node: Int) -> MathText {
    var text = letter(node)
    text.append("T", .transposed)
    return text
  }
}
