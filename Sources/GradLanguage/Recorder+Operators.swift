import GradBase
import GradCore

extension Recorder {
  /// Applies an operator where it is more than one of numbers.
  ///
  /// - Returns: Whether it was applied; if not, the operands are numbers, and nodes where they are to be.
  mutating func applyDynamic(_ node: SyntaxTree.Node) throws(ProgramError) -> Bool {
    if !node.isChained, try applyOverload(node.kind, node.token) { return true }
    switch node.kind {
    case .call: return false
    case .not: return false
    case .negate:
      if let x = operands.last, isArray(x) {
        operands.removeLast()
        operands.append(try apply(Operators.Negate.self, [x], node.token))
        return true
      }
      try takeNumbers(last: 1, node)
      return false
    default: break
    }
    let y = operands[operands.count - 1]
    let x = operands[operands.count - 2]
    if isArray(x) || isArray(y), !node.isChained, !node.kind.isOfObjects,
      let result = try combineArrays(node.kind, x, y, node.token)
    {
      operands.removeLast(2)
      operands.append(result)
      return true
    }
    if isNothing(x) || isNothing(y), !node.kind.isOfObjects {
      operands.removeLast(2)
      operands.append(isNothing(x) ? x : y)
      return true
    }
    if node.kind.isComparison { return try compare(node, x, y) }
    if object(x) != nil || object(y) != nil {
      operands.removeLast(2)
      operands.append(try combine(node, x, y))
      return true
    }
    switch node.kind {
    case .floorDivide, .modulo:
      operands.removeLast(2)
      operands.append(
        .number(try remainder(node, x, y), type(of: x).joined(type(of: y))))
      return true
    case .divide:
      try checkDivisor(y, node.token)
      try takeNumbers(last: 2, node)
      return false
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight:
      let (a, b) = (number(x), number(y))
      // Outside of Python's own files `|y|` is an absolute value, at a place where a sign is missing.
      guard let first = Int(exactly: a), let second = Int(exactly: b),
        program.source.isPython || isMask(x) && isMask(y)
      else { throw noBits(node.kind, node.token) }
      try checkExact(max(a.magnitude, b.magnitude), node)
      operands.removeLast(2)
      operands.append(
        .number(
          Double(Self.bits(node.kind, first, second)), isMask(x) && isMask(y) ? .truth : .whole))
      return true
    case .matrixMultiply:
      throw failure(
        .arrays, "'@' multiplies arrays, not \(described(x)) and \(described(y))", node.token,
        help: "'*' multiplies numbers")
    default:
      try takeNumbers(last: 2, node)
      return false
    }
  }

  /// Whether a value is an array without entries, of which operators make another.
  private func isNothing(_ value: Operand) -> Bool {
    (object(value) as? ListObject)?.kind == .nothing
  }

  /// What an operator makes of the bits of whole numbers.
  static func bits(_ kind: SyntaxTree.Kind, _ x: Int, _ y: Int) -> Int {
    switch kind {
    case .bitAnd: x & y
    case .bitOr: x | y
    case .bitXor: x ^ y
    case .shiftLeft: x << y
    default: x >> y
    }
  }

  /// What an operator makes of sets, and of dictionaries; `nil` where it makes nothing.
  private mutating func combineSets(
    _ kind: SyntaxTree.Kind, _ x: Object?, _ y: Object?, _ token: Int32
  ) throws(ProgramError) -> Operand? {
    if kind == .bitOr, let x = x as? DictionaryObject, let y = y as? DictionaryObject {
      let result = x.copy()
      for key in y.keys { result[key] = y[key] }
      return make(result)
    }
    guard let x = x as? ListObject, let y = y as? ListObject, x.kind == .set, y.kind == .set else {
      return nil
    }
    let result = ListObject([], kind: .set)
    for item in x.items {
      let isInBoth = try place(of: item, in: y, token) != nil
      if kind == .bitOr || isInBoth == (kind == .bitAnd) { try add(item, to: result, token) }
    }
    for item in kind == .bitOr || kind == .bitXor ? y.items : []
    where try place(of: item, in: x, token) == nil { try add(item, to: result, token) }
    return [.bitOr, .bitAnd, .bitXor, .subtract].contains(kind) ? make(result) : nil
  }

