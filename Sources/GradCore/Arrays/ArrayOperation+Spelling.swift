import GradBase

extension ArrayOperation {
  /// The operation at `operands`, as a program writes it: `W @ X`, `sum(X, axis=0)`, `X[:, 0]`.
  package func programTemplate(_ operands: [Int]) -> Formula.Template {
    switch self {
    case .matrixProduct:
      return Formula.Template(
        .multiplicative,
        [
          .node(operands[0], least: .multiplicative), .text(" @ "),
          .node(operands[1], least: .multiplicativeRight),
        ])
    case .transpose(nil):
      return Formula.Template(.atom, [.node(operands[0], least: .atom), .text(".T")])
    case .select(let subscripts):
      return Formula.Template(
        .atom, [.node(operands[0], least: .atom), .text("[\(subscripts.text(most: 12))]")])
    case .replace(let subscripts):
      return Formula.Template(
        .atom,
        [
          .node(operands[0], least: .atom), .text("[\(subscripts.text(most: 12))] = "),
          .node(operands[1], least: .lowest),
        ])
    case .choose:
      return Formula.Template(
        .atom,
        [
          .text("where(mask, "), .node(operands[0], least: .lowest), .text(", "),
          .node(operands[1], least: .lowest), .text(")"),
        ])
    case .concatenate, .stack:
      var pieces: [Formula.Piece] = [.text("\(name)([")]
      for (position, operand) in operands.enumerated() {
        if position > 0 { pieces.append(.text(", ")) }
        pieces.append(.node(operand, least: .lowest))
      }
      return Formula.Template(.atom, pieces + [.text("]\(arguments))")])
    case .contract:
      var pieces: [Formula.Piece] = [.text("einsum(\(arguments)")]
      for operand in operands { pieces += [.text(", "), .node(operand, least: .lowest)] }
      return Formula.Template(.atom, pieces + [.text(")")])
    default:
      let call = Formula.Template.call(name, operands)
      return Formula.Template(.atom, call.pieces.dropLast() + [.text("\(arguments))")])
    }
  }

  /// What a program writes after the operands, with a comma before it; before them for einsum.
  private var arguments: String {
    switch self {
    case .matrixProduct, .select, .replace, .choose, .transpose(nil), .inverse, .solve,
      .determinant, .logDeterminant:
      return ""
    case .reduce(let reduction, let axes, let keepsAxes):
      var text = ""
      if case .norm(let order) = reduction, order != 2 {
        text += order == 1 ? ", 1" : ", inf"
      }
      if let axes {
        text += ", axis=" + (axes.count == 1 ? "\(axes[0])" : shapeText(axes))
      }
      switch reduction {
      case .variance(let correction) where correction != 0,
        .standardDeviation(let correction) where correction != 0:
        text += ", ddof=\(shortestText(correction))"
      default: break
      }
      return text + (keepsAxes ? ", keepdims=True" : "")
    case .softmax(let axis), .logSoftmax(let axis): return ", axis=\(axis)"
    case .cumulativeSum(let axis): return axis.map { ", axis=\($0)" } ?? ""
    case .reshape(let shape), .broadcast(let shape), .scatter(_, _, _, let shape):
      return ", " + shapeText(shape)
    case .transpose(let order): return ", " + shapeText(order ?? [])
    case .concatenate(let axis), .stack(let axis): return axis == 0 ? "" : ", axis=\(axis)"
    case .rearrange(_, _, _, let arguments): return arguments.isEmpty ? "" : ", " + arguments
    case .pad(let widths):
      return ", [" + widths.map { "(\($0[0]), \($0[1]))" }.joined(separator: ", ") + "]"
    case .contract(let rule): return "\"\(rule.text)\""
    case .convolve(let movement): return movement.arguments
    case .pool(let pooling):
      return ", " + Convolution.text(pooling.window)
        + pooling.movement.arguments(window: pooling.window)
    }
  }
}

extension Convolution {
  fileprivate static func text(_ numbers: [Int]) -> String {
    Set(numbers).count == 1 ? "\(numbers[0])" : shapeText(numbers)
  }

  /// What is other than one place at a time without padding.
  fileprivate var arguments: String {
    (stride.allSatisfy { $0 == 1 } ? "" : ", stride=" + Self.text(stride))
      + (padding.allSatisfy { $0 == 0 } ? "" : ", padding=" + Self.text(padding))
  }

  /// The same for a window, which moves by its own size unless something else is said.
  fileprivate func arguments(window: [Int]) -> String {
    (stride == window ? "" : ", stride=" + Self.text(stride))
      + (padding.allSatisfy { $0 == 0 } ? "" : ", padding=" + Self.text(padding))
  }
}

extension [Subscript] {
  /// The subscripts as a program writes them between the brackets.
  ///
  /// - Parameter most: How many numbers of an integer array are shown, for readers; all by default.
  /// - Returns: The text without the brackets.
  package func text(most: Int = .max) -> String {
    map { part in
      switch part {
      case .index(let number): return "\(number)"
      case .slice(let start, let stop, let step):
        let text = [start, stop].map { $0.map(String.init) ?? "" }.joined(separator: ":")
        return text + (step.map { ":\($0)" } ?? "")
      case .newAxis: return "None"
      case .ellipsis: return "..."
      case .indices(let numbers, let shape):
        if numbers.count > most {
          return "[\(numbers.prefix(most).map(String.init).joined(separator: ", ")), …]"
        }
        return Self.text(numbers[...], shape[...])
      }
    }.joined(separator: ", ")
  }

  /// Whole numbers as nested lists of a shape.
  private static func text(_ numbers: ArraySlice<Int>, _ shape: ArraySlice<Int>) -> String {
    guard let count = shape.first else { return numbers.first.map(String.init) ?? "" }
    let size = numbers.count / count
    let parts = (0..<count).map { index in
      text(numbers.dropFirst(index * size).prefix(size), shape.dropFirst())
    }
    return "[\(parts.joined(separator: ", "))]"
  }
}

extension NumberArray {
  /// The array as a program writes it, in full up to 24 entries: `[[1, 2], [3, 4]]`; else its shape alone.
  package var programText: String {
    if count > 24 || !isWhole { return "array of \(shapeText(shape))" }
    return text(0, 0..<count)
  }

  private func text(_ axis: Int, _ range: Range<Int>) -> String {
    if axis == shape.count { return shortestText(entries[range.lowerBound]) }
    let size = range.count / shape[axis]
    let parts = (0..<shape[axis]).map { index in
      let first = range.lowerBound + index * size
      return text(axis + 1, first..<first + size)
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }
}
