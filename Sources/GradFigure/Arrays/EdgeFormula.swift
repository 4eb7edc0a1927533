import GradCore

/// The way of a derivative over an edge of arrays, over all operations that its statement has between its
/// ends: back, or in forward mode on.
package struct EdgeFormula {
  /// The whole formula: `(dH ⊙ (1 − H²)) · Xᵀ`.
  package let text: MathText
  /// The same where it stands at the edge, without the derivative's name if a sign says it all.
  package let label: MathText

  /// A statement of more operations is not written out.
  private static let mostOperations = 40
  /// A label has at most so many letters, and at most that many where it would say nothing otherwise.
  private static let longestLabel = (usual: 30, most: 40)

  /// The formula of edge `index` of the reading's trace.
  init(_ reading: Reading, edge index: Int) {
    let origin = reading.origin(ofEdge: index)
    let own = reading.derivativeName(of: origin)
    var composer = EdgeComposer(reading)
    guard let term = composer.term(edge: index, own, mostOperations: Self.mostOperations) else {
      let name: MathText = "\(own) · \(reading.partialName(ofEdge: index))"
      (text, label) = (name, Self.label([name]))
      return
    }
    text = term.whole.text
    let name: MathText = "\(own) · \(reading.partialName(ofEdge: index))"
    if term.label.count <= Self.longestLabel.usual {
      label = term.label
    } else if reading.trace.nodes[origin].array == nil {
      // By a number there is a name for all of it.
      label = Self.label([name, term.label])
    } else {
      let factor: MathText? =
        composer.isElementwise ? "⊙ \(reading.partialName(ofEdge: index))" : nil
      label = Self.label([factor, term.label, name].compactMap(\.self))
    }
  }

  /// The first of some texts that is no longer than usual, else the first that there is room for.
  private static func label(_ texts: [MathText]) -> MathText {
    texts.first { $0.count <= longestLabel.usual } ?? texts.first { $0.count <= longestLabel.most }
      ?? "…"
  }
}

/// Follows the ways of a derivative through the operations of a statement.
struct EdgeComposer {
  let reading: Reading
  let full: Trace
  /// Whether each entry of the last term depends on that of the same place alone.
  var isElementwise = true

  init(_ reading: Reading) { (self.reading, full) = (reading, reading.full) }

  /// The sum of the ways over an edge; `nil` if there are too many operations.
  mutating func term(edge index: Int, _ own: MathText, mostOperations: Int) -> EdgeTerm? {
    let edge = reading.trace.edges[index]
    let (source, target) = (reading.origins[edge.source], reading.origins[edge.target])
    let inner = reading.inner(of: target)
    guard inner.count <= mostOperations else { return nil }
    // Those on the way to the source alone.
    var leads: Set<Int> = [source]
    for node in inner.sorted() where full.operands(of: node).contains(where: leads.contains) {
      leads.insert(node)
    }
    let isSeparate = !reading.selection.mergesOperands && inner.isEmpty
    var terms: [Int: [EdgeTerm]] = [:]
    if reading.seed != nil {
      terms[source] = [EdgeTerm(own, isNumber: full.nodes[source].array == nil)]
      for node in inner.sorted() + [target] where leads.contains(node) || node == target {
        for way in full.edges(into: node) {
          guard let ways = terms[way.source], !isSeparate || way.operand == edge.operand else {
            continue
          }
          var term = EdgeTerm.sum(ways)
          goOn(over: way, &term)
          terms[node, default: []].append(term)
        }
      }
      return terms[target].map { EdgeTerm.sum($0) }
    }
    terms[target] = [EdgeTerm(own, isNumber: full.nodes[target].array == nil)]
    for node in [target] + inner.sorted(by: >) {
      guard let ways = terms[node] else { continue }
      let own = EdgeTerm.sum(ways)
      for way in full.edges(into: node) where leads.contains(way.source) {
        if isSeparate, way.operand != edge.operand { continue }
        var term = own
        goBack(over: way, &term)
        terms[way.source, default: []].append(term)
      }
    }
    return terms[source].map { EdgeTerm.sum($0) }
  }

  func shape(_ node: Int) -> [Int] { full.nodes[node].shape }

  // MARK: One operation