  /// Makes nodes of the last operands, which are to be numbers, unless all are plain numbers.
  mutating func takeNumbers(
    last count: Int, _ node: SyntaxTree.Node, except condition: Int = -1
  ) throws(ProgramError) {
    let first = operands.count - count
    for position in 0..<count where position != condition {
      let place = first + position
      switch operands[place] {
      case .node: break
      case .object where isArray(operands[place]): break
      case .number(let value, let type):
        if numeric == 0 { operands[place] = .node(try constant(value, type, node.token)) }
      case .none:
        throw failure(
          .wrongType, "\(operation(node)) takes numbers, not None", node.token,
          help: "a function without 'return' gives None")
      case .object(let object):
        if let text = heap[Int(object)] as? TextObject, node.kind == .call,
          let value = textNumber("'\(text.text)'")
        {
          operands[place] = .number(value)
          if numeric == 0 { operands[place] = .node(try constant(value, .unsaid, node.token)) }
          continue
        }
        throw failure(
          .wrongType, "\(operation(node)) takes numbers, not \(heap[Int(object)].description)",
          node.token, help: listHelp(heap[Int(object)], node))
      }
    }
  }

  private func operation(_ node: SyntaxTree.Node) -> String {
    quoted(program.text(of: node.token))
  }

  private func listHelp(_ object: Object, _ node: SyntaxTree.Node) -> String? {
    guard let list = object as? ListObject else { return nil }
    if list.isTuple, let help = program.decimalCommaHelp { return help }
    return node.kind == .call
      ? "apply it to each: [\(program.text(of: node.token).prefix(20))(v) for v in …]"
      : "lists are computed with one by one: [a + b for a, b in zip(…, …)]"
  }

  /// A plain number as a node.
  mutating func constant(
    _ value: Double, _ type: NumberType, _ token: Int32
  ) throws(ProgramError) -> UInt32 {
    try grow(token)
    let node = note(tape.constant(value), token)
    note(type, of: node)
    spellings[node] = shortestText(value)
    return node
  }

  /// `x // y` or `x % y` of whole numbers, as Python rounds.
  private func remainder(
    _ node: SyntaxTree.Node, _ x: Operand, _ y: Operand
  ) throws(ProgramError) -> Double {
    guard case .none = x else {
      guard case .none = y else {
        let (a, b) = (number(x), number(y))
        guard isConstant(x) && isConstant(y) || a == a.rounded() && b == b.rounded() else {
          throw failure(
            .unsupportedOperator, "\(operation(node)) of what is no whole number is not supported",
            node.token, help: "it has no derivative where it jumps; '/' divides")
        }
        if b == 0 { throw dividedByZero("\(operation(node)) by 0", node.token) }
        if a == a.rounded(), a.isFinite { try checkExact(a, node) }
        let division = PythonDivision(a, by: b)
        return node.kind == .floorDivide ? division.quotient : division.rest
      }
      throw failure(.wrongType, "\(operation(node)) takes numbers, not None", node.token)
    }
    throw failure(.wrongType, "\(operation(node)) takes numbers, not None", node.token)
  }

  /// Whether a number is not computed from any input.
  func isConstant(_ value: Operand) -> Bool {
    if case .node(let node) = value { return tape.opcode(Int(node)) == .constant }
    return isPlain(value)
  }

  /// Refuses what asks for the last digits of a whole number that is too large to have them here.
  private func checkExact(_ number: Double, _ node: SyntaxTree.Node) throws(ProgramError) {
    if number.magnitude < PythonDivision.inexact { return }
    throw failure(
      .wrongType,
      "\(operation(node)) of a whole number from 2⁵³ on, which is not kept exactly here",
      node.token, help: "write the number that it gives")
  }

  /// What `+`, `*` or `%` make of lists and texts.
  private mutating func combine(
    _ node: SyntaxTree.Node, _ x: Operand, _ y: Operand
  ) throws(ProgramError) -> Operand {
    let (first, second) = (object(x), object(y))
    if let result = try combineSets(node.kind, first, second, node.token) { return result }
    switch node.kind {
    case .add:
      if let a = first as? ListObject, let b = second as? ListObject, a.isTuple == b.isTuple {
        return make(ListObject(a.items + b.items, isTuple: a.isTuple))
      }
      if let a = first as? TextObject, let b = second as? TextObject {
        return make(TextObject(a.text + b.text))
      }
    case .multiply:
      if let text = ((first ?? second) as? TextObject)?.text, first == nil || second == nil {
        let count = max(0, try whole(first == nil ? x : y, node.token))
        guard text.count.multipliedReportingOverflow(by: count).partialValue <= statementLimit
        else { throw failure(.tooManyStatements, "the text is too long", node.token) }
        return make(TextObject(String(repeating: text, count: count)))
      }
      if let list = (first ?? second) as? ListObject, first == nil || second == nil {
        let count = max(0, try whole(first == nil ? x : y, node.token))
        let (total, overflow) = count.multipliedReportingOverflow(by: list.items.count)
        guard !overflow, total <= statementLimit else {
          throw failure(.tooManyStatements, "the list is too long", node.token)
        }
        return make(
          ListObject(
            Array([[Operand]](repeating: list.items, count: count).joined()), isTuple: list.isTuple)
        )
      }
    case .modulo where first is TextObject:
      return make(TextObject(percent((first as? TextObject)?.text ?? "", y)))
    case .matrixMultiply:
      throw failure(
        .arrays, "'@' multiplies arrays, not \(described(x)) and \(described(y))", node.token,
        help: "make arrays of them: np.array(…)")
    default: break
    }
    let object = first ?? second
    throw failure(
      .wrongType,
      "\(operation(node)) of \(described(x)) and \(described(y)) is not supported", node.token,
      help: object.flatMap { listHelp($0, node) })
  }

