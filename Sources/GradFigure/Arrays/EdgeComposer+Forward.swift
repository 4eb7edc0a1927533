import GradCore

/// The way on through one operation, in forward mode.
extension EdgeComposer {
  /// Applies the map of one operation.
  mutating func goOn(over way: Trace.Edge, _ term: inout EdgeTerm) {
    let (node, operands) = (way.target, full.operands(of: way.target))
    let words = reading.words.arrays
    if full.nodes[node].row == nil || shape(node) != shape(way.source) { isElementwise = false }
    switch full.nodes[node].arrayOperation {
    case nil where full.nodes[node].row == nil: foreign(way, operands, &term)
    case nil:
      elementwise(way, operands, &term)
      grow(way, &term)
    case .choose:
      term.multiply(way.operand == 0 ? "mask" : "1 − mask", isLoose: way.operand > 0)
      grow(way, &term)
    case .matrixProduct: product(way, operands, &term)
    case .transpose(let order):
      let isPlain = order == nil || order == [1, 0] || order == [-1, -2]
      if isPlain, shape(node).count == 2 {
        term.transpose()
      } else if shape(node).count > 1 {
        call("transpose", &term)
      }
    case .inverse:
      let (text, isLoose) = mention(node)
      term.scale("−1")
      for isLeft in [true, false] {
        term.multiply(by: text, isLoose: isLoose, isTransposed: false, fromLeft: isLeft)
      }
    case .solve:
      if way.operand == 0 {
        term.scale("−1")
        let (text, isLoose) = mention(node)
        term.multiply(by: text, isLoose: isLoose, isTransposed: false, fromLeft: false)
      }
      term.multiply(by: inverted(operands[0]), isLoose: false, isTransposed: false, fromLeft: true)
    case .determinant, .logDeterminant:
      term.multiply(invertedTransposed(way.source), isLoose: false)
      term.sum("", count: 1, to: shape(node))
      if full.nodes[node].arrayOperation == .determinant { term.scale(mention(node).text) }
    case .reduce(let reduction, let axes, _):
      let (_, over, count) = reduced(axes, shape(way.source))
      if reduction != .sum, reduction != .mean {
        let (factor, isLoose) = factor(way, reduction, count)
        term.multiply(factor, isLoose: isLoose)
      }
      if count == 1 { break }
      if reduction == .mean {
        term.average(over, to: shape(node))
      } else {
        term.sum(over, count: count, to: shape(node))
      }
    case .broadcast: grow(way, &term)
    case .reshape: term.describe(words.reshaped(NumberArray.text(shape(node))))
    case .select(let subscripts):
      let (own, isLoose) = term.writtenOut.whole
      let text: MathText = isLoose ? "(\(own))" : own
      term.replace("\(text)[\(subscripts.text(most: 12))]", isPhrase: false, isLoose: false)
    case .replace(let subscripts):
      let text = subscripts.text(most: 12)
      term.describe(way.operand == 0 ? words.outside(text) : words.into(text))
    case .concatenate, .stack: term.describe("→ " + words.part(way.operand + 1))
    case .softmax(let axis):
      let ((own, isLoose), value) = (term.writtenOut.whole, mention(node).text)
      let inside: MathText = isLoose ? "(\(own))" : own
      term.replace(
        "\(value) ⊙ (\(own) − \(sumSign(axis, of: node)) \(value) ⊙ \(inside))", isPhrase: false)
    case .logSoftmax(let axis):
      let (own, isLoose) = term.writtenOut.whole
      let inside: MathText = isLoose ? "(\(own))" : own
      term.replace(
        "\(own) − \(sumSign(axis, of: node)) exp(\(mention(node).text)) ⊙ \(inside)")
    case .contract:
      let own = term.writtenOut.whole.text
      let list = operands.enumerated().map {
        $0.offset == way.operand ? own : mention($0.element).text
      }
      term.replace("einsum(\(list.joined(separator: ", ")))", isPhrase: false, isLoose: false)
    case .convolve:
      let (own, isLoose) = term.writtenOut.whole
      let inside: MathText = isLoose ? "(\(own))" : own
      term.replace(
        way.operand == 0
          ? "\(inside) * \(mention(operands[1]).text)"
          : "\(mention(operands[0]).text) * \(inside)")
    case .cumulativeSum, .rearrange, .pad, .pool, .scatter:
      // The largest are picked where the values have them, and not of the tangents.
      if case .pool(let pooling) = full.nodes[node].arrayOperation, pooling.takesLargest {
        return partial(way, &term)
      }
      call(full.nodes[node].operation, &term)
    }
  }

  /// An operation of another tool, of which its map alone is known.
  private func foreign(_ way: Trace.Edge, _ operands: [Int], _ term: inout EdgeTerm) {
    switch way.map {
    case .left where operands.count == 2, .right where operands.count == 2:
      product(way, operands, &term)
    case .elementwise:
      let partial = reading.options.notation.partial(
        mention(way.target).text, mention(way.source).text)
      term.multiply(partial, isLoose: false)
      grow(way, &term)
    default: partial(way, &term)
    }
  }

  /// `∂Z/∂X · dX`, of a map that no formula writes.
  private func partial(_ way: Trace.Edge, _ term: inout EdgeTerm) {
    let partial = reading.options.notation.partial(
      mention(way.target).text, mention(way.source).text)
    term.multiply(by: partial, isLoose: false, isTransposed: false, fromLeft: true)
  }

  /// `cumsum(dX)`, of an operation that only moves entries or adds them up.
  private func call(_ operation: String, _ term: inout EdgeTerm) {
    term.replace(
      "\(operation)(\(term.writtenOut.whole.text))", isPhrase: false, isLoose: false)
  }

  /// The axes along which an operand is broadcast.
  private func grow(_ way: Trace.Edge, _ term: inout EdgeTerm) {
    let (small, large) = (shape(way.source), shape(way.target))
    let axes = Self.grown(from: small, to: large)
    if axes.isEmpty || small.reduce(1, *) == large.reduce(1, *) { return }
    term.grow(over(axes, of: large), axes, to: large)
  }

  private func product(_ way: Trace.Edge, _ operands: [Int], _ term: inout EdgeTerm) {
    let (isTransposed, node) = untransposed(operands[1 - way.operand])
    let (text, isLoose) = mention(node)
    term.multiply(
      by: text, isLoose: isLoose, isTransposed: isTransposed, fromLeft: way.operand == 1)
  }

  /// `A⁻¹`.
  private func inverted(_ node: Int) -> MathText {
    let (text, isLoose) = mention(node)
    var result: MathText = isLoose ? "(\(text))" : text
    result.append("−1", .raised)
    return result
  }
}
