import GradBase

/// A node's formula in terms of other nodes, written in some notation.
///
/// A notation says how one operator is written (``Template``); the walk that puts templates into
/// each other, and the brackets where precedence wants them, is the same for all notations. The walk
/// keeps its own stack, so that depth does not matter.
package enum Formula {
  /// How strongly a piece of a formula holds together; Python's order.
  package enum Precedence: Int, Sendable, Comparable {
    ///
    /// A quotient that readers must not take for a part of the product around it is one of its own
    /// level; `enclosed` is what only brackets give.
    case lowest, additive, additiveRight, quotient, multiplicative, multiplicativeRight, prefix,
      power, atom, enclosed

    /// Whether `a` holds together less than `b`.
    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// A part of a template.
  package enum Piece: Sendable, Equatable {
    /// Text as it stands.
    case text(String)
    /// The formula of node `index`, in brackets where it holds together less than `least`.
    case node(Int, least: Precedence)
    /// The name of node `index`, for notations that set names as more than text, where it must hold
    /// together as much as `least`.
    case mention(Int, least: Precedence = .lowest)
    /// What follows is raised, until ``endRaised``.
    case beginRaised
    /// The end of what was raised.
    case endRaised
  }

  /// How one node is written in terms of its operands.
  package struct Template: Sendable, Equatable {
    /// How strongly the whole holds together.
    package var precedence: Precedence
    /// The parts from left to right.
    package var pieces: [Piece]
    /// Whether its last operand would seem to go on into what stands close behind it, as under a root
    /// without a bar; the operand is then in brackets: `√(x)·y`.
    package var isOpen: Bool

    /// A template from its parts.
    package init(_ precedence: Precedence, _ pieces: [Piece], isOpen: Bool = false) {
      self.precedence = precedence
      self.pieces = pieces
      self.isOpen = isOpen
    }

    /// A name or a number.
    package static func atom(_ text: String) -> Template { Template(.atom, [.text(text)]) }

    /// A function at operands in brackets, which a `condition` may precede.
    package static func call(
      _ function: String, condition: String? = nil, _ operands: [Int]
    ) -> Template {
      var pieces: [Piece] = [.text(condition.map { "\(function)(\($0), " } ?? "\(function)(")]
      for (position, operand) in operands.enumerated() {
        if position > 0 { pieces.append(.text(", ")) }
        pieces.append(.node(operand, least: .lowest))
      }
      return Template(.atom, pieces + [.text(")")])
    }
  }

  /// Writes the formula of `root`.
  ///
  /// O(length of the result).
  ///
  /// - Parameters:
  ///   - root: The node whose formula is written.
  ///   - template: How a node is written; for `root` itself and for every node that a template names.
  ///   - write: Takes the pieces in order; never a ``Piece/node(_:least:)``.
  package static func write(
    _ root: Int, template: (Int) -> Template, to write: (Piece) -> Void
  ) {
    var stack = [Place(piece: .node(root, least: .lowest), isFollowed: false)]
    while let place = stack.popLast() {
      guard case .node(let index, let least) = place.piece else {
        write(place.piece)
        continue
      }
      let part = template(index)
      let bracketed =
        part.precedence < least || least == .additiveRight && part.beginsWithSign(template)
      if bracketed { stack.append(Place(piece: .text(")"), isFollowed: false)) }
      for (position, piece) in part.pieces.enumerated().reversed() {
        let isLast = position + 1 == part.pieces.count
        let isFollowed =
          isLast ? place.isFollowed && !bracketed : part.pieces[position + 1].staysClose
        var piece = piece
        if isFollowed, part.isOpen, case .node(let operand, _) = piece {
          piece = .node(operand, least: .enclosed)
        }
        if !bracketed, case .mention(let node, _) = piece { piece = .mention(node, least: least) }
        stack.append(Place(piece: piece, isFollowed: isFollowed))
      }
      if bracketed { stack.append(Place(piece: .text("("), isFollowed: false)) }
    }
  }

  /// A piece, and whether another stands close behind it.
  private struct Place {
    var piece: Piece
    var isFollowed: Bool
  }
}

extension Formula.Piece {
  /// Whether it is a sign that binds what stands before it: `·`, `/`.
  fileprivate var staysClose: Bool {
    switch self {
    case .text("·"), .text("/"), .text(" / "): true
    default: false
    }
  }
}

extension Formula.Template {
  /// Whether what it writes begins with a minus sign, which would stand beside another.
  fileprivate func beginsWithSign(_ template: (Int) -> Self) -> Bool {
    var part = self
    while let first = part.pieces.first {
      switch first {
      case .text(let text): return text.unicodeScalars.first == "−"
      case .node(let index, let least):
        let next = template(index)
        if next.precedence < least { return false }
        part = next
      case .mention, .beginRaised, .endRaised: return false
      }
    }
    return false
  }
}

extension Trace {
  /// The operands of node `index`, in order.
  public func operands(of index: Int) -> [Int] { edges(into: index).map(\.source) }

  /// Node `index` as a program writes it, in terms of its operands.
  package func programTemplate(of index: Int) -> Formula.Template {
    if nodes[index].opcode == .foreign {
      return .call(nodes[index].operation, operands(of: index))
    }
    if let operation = nodes[index].arrayOperation {
      return operation.programTemplate(operands(of: index))
    }
    guard let row = nodes[index].row else { return .atom(nodes[index].expression) }
    return row.programTemplate(operands(of: index), condition: nodes[index].condition)
  }

  /// The name under which other formulas mention node `index`: its own, a literal, or its id.
  package func mention(of index: Int) -> String {
    let node = nodes[index]
    let isLiteral = node.kind == .constant && backward?.labels[index] == nil
    return isLiteral ? node.expression : node.name ?? node.id
  }

  /// Node `index` as a program writes it, down to other nodes of a selection.
  package func programFormula(of index: Int, _ selection: Selection) -> String {
    var text = ""
    let scope = selection.scope(of: index, in: self)
    Formula.write(index) { node in
      if node != index, selection.isKept[node] || nodes[node].kind != .operation {
        return .literal(mention(of: node))
      }
      return callTemplate(of: node, outside: scope) ?? programTemplate(of: node)
    } to: { piece in
      if case .text(let part) = piece { text += part }
    }
    return text
  }

  /// The outermost call that returned `node`, written as a call, for a reader in the body of `scope`.
  package func callTemplate(of node: Int, outside scope: Int?) -> Formula.Template? {
    var found: Int?
    var call = nodes[node].call
    while let current = call, current != scope {
      if calls[current].returns(node) { found = current }
      call = calls[current].parent
    }
    return found.map { found in
      var template = Formula.Template.call(calls[found].function, calls[found].arguments)
      if let part = calls[found].parts[node] { template.pieces.append(.text(part)) }
      return template
    }
  }

  /// Writes every operation in terms of its operands, and gives numbers without a spelling one.
  ///
  /// The operands are names and literals, so that the base of a power alone may need brackets.
  ///
  /// - Parameter first: The first node that is written.
  mutating func spellExpressions(from first: Int = 0) {
    var text: [UInt8] = []
    var end = first < nodes.count ? edges(into: first).startIndex : 0
    for index in first..<nodes.count {
      let begin = end
      while end < edges.count, edges[end].target == index { end += 1 }
      if nodes[index].kind != .operation {
        if nodes[index].expression.isEmpty {
          nodes[index].expression =
            nodes[index].array?.programText ?? shortestText(nodes[index].value)
        }
        continue
      }
      text.removeAll(keepingCapacity: true)
      if let operation = nodes[index].arrayOperation {
        // What is mentioned is a name, which no template puts in brackets.
        for piece in operation.programTemplate(edges[begin..<end].map(\.source)).pieces {
          switch piece {
          case .text(let part): write(part, to: &text)
          case .node(let node, _): writeMention(of: node, to: &text)
          default: break
          }
        }
      } else {
        spell(index, begin..<end, into: &text)
      }
      nodes[index].expression = String(decoding: text, as: UTF8.self)
    }
  }

  /// Writes the operation of a node at the operands of its edges.
  func spell(_ index: Int, _ operands: Range<Int>, into text: inout [UInt8]) {
    let (first, opcode) = (operands.lowerBound, nodes[index].opcode)
    switch OperatorRow.spellings[Int(opcode.rawValue)] {
    case .additive(let sign), .multiplicative(let sign):
      writeMention(of: edges[first].source, to: &text)
      text.append(0x20)
      write(sign, to: &text)
      text.append(0x20)
      writeMention(of: edges[first + 1].source, to: &text)
    case .prefix(let sign):
      write(sign, to: &text)
      writeMention(of: edges[first].source, to: &text)
    case .power:
      let base = mention(of: edges[first].source)
      let isSigned = base.hasPrefix("-") || base.hasPrefix("−")
      if isSigned { text.append(UInt8(ascii: "(")) }
      write(base, to: &text)
      if isSigned { text.append(UInt8(ascii: ")")) }
      write(" ** ", to: &text)
      writeMention(of: edges[first + 1].source, to: &text)
    case .identity: writeMention(of: edges[first].source, to: &text)
    case .function, nil:
      // Most have the name of their row, for which the node need not be copied.
      let isOfRow = nodes[index].part == nil && opcode != .foreign
      write(
        isOfRow ? OperatorRow.operations[Int(opcode.rawValue)] : nodes[index].operation, to: &text)
      text.append(UInt8(ascii: "("))
      if let condition = nodes[index].condition {
        write(condition, to: &text)
        write(", ", to: &text)
      }
      for edge in operands {
        if edge > first { write(", ", to: &text) }
        writeMention(of: edges[edge].source, to: &text)
      }
      text.append(UInt8(ascii: ")"))
    }
  }

  private func writeMention(of index: Int, to text: inout [UInt8]) {
    if nodes[index].opcode == .constant, backward?.labels[index] == nil {
      write(nodes[index].expression, to: &text)
    } else {
      write(nodes[index].name ?? nodes[index].id, to: &text)
    }
  }

  private func write(_ part: String, to text: inout [UInt8]) {
    let isDone: Void? = part.utf8.withContiguousStorageIfAvailable { text.append(contentsOf: $0) }
    if isDone == nil { text.append(contentsOf: part.utf8) }
  }
}

extension Formula.Template {
  /// A name or a number, which binds like a prefix if it begins with a sign.
  package static func literal(_ text: String) -> Formula.Template {
    let first = text.unicodeScalars.first
    return Formula.Template(first == "-" || first == "−" ? .prefix : .atom, [.text(text)])
  }
}

extension OperatorRow {
  /// The operator at `operands`, as a program writes it, after its `condition` if it has one.
  package func programTemplate(
    _ operands: [Int], condition: String? = nil
  ) -> Formula.Template {
    switch spelling {
    case .additive(let sign):
      Formula.Template(
        .additive,
        [
          .node(operands[0], least: .additive), .text(" \(sign) "),
          .node(operands[1], least: .additiveRight),
        ])
    case .multiplicative(let sign):
      Formula.Template(
        .multiplicative,
        [
          .node(operands[0], least: .multiplicative), .text(" \(sign) "),
          .node(operands[1], least: .multiplicativeRight),
        ])
    case .prefix(let sign):
      Formula.Template(.prefix, [.text(sign), .node(operands[0], least: .prefix)])
    case .power:
      Formula.Template(
        .power,
        [.node(operands[0], least: .atom), .text(" ** "), .node(operands[1], least: .prefix)])
    case .identity: Formula.Template(.lowest, [.node(operands[0], least: .lowest)])
    case .function: .call(operation, condition: condition, operands)
    }
  }
}
