import GradCore

extension Trace {
  /// A node of arrays as a course writes it: `W X`, `wᵀ`, `A ⊙ B`; `nil` for what is written as numbers
  /// are.
  func arrayTemplate(of index: Int) -> Formula.Template? {
    let operation = nodes[index].arrayOperation
    if operation == nil, nodes[index].opcode != .multiply { return nil }
    let operands = operands(of: index)
    switch operation {
    case .matrixProduct:
      return Formula.Template(
        .multiplicative,
        [
          .node(operands[0], least: .multiplicative),
          // Of two vectors it is a number.
          .text(operands.allSatisfy { nodes[$0].shape.count == 1 } ? " · " : " "),
          .node(operands[1], least: .power),
        ])
    case .transpose(nil):
      return Formula.Template(.atom, [.node(operands[0], least: .atom), .text("ᵀ")])
    case .softmax(let axis) where axis == -1 || axis == nodes[index].shape.count - 1:
      return .call("softmax", operands)
    case .logSoftmax(let axis) where axis == -1 || axis == nodes[index].shape.count - 1:
      return .call("log_softmax", operands)
    case .reduce(let reduction, let axes?, keepsAxes: false)
    where axes.count == nodes[operands[0]].shape.count:
      // Over all axes, which goes without saying.
      return .call(reduction.name, operands)
    case let operation?: return operation.programTemplate(operands).withSigns
    case nil:
      guard nodes[index].opcode == .multiply, operands.allSatisfy({ nodes[$0].array != nil }) else {
        return nil
      }
      return Formula.Template(
        .multiplicative,
        [
          .node(operands[0], least: .multiplicative), .text(" ⊙ "),
          .node(operands[1], least: .power),
        ])
    }
  }

  /// The sign of an operation on arrays, as a gate bears it.
  func arrayGate(of index: Int) -> MathText? {
    var text = MathText()
    switch nodes[index].arrayOperation {
    case nil:
      guard nodes[index].opcode == .multiply,
        operands(of: index).allSatisfy({ nodes[$0].array != nil })
      else { return nil }
      text.append("⊙")
    case .matrixProduct: text.append("@")
    case .transpose(nil): text.append(unicode: "xᵀ")
    case .reduce(.sum, _, _): text.append("Σ")
    case .select(let subscripts): text.append("[\(subscripts.text(most: 12))]")
    case let operation?: text.append(operation.name)
    }
    return text
  }
}

extension Formula.Template {
  /// The same with the minus sign of mathematics.
  fileprivate var withSigns: Formula.Template {
    var template = self
    template.pieces = pieces.map { piece in
      guard case .text(let text) = piece else { return piece }
      return .text(String(text.map { $0 == "-" ? "−" : $0 }))
    }
    return template
  }
}
