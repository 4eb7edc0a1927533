public import GradCore

/// Formulas set as mathematics: `3·v`, `σ(z)`, `x²`.
extension Trace {
  /// The formula of node `index` down to the nodes for which `isNamed` holds.
  ///
  /// - Parameters:
  ///   - index: The node whose right-hand side is written.
  ///   - scope: The call in whose body the reader is; other calls are written as calls.
  ///   - dot: The sign of multiplication.
  ///   - isNamed: Which other nodes are mentioned by their name rather than by their formula.
  ///   - mention: How a node is mentioned.
  /// - Returns: The formula.
  public func mathFormula(
    of index: Int, in scope: Int?, dot: String = "·", downTo isNamed: (Int) -> Bool,
    mention: (Int) -> MathText
  ) -> MathText {
    var text = MathText()
    // Powers within powers, which are written on one level: `x` to the `w²`, `x` to the `w^(a + 1)`.
    var exponents: [MathText] = []
    Formula.write(index) { node in
      if node != index, isNamed(node) { return .mention(node, mention(node)) }
      switch nodes[node].kind {
      case .constant:
        if let array = nodes[node].array {
          return .atom(array.count > 6 ? "[\(array.shapeText)]" : nodes[node].expression)
        }
        return .number(MathLiteral.text(nodes[node]))
      case .input: return .mention(node, mention(node))
      case .operation:
        return callTemplate(of: node, outside: scope)
          ?? arrayTemplate(of: node)
          ?? nodes[node].row?.mathTemplate(operands(of: node), condition: nodes[node].condition) {
            isNamed($0) || nodes[$0].kind != .operation
          }
          ?? foreignTemplate(of: node, isWhole: node == index)
      }
    } to: { piece in
      switch piece {
      case .text(let sign):
        let part = sign == "·" ? dot : sign
        if exponents.isEmpty {
          text.append(unicode: part)
        } else {
          exponents[exponents.count - 1].append(part)
        }
      case .mention(let node, let least):
        let mention = mention(node).beginning(NumberSlot.Form(operandOf: least))
        if exponents.isEmpty {
          text.append(mention)
        } else {
          exponents[exponents.count - 1].append(mention)
        }
      case .beginRaised: exponents.append(MathText())
      case .endRaised:
        guard let exponent = exponents.popLast() else { return }
        if exponents.isEmpty {
          text.append(exponent, isRaised: true)
        } else {
          exponents[exponents.count - 1].append(exponent.asRaisedLetters)
        }
      case .node: break
      }
    }
    return text
  }
}

extension Formula.Template {
  /// A name, or a number in its place, which has brackets of its own where it needs them.
  fileprivate static func mention(_ node: Int, _ text: MathText) -> Formula.Template {
    let hasSign = !text.beginsWithNumber && text.pieces.first?.text.unicodeScalars.first == "−"
    return Formula.Template(hasSign ? .additive : .atom, [.mention(node)])
  }

  /// A number as it stands, which binds like a prefix if it begins with a sign.
  fileprivate static func number(_ text: String) -> Formula.Template {
    var number = literal(text)
    if number.precedence == .atom, isProduct(text) { number.precedence = .power }
    return number
  }

  /// Whether a number is written with a power of ten, so that its exponent would take another:
  /// `(1.2e−7)²`.
  private static func isProduct(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: "e")) && text.first?.isNumber == true
  }
}

extension Trace {
  /// The formula of an operator that is not in the table: as it is given where that is all, else the
  /// operator with its operands.
  private func foreignTemplate(of index: Int, isWhole: Bool) -> Formula.Template {
    let (node, operands) = (nodes[index], operands(of: index))
    let call = Formula.Template.call(node.operation, operands)
    guard isWhole, !node.expression.hasPrefix("\(node.operation)(") else { return call }
    var pieces: [Formula.Piece] = []
    var rest = node.expression[...]
    while let first = rest.first {
      let word = rest.prefix { $0.isLetter || $0.isNumber || "_@#.".contains($0) }
      let part = word.isEmpty ? rest.prefix(rest.hasPrefix("**") ? 2 : 1) : word
      rest = rest.dropFirst(part.count)
      if let operand = operands.first(where: { mention(of: $0) == part }) {
        pieces.append(.node(operand, least: .lowest))
      } else {
        pieces.append(
          .text(first == "*" && part.count == 1 ? "·" : first == "-" ? "−" : String(part)))
      }
    }
    return Formula.Template(.lowest, pieces)
  }
}

extension NumberSlot.Form {
  /// The form of an operand where it must hold together as much as `least`.
  fileprivate init(operandOf least: Formula.Precedence) {
    self = least <= .additive ? .plain : least < .atom ? .signed : .power
  }
}

/// Constants as a figure writes them: `π`, `−2`.
enum MathLiteral {
  static func text(_ node: Trace.Node) -> String {
    switch node.expression {
    case "pi": "π"
    case "e": "e"
    default: numbers(node.value)
    }
  }

  /// The number that the text is; `nil` for a letter.
  static func printed(_ node: Trace.Node) -> Double? {
    if ["pi", "e"].contains(node.expression) { return nil }
    return NumberText.isWhole(node.value) ? node.value : numbers.shortened(node.value)
  }

  private static let numbers = NumberText(precision: 6)
}

extension OperatorRow {
  /// The operator at `operands`, set as mathematics.
  ///
  /// A quotient is in brackets within a product or another quotient, which would seem to belong to its
  /// denominator: `(1/2)·x²`. Names and numbers stand close to its stroke.
  func mathTemplate(
    _ operands: [Int], condition: String?, isShort: (Int) -> Bool
  ) -> Formula.Template {
    if let condition { return .call(operation, condition: condition, operands) }
    switch spelling {
    case .additive(let sign):
      return Formula.Template(
        .additive,
        [
          .node(operands[0], least: .additive), .text(" \(sign == "-" ? "−" : sign) "),
          .node(operands[1], least: .additiveRight),
        ])
    case .multiplicative("*"):
      return Formula.Template(
        .multiplicative,
        [
          .node(operands[0], least: .multiplicative), .text("·"),
          .node(operands[1], least: .power),
        ])
    case .multiplicative(let sign):
      let isTight = operands.allSatisfy(isShort)
      return Formula.Template(
        .quotient,
        [
          .node(operands[0], least: .multiplicative), .text(isTight ? sign : " \(sign) "),
          .node(operands[1], least: .power),
        ])
    case .prefix:
      return Formula.Template(.prefix, [.text("−"), .node(operands[0], least: .power)])
    case .power:
      return Formula.Template(
        .power,
        [
          .node(operands[0], least: .atom), .beginRaised, .node(operands[1], least: .lowest),
          .endRaised,
        ])
    case .identity: return Formula.Template(.lowest, [.node(operands[0], least: .lowest)])
    case .function: return functionTemplate(operands)
    }
  }

  /// A function by its letter, or by its pattern, in which `□` stands for the operand.
  private func functionTemplate(_ operands: [Int]) -> Formula.Template {
    guard let symbol, let gap = symbol.firstIndex(of: "□") else {
      return .call(symbol ?? name, operands)
    }
    let (before, after) = (symbol[..<gap], symbol[symbol.index(after: gap)...])
    let isEnclosed = !before.isEmpty && !after.isEmpty
    return Formula.Template(
      isEnclosed ? .atom : .power,
      [
        .text(String(before)), .node(operands[0], least: isEnclosed ? .lowest : .atom),
      ] + (after.isEmpty ? [] : [.text(String(after))]),
      isOpen: after.isEmpty)
  }
}