  /// Applies the transposed map of one operation.
  private mutating func goBack(over way: Trace.Edge, _ term: inout EdgeTerm) {
    let (node, operands) = (way.target, full.operands(of: way.target))
    let words = reading.words.arrays
    if full.nodes[node].row == nil || shape(node) != shape(way.source) { isElementwise = false }
    switch full.nodes[node].arrayOperation {
    case nil where full.nodes[node].row == nil: foreign(way, operands, &term)
    case nil:
      elementwise(way, operands, &term)
      sum(from: shape(node), to: shape(way.source), &term)
    case .choose:
      term.multiply(way.operand == 0 ? "mask" : "1 − mask", isLoose: way.operand > 0)
      sum(from: shape(node), to: shape(way.source), &term)
    case .matrixProduct: matrixProduct(way, operands, &term)
    case .transpose(let order):
      let isPlain = order == nil || order == [1, 0] || order == [-1, -2]
      if isPlain, shape(node).count == 2 {
        term.transpose()
      } else if shape(node).count > 1 {
        term.describe(words.backThrough("transpose"))
      }
    case .inverse:
      let (text, isLoose) = mention(node)
      term.scale("−1")
      for isLeft in [true, false] {
        term.multiply(by: text, isLoose: isLoose, isTransposed: true, fromLeft: isLeft)
      }
    case .solve:
      if way.operand == 0 { term.scale("−1") }
      term.multiply(
        by: invertedTransposed(operands[0]), isLoose: false, isTransposed: false, fromLeft: true)
      if way.operand == 0 {
        let (text, isLoose) = mention(node)
        term.multiply(by: text, isLoose: isLoose, isTransposed: true, fromLeft: false)
      } else {
        sum(from: shape(node), to: shape(way.source), &term)
      }
    case .determinant, .logDeterminant:
      if full.nodes[node].arrayOperation == .determinant {
        let (text, isLoose) = mention(node)
        if shape(node).isEmpty { term.scale(text) } else { term.multiply(text, isLoose: isLoose) }
      }
      term.multiply(invertedTransposed(way.source), isLoose: false)
    case .reduce(let reduction, let axes, _): reduce(way, reduction, axes, &term)
    case .broadcast: sum(from: shape(node), to: shape(way.source), &term)
    case .reshape: term.describe(words.reshaped(NumberArray.text(shape(way.source))))
    case .select(let subscripts): term.describe(words.into(subscripts.text(most: 12)))
    case .replace(let subscripts):
      if way.operand == 0 {
        term.describe(words.outside(subscripts.text(most: 12)))
      } else {
        term.replace(
          "\(term.whole.text)[\(subscripts.text(most: 12))]", isPhrase: false, isLoose: false)
      }
    case .concatenate, .stack:
      term.describe(words.part(way.operand + 1), before: words.partOf(way.operand + 1))
    case .softmax(let axis):
      let ((own, isLoose), value) = (term.whole, mention(node).text)
      let inside: MathText = isLoose ? "(\(own))" : own
      term.replace(
        "\(value) ⊙ (\(own) − \(sumSign(axis, of: node)) \(value) ⊙ \(inside))",
        isPhrase: false)
    case .logSoftmax(let axis):
      let (own, isLoose) = term.writtenOut.whole
      let inside: MathText = isLoose ? "(\(own))" : own
      term.replace(
        "\(own) − exp(\(mention(node).text)) ⊙ \(sumSign(axis, of: node)) \(inside)")
    case .contract:
      let others = operands.enumerated().filter { $0.offset != way.operand }
      let list = [term.writtenOut.whole.text] + others.map { mention($0.element).text }
      term.replace("einsum(\(list.joined(separator: ", ")))", isPhrase: false, isLoose: false)
    case .convolve:
      let own = term.writtenOut.whole.text
      term.replace(
        way.operand == 0
          ? "\(own) * rot180(\(mention(operands[1]).text))"
          : "\(mention(operands[0]).text) * \(own)")
    case .cumulativeSum, .rearrange, .pad, .pool, .scatter:
      term.describe(words.backThrough(full.nodes[node].operation))
    }
  }

  /// An operation of another tool, of which its map alone is known.
  private func foreign(_ way: Trace.Edge, _ operands: [Int], _ term: inout EdgeTerm) {
    switch way.map {
    case .left, .right:
      if operands.count == 2 { return matrixProduct(way, operands, &term) }
    case .elementwise:
      let partial = reading.options.notation.partial(
        mention(way.target).text, mention(way.source).text)
      term.multiply(partial, isLoose: false)
      sum(from: shape(way.target), to: shape(way.source), &term)
      return
    default: break
    }
    fused(way, operands, &term)
  }

  /// The axes along which an operand of a shape was broadcast.
  static func grown(from small: [Int], to large: [Int]) -> [Int] {
    let missing = large.count - small.count
    return large.indices.filter { axis in
      axis < missing || small[axis - missing] == 1 && large[axis] > 1
    }
  }

  /// The sum over the axes along which an operand was broadcast.
  func sum(from large: [Int], to small: [Int], _ term: inout EdgeTerm) {
    let axes = Self.grown(from: small, to: large)
    guard !axes.isEmpty, large.reduce(1, *) > small.reduce(1, *) else { return }
    term.sum(
      small.reduce(1, *) == 1 ? "" : over(axes, of: large),
      count: axes.reduce(1) { $0 * large[$1] }, to: small)
  }

  /// The sign of a sum along an axis that stays: `Σ₁`; a vector has but one.
  func sumSign(_ axis: Int, of node: Int) -> MathText {
    let rank = shape(node).count
    var text: MathText = "Σ"
    if rank > 1 { text.append(String(axis < 0 ? axis + rank : axis), .lowered) }
    return text
  }

  func over(_ axes: [Int], of shape: [Int]) -> String {
    let words = reading.words.arrays
    if shape.count == 2, axes == [0] { return words.overRows }
    if shape.count == 2, axes == [1] { return words.overColumns }
    return words.overAxes(axes.map(String.init).joined(separator: ", "))
  }

