import GradCore

/// The way back through operators of the table, entry by entry.
extension EdgeComposer {
  func elementwise(_ way: Trace.Edge, _ operands: [Int], _ term: inout EdgeTerm) {
    let node = full.nodes[way.target]
    guard let row = node.row else {
      term.multiply("∂", isLoose: false)
      return
    }
    // A letter with a prime is what a course writes for one letter: σ′(Z).
    let isLetter = row.symbol.map { $0.count == 1 && $0.first?.isLetter ?? false } ?? false
    if operands.count == 1, isLetter { return prime(row, operands[0], &term) }
    if node.condition != nil || row.condition != nil {
      term.multiply("[\(node.condition ?? "…")]", isLoose: false)
      return
    }
    guard let formula = RowFormula.partial(of: node.opcode, by: way.operand),
      let factor = factor(formula, row, operands, way.target)
    else {
      if operands.count == 1 { return prime(row, operands[0], &term) }
      term.multiply(chosen(way, row, operands) ?? unwritten(row, way.source), isLoose: false)
      return
    }
    if factor.text.count > 24, operands.count == 1 { return prime(row, operands[0], &term) }
    if factor.isArray {
      term.multiply(factor.text, isLoose: factor.isLoose, isFull: factor.isFull)
    } else {
      term.scale(factor.text, isSum: factor.isSum)
    }
  }

  /// `[Z > 0]` of the larger one of two operands; `nil` for another operator, and where entries tie.
  private func chosen(_ way: Trace.Edge, _ row: OperatorRow, _ operands: [Int]) -> MathText? {
    guard row.literalsTakeTies, operands.count == 2, !tie(operands, in: shape(way.target)) else {
      return nil
    }
    let opcode = full.nodes[way.target].opcode
    let isLargest = opcode == .max || opcode == .maximum
    let (own, other) = (mention(way.source).text, mention(operands[1 - way.operand]).text)
    return "[\(own) \(isLargest ? ">" : "<") \(other)]"
  }

  /// Whether an entry of two operands is the same; whether of large arrays is not known, so that it may be.
  private func tie(_ operands: [Int], in shape: [Int]) -> Bool {
    let entries = operands.map { node -> [Double] in
      guard let array = full.nodes[node].array else { return [full.nodes[node].value] }
      return array.summary == nil ? array.entries : []
    }
    if entries.contains(where: \.isEmpty) { return true }
    let places = operands.map { GradCore.View(self.shape($0)).broadcast(to: shape).offsets }
    return zip(places[0], places[1]).contains { entries[0][$0] == entries[1][$1] }
  }

  /// `∂maximum/∂(Z + b)`, of a partial that no formula writes for all entries.
  private func unwritten(_ row: OperatorRow, _ source: Int) -> MathText {
    let (text, isLoose) = mention(source)
    return isLoose ? "∂\(row.name)/∂(\(text))" : "∂\(row.name)/∂\(text)"
  }

  /// `⊙ σ′(Z)`.
  private func prime(_ row: OperatorRow, _ operand: Int, _ term: inout EdgeTerm) {
    var name = MathText()
    name.append(unicode: (row.symbol ?? row.name).filter { $0 != "□" })
    let factor: MathText = "\(name)′(\(mention(operand).text))"
    if shape(operand).isEmpty { term.scale(factor) } else { term.multiply(factor, isLoose: false) }
  }

  /// The formula of a partial with the names of the figure; `nil` for one that depends on the entry.
  private func factor(
    _ formula: RowFormula, _ row: OperatorRow, _ operands: [Int], _ target: Int
  ) -> (text: MathText, isLoose: Bool, isSum: Bool, isArray: Bool, isFull: Bool)? {
    if case .choice = formula { return nil }
    let arithmetic = SymbolicArithmetic(tape: Tape())
    var names: [String: Variable] = [:]
    var texts: [Int: (text: MathText, node: Int)] = [:]
    for (name, node) in zip(row.operands.map(\.name) + ["z"], operands + [target]) {
      let number = full.nodes[node]
      if number.kind == .constant, number.array == nil {
        names[name] = arithmetic.constant(number.value)
        continue
      }
      let variable = arithmetic.tape.input(1)
      let (text, isLoose) = mention(node)
      texts[Int(variable.index)] = (isLoose ? "(\(text))" : text, node)
      names[name] = variable
    }
    guard row.operands.count >= operands.count, let result = arithmetic.record(formula, names)
    else {
      return nil
    }
    let trace = arithmetic.tape.trace(of: result)
    let text = trace.mathFormula(of: Int(result.index), in: nil) {
      texts[$0] != nil
    } mention: {
      texts[$0]?.text ?? MathText(trace.nodes[$0].id)
    }
    let shapes = texts.filter { !trace.nodes[$0.key].isUnused }.map { shape($0.value.node) }
    let isArray = shapes.contains { !$0.isEmpty }
    let isSum =
      if case .additive? = trace.nodes[Int(result.index)].row?.spelling { true } else { false }
    return (
      text, isSum || text.plain.hasPrefix("−"), isSum, isArray, shapes.contains(shape(target))
    )
  }
}