  // MARK: Comparisons

  private mutating func compare(
    _ node: SyntaxTree.Node, _ x: Operand, _ y: Operand
  ) throws(ProgramError) -> Bool {
    let isOfObjects = object(x) != nil || object(y) != nil || isNone(x) || isNone(y)
    var holds: Bool
    switch node.kind {
    case .contained: holds = try contains(y, x, node.token)
    case .notContained: holds = try !contains(y, x, node.token)
    case .identical: holds = isSame(x, y)
    case .notIdentical: holds = !isSame(x, y)
    case .equal where isOfObjects: holds = try isEqual(x, y, node.token)
    case .notEqual where isOfObjects: holds = try !isEqual(x, y, node.token)
    case _ where isOfObjects:
      guard let order = order(x, y) else {
        throw failure(
          .wrongType,
          "\(operation(node)) compares numbers, not \(described(x)) and \(described(y))", node.token
        )
      }
      holds =
        switch node.kind {
        case .less: order < 0
        case .lessEqual: order <= 0
        case .greater: order > 0
        default: order >= 0
        }
    default: return false
    }
    operands.removeLast(2)
    if node.isChained { holds = number(operands.removeLast()) != 0 && holds }
    operands.append(.truth(holds))
    return true
  }

  private func isNone(_ value: Operand) -> Bool { if case .none = value { true } else { false } }

  private func isSame(_ x: Operand, _ y: Operand) -> Bool {
    switch (x, y) {
    case (.none, .none): true
    case (.object(let a), .object(let b)):
      heap[Int(a)] === heap[Int(b)]
        || (heap[Int(a)] as? WordObject).map { word in
          (heap[Int(b)] as? WordObject)?.name == word.name
        } ?? false
    case (.node(let a), .node(let b)): a == b
    case (.number(let a, _), .number(let b, _)): a == b
    default: false
    }
  }

  /// Whether two values are equal; lists are so if their items are.
  func isEqual(_ x: Operand, _ y: Operand, _ token: Int32) throws(ProgramError) -> Bool {
    var pending = [(x, y)]
    var steps = 0
    while let (x, y) = pending.popLast() {
      steps += 1
      if steps > 1_000_000 {
        throw failure(
          .holdsItself, "the lists are too long to be compared, or hold themselves", token)
      }
      switch (x, y) {
      case _ where isArray(x) || isArray(y):
        guard let a = numbers(of: x), let b = numbers(of: y), a == b else { return false }
      case (.none, .none): continue
      case (.node, .node), (.node, .number), (.number, .node), (.number, .number):
        if number(x) != number(y) { return false }
      case (.object(let a), .object(let b)):
        switch (heap[Int(a)], heap[Int(b)]) {
        case (let a as TextObject, let b as TextObject): if a.text != b.text { return false }
        case (let a as ListObject, let b as ListObject):
          if a.items.count != b.items.count || a.isTuple != b.isTuple { return false }
          pending += zip(a.items, b.items)
        case (let a as WordObject, let b as WordObject): if a.name != b.name { return false }
        case (let a, let b): if a !== b, !areSameType(a, b) { return false }
        }
      default: return false
      }
    }
    return true
  }

  private mutating func contains(
    _ container: Operand, _ value: Operand, _ token: Int32
  ) throws(ProgramError) -> Bool {
    if let dictionary = object(container) as? DictionaryObject {
      return dictionary[try key(value, token)] != nil
    }
    if let text = object(container) as? TextObject {
      guard let part = object(value) as? TextObject else { return false }
      return part.text.isEmpty || text.text.contains(part.text)
    }
    for item in try allItems(of: container, token) where try isEqual(item, value, token) {
      return true
    }
    return false
  }
}