  private func matrixProduct(_ way: Trace.Edge, _ operands: [Int], _ term: inout EdgeTerm) {
    let other = operands[1 - way.operand]
    let (isTransposed, node) = untransposed(other)
    let (text, isLoose) = mention(node)
    let ranks = operands.map { shape($0).count }
    if ranks == [1, 1] {
      term.multiply(text, isLoose: isLoose)
      return
    }
    // A vector on the left is a row; the derivative of a vector on the right is a column.
    let flips = way.operand == 0 || ranks[0] > 1 || ranks[1] > 1
    term.multiply(
      by: text, isLoose: isLoose, isTransposed: isTransposed != flips, fromLeft: way.operand == 1)
    let batch = shape(way.target).dropLast(2)
    if !batch.isEmpty, shape(way.source).dropLast(2) != batch {
      sum(from: Array(batch), to: Array(shape(way.source).dropLast(2)), &term)
    }
  }

  /// What a node is the transposed of, if it has no name of its own.
  func untransposed(_ node: Int) -> (isTransposed: Bool, node: Int) {
    var (isTransposed, node) = (false, node)
    while !isNamed(node), case .transpose(nil) = full.nodes[node].arrayOperation,
      shape(node).count == 2
    {
      isTransposed.toggle()
      node = full.operands(of: node)[0]
    }
    return (isTransposed, node)
  }

  /// `A⁻ᵀ`.
  func invertedTransposed(_ node: Int) -> MathText {
    let (text, isLoose) = mention(node)
    var result: MathText = isLoose ? "(\(text))" : text
    result.append("−", .raised)
    result.append("T", .transposed)
    return result
  }

  private func reduce(
    _ way: Trace.Edge, _ reduction: ArrayOperation.Reduction, _ axes: [Int]?,
    _ term: inout EdgeTerm
  ) {
    let (places, over, count) = reduced(axes, shape(way.source))
    guard reduction == .sum || reduction == .mean else {
      let (factor, isLoose) = factor(way, reduction, count)
      return term.multiply(factor, isLoose: isLoose)
    }
    // Of one entry there is nothing to add up.
    if count == 1, !shape(way.target).isEmpty { return }
    if reduction == .mean, count > 1 { term.scale("1/\(count)") }
    term.spread(over, places ?? [], of: shape(way.source))
  }

  /// The axes of a reduction, `nil` for all, what is said behind its sum, and how many entries each sum has.
  func reduced(_ axes: [Int]?, _ small: [Int]) -> (places: [Int]?, over: String, count: Int) {
    let places = axes.map { $0.map { $0 < 0 ? $0 + small.count : $0 }.sorted() }
    let over = places.map { $0.count == small.count ? "" : self.over($0, of: small) } ?? ""
    return (places, over, (places.map { $0.map { small[$0] } } ?? small).reduce(1, *))
  }

  /// What each entry counts for in a reduction of `count` entries that is no plain sum.
  func factor(
    _ way: Trace.Edge, _ reduction: ArrayOperation.Reduction, _ count: Int
  ) -> (text: MathText, isLoose: Bool) {
    let (x, z) = (mention(way.source), mention(way.target))
    let xText: MathText = x.isLoose ? "(\(x.text))" : x.text
    let zText: MathText = z.isLoose ? "(\(z.text))" : z.text
    switch reduction {
    case .sum, .mean: return ("1", false)
    case .max, .min: return ("[\(x.text) = \(z.text)]", false)
    case .product: return ("\(zText)/\(xText)", true)
    case .median: return ("∂\(zText)/∂\(xText)", false)
    case .logSumExp: return ("softmax(\(x.text))", false)
    case .norm(let order) where order == 2: return ("\(xText)/\(zText)", true)
    case .norm(let order) where order == 1: return ("sign(\(x.text))", false)
    case .variance(let correction):
      let divisor = reading.number(Double(count) - correction)
      return ("2/\(divisor)·(\(x.text) − mean(\(x.text)))", false)
    case .standardDeviation(let correction):
      let divisor = reading.number(Double(count) - correction)
      return ("(\(x.text) − mean(\(x.text)))/(\(divisor)·\(zText))", false)
    case .norm: return ("∂\(zText)/∂\(xText)", false)
    }
  }

  // MARK: Names

  private func isNamed(_ node: Int) -> Bool {
    reading.selection.isKept[node] || full.nodes[node].kind == .input
  }

  /// A node by its name, or by its formula where it has none.
  func mention(_ node: Int) -> (text: MathText, isLoose: Bool) {
    if isNamed(node) { return (reading.name(ofOrigin: node), false) }
    let text = reading.formula(ofOrigin: node)
    switch full.nodes[node].kind {
    case .constant: return (text, text.plain.hasPrefix("−"))
    case .input: return (text, false)
    case .operation: break
    }
    switch (full.nodes[node].arrayOperation, full.nodes[node].row?.spelling) {
    case (.matrixProduct?, _): return (text, true)
    case (.some, _), (_, .function?): return (text, false)
    default: return (text, true)
    }
  }
}
