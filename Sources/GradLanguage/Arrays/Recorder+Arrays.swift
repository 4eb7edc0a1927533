import GradBase
import GradCore

/// Where the machine meets arrays: calls, operators, attributes, elements, items, names.
extension Recorder {
  // MARK: Calls

  /// The function on arrays that a call means; `nil` if it means another.
  ///
  /// - Parameters:
  ///   - name: What is called, by the name that the tables have.
  ///   - values: What it is given; what it is called on first.
  /// - Returns: The function.
  func arrayWord(_ name: String, _ values: [Operand]) -> ArrayWord? {
    guard let word = ArrayWord.named(name) else { return nil }
    if word.makesArrays { return word }
    // `sum(xs)` of a list and `max(a, b)` of numbers are Python's own.
    return values.contains(where: isArray) ? word : nil
  }

  /// Calls a function on arrays: its result is the next operand.
  mutating func call(
    _ word: ArrayWord, _ name: String, _ given: [Operand], _ named: [Int32: Operand],
    _ token: Int32, isTorch: Bool, isOfPython: Bool = false
  ) throws(ProgramError) {
    var byName: [String: Operand] = [:]
    for (number, value) in named { byName[program.names[number]] = value }
    let call = ArrayCall(name, given, byName, token, isTorch: isTorch, isOfPython: isOfPython)
    let result = try word.run(&self, call)
    operands.append(plain(result))
  }

  /// Whether a call is one of PyTorch: by the module it names, or as a method of a program that imports
  /// PyTorch.
  func isTorch(_ callee: SyntaxTree.Node) -> Bool {
    if callee.kind == .attribute {
      var base = program.tree.nodes[Int(callee.first)]
      while base.kind == .attribute { base = program.tree.nodes[Int(base.first)] }
      if base.kind == .name {
        let name = program.names[program.tree.importedNames[base.first] ?? base.first]
        if ["torch", "F", "nn"].contains(name) { return true }
        if ["np", "numpy", "jnp", "tf", "jax"].contains(name) { return false }
      }
    }
    return usesTorch
  }

  // MARK: Operators

  /// What an operator makes of arrays, or of lists beside arrays; `nil` if neither side is an array.
  mutating func combineArrays(
    _ kind: SyntaxTree.Kind, _ x: Operand, _ y: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand? {
    guard isArray(x) || isArray(y) || kind == .matrixMultiply else { return nil }
    if let joined = try joinedLists(kind, x, y, token) { return joined }
    let (x, y) = (try arrayed(x, token), try arrayed(y, token))
    switch kind {
    case .matrixMultiply: return try apply(.matrixProduct, [x, y], token)
    case .less: return try mask(x, y, token) { $0 < $1 }
    case .lessEqual: return try mask(x, y, token) { $0 <= $1 }
    case .greater: return try mask(x, y, token) { $0 > $1 }
    case .greaterEqual: return try mask(x, y, token) { $0 >= $1 }
    case .equal: return try mask(x, y, token) { $0 == $1 }
    case .notEqual: return try mask(x, y, token) { $0 != $1 }
    case .floorDivide, .modulo:
      guard isPlain(x), isPlain(y) else {
        throw failure(
          .unsupportedOperator,
          "\(quoted(program.text(of: token))) has no derivative where it jumps",
          token, help: "'/' divides")
      }
      return try mask(x, y, token, wholes: kind == .floorDivide)
    default:
      guard let row = program.arithmeticRow(kind) else { return nil }
      return try apply(row, [x, y], token)
    }
  }

  private mutating func mask(
    _ x: Operand, _ y: Operand, _ token: Int32, wholes: Bool
  ) throws(ProgramError) -> Operand {
    guard let a = numbers(of: x), let b = numbers(of: y)?.number, b != 0 else {
      throw failure(.arrays, "'%' and '//' of arrays are read for a number on the right", token)
    }
    return plain(
      NumberArray(
        a.shape,
        a.entries.map { entry in
          let quotient = (entry / b).rounded(.down)
          return wholes ? quotient : entry - quotient * b
        }))
  }

  /// In Python's own files, `+` and `*` join and repeat what was written as a list.
  private mutating func joinedLists(
    _ kind: SyntaxTree.Kind, _ x: Operand, _ y: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand? {
    guard program.source.isPython else { return nil }
    func isList(_ value: Operand) -> Bool {
      if case .node(let node) = value { return listNodes.contains(node) }
      return object(value) is ListObject
    }
    let result: Operand
    if kind == .add, isList(x), isList(y) {
      let (a, b) = (try arrayed(x, token), try arrayed(y, token))
      result = try apply(.concatenate(axis: 0), [a, b], token)
    } else if kind == .multiply, isList(x) != isList(y), case .number = isList(x) ? y : x {
      let count = try whole(isList(x) ? y : x, token)
      guard count > 0 else { throw failure(.arrays, "a list times \(count) is empty", token) }
      let list = isList(x) ? x : y
      result = try apply(
        .concatenate(axis: 0), [Operand](repeating: list, count: count), token)
    } else {
      return nil
    }
    if case .node(let node) = result { listNodes.insert(node) }
    return result
  }

  // MARK: Attributes

  /// What an array has under a name; `nil` for what only a method is.
  mutating func arrayAttribute(
    _ name: String, of owner: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand? {
    guard let shape = shape(of: owner) else { return nil }
    switch name {
    case "T" where shape.isEmpty: return owner
    case "T": return try apply(.transpose(nil), [owner], token)
    case "mT":
      guard shape.count >= 2 else { throw failure(.arrays, "'.mT' is of a matrix", token) }
      var order = Array(shape.indices)
      order.swapAt(shape.count - 1, shape.count - 2)
      return try apply(.transpose(order == [1, 0] ? nil : order), [owner], token)
    case "shape":
      return make(ListObject(shape.map { .number(Double($0)) }, isTuple: true))
    case "size" where !usesTorch: return .number(Double(shape.reduce(1, *)))
    case "ndim": return .number(Double(shape.count))
    default: return nil
    }
  }

  // MARK: Elements

  /// The entries of an array that indices choose.
  mutating func arrayElement(
    _ indices: [Operand], of owner: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand {
    let subscripts = try subscripts(indices, shape(of: owner) ?? [], token)
    if subscripts.count == 1, case .index(let number) = subscripts[0], case .node(let node) = owner
    {
      // A loop reads the same part again and again.
      let key = ArrayPart(node: node, index: number)
      if let known = parts[key] { return .node(known) }
      let part = try apply(.select(subscripts), [owner], token)
      if case .node(let result) = part { parts[key] = result }
      return part
    }
    return try apply(.select(subscripts), [owner], token)
  }

  /// A part of the first axis of a node.
  struct ArrayPart: Hashable {
    var node: UInt32
    var index: Int
  }

  /// An array with a value in the places that indices choose.
  mutating func replacing(
    _ indices: [Operand], of owner: Operand, with value: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand {
    let subscripts = try subscripts(indices, shape(of: owner) ?? [], token)
    return try apply(.replace(subscripts), [owner, try arrayed(value, token)], token)
  }

  /// Indices as subscripts; a mask stands for the places where it holds.
  private mutating func subscripts(
    _ indices: [Operand], _ shape: [Int], _ token: Int32
  ) throws(ProgramError) -> [ArrayOperation.Subscript] {
    var result: [ArrayOperation.Subscript] = []
    var axis = 0
    for index in indices {
      switch index {
      case .none: result.append(.newAxis)
      case .number,
        .node where !isArray(index):
        result.append(.index(try whole(index, token)))
        axis += 1
      case .node, .object:
        switch object(index) {
        case let slice as SliceObject:
          result.append(.slice(slice.parts[0], slice.parts[1], slice.parts[2]))
          axis += 1
        case let text as TextObject where text.text == "...":
          let rest = indices.count { !$0.isNone } - 1
          axis = max(shape.count - (rest - axis), axis)
          result.append(.ellipsis)
        default:
          let array = try arrayed(index, token)
          guard let numbers = numbers(of: array) else { continue }
          if (object(array) as? ArrayObject)?.isMask == true, isMask(numbers, shape, axis) {
            for places in try places(of: numbers, token) {
              result.append(.indices(places, shape: [places.count]))
            }
            axis += numbers.shape.count
          } else {
            var whole: [Int] = []
            for number in numbers.entries { whole.append(try self.whole(.number(number), token)) }
            result.append(.indices(whole, shape: numbers.shape))
            axis += 1
          }
        }
      }
    }
    return result
  }

  private func isMask(_ numbers: NumberArray, _ shape: [Int], _ axis: Int) -> Bool {
    let end = axis + numbers.shape.count
    return !numbers.shape.isEmpty && end <= shape.count && Array(shape[axis..<end]) == numbers.shape
  }

  /// The indices of each axis at which a mask holds.
  private func places(of mask: NumberArray, _ token: Int32) throws(ProgramError) -> [[Int]] {
    let entries = mask.entries.indices.filter { mask.entries[$0] != 0 }
    guard !entries.isEmpty else {
      throw failure(.arrays, "the mask holds nowhere, so that nothing is chosen", token)
    }
    return mask.shape.indices.map { axis in
      let step = mask.shape[(axis + 1)...].reduce(1, *)
      return entries.map { $0 / step % mask.shape[axis] }
    }
  }

  // MARK: Items

  /// The parts of an array along its first axis, which a loop goes through.
  mutating func arrayItems(_ owner: Operand, _ token: Int32) throws(ProgramError) -> [Operand] {
    guard let count = shape(of: owner)?.first else {
      throw failure(.wrongType, "a number has no items to go through", token)
    }
    var items: [Operand] = []
    for index in 0..<count {
      items.append(plain(try arrayElement([.number(Double(index))], of: owner, token)))
    }
    return items
  }

  // MARK: Names

  /// The input that an array becomes which a program writes or draws at random, or a list of numbers; `nil`
  /// for other values.
  mutating func declaredArray(
    _ value: Operand, _ plain: Plainness, _ target: SyntaxTree.Target,
    _ expression: SyntaxTree.Expression
  ) throws(ProgramError) -> UInt32? {
    var array: NumberArray?
    var isList = false
    switch object(value) {
    case let plain as ArrayObject: array = plain.array
    case let list as ListObject where plain == .data && !list.isTuple:
      if target.node < 0, listNames.contains(target.name) { return nil }
      guard isRectangular(list) else {
        // Python has lists of lists of any lengths; here they are matrices.
        if !program.source.isPython, list.items.contains(where: { object($0) is ListObject }) {
          _ = try arrayed(list, depth: 0, shortRow(expression.root))
        }
        return nil
      }
      isList = true
      let made = try arrayed(value, program.tree.nodes[Int(expression.root)].token)
      array = numbers(of: made)
    default: break
    }
    guard var array else { return nil }
    try grow(target.token)
    var spelling = program.spelling(of: expression.root)
    if spelling.contains("[") || spelling.utf8.count > 200 { spelling = array.programText }
    if target.node < 0, frames.count == 1, let setting = settings[program.names[target.name]] {
      (array, spelling) = (setting.array ?? NumberArray(setting.value), setting.spelling)
    }
    if let inputValues, inputs.count < inputValues.count {
      let given = inputValues[inputs.count]
      if given != array { (array, spelling) = (given, given.programText) }
    }
    inputs.append(UInt32(tape.nodeCount))
    let node = note(tape.input(array), target.token)
    spellings[node] = spelling
    writtenWith[Int(node)] = program.tree.nodes[Int(expression.root)].token
    if isList { listNodes.insert(node) }
    return node
  }

  /// Where the first row of a list stands that is not as long as those before it.
  private func shortRow(_ root: Int32) -> Int32 {
    let rows = program.tree.children(of: root)
    let first = rows.first.map { program.tree.children(of: $0).count }
    let short = rows.first { program.tree.children(of: $0).count != first }
    return program.tree.nodes[Int(short ?? root)].token
  }

  /// Whether a list holds numbers alone, in rows of one length; a list in this language that does not is
  /// an error of its own when it is used.
  private func isRectangular(_ list: ListObject) -> Bool {
    guard !list.items.isEmpty else { return false }
    var shapes: Set<[Int]> = []
    for item in list.items {
      switch item {
      case .number: shapes.insert([])
      case .object(let number):
        guard let inner = heap[Int(number)] as? ListObject, !inner.isTuple, isRectangular(inner)
        else { return false }
        var shape: [Int] = []
        var next: ListObject? = inner
        while let row = next {
          shape.append(row.items.count)
          next = row.items.first.flatMap { object($0) as? ListObject }
        }
        shapes.insert(shape)
      default: return false
      }
    }
    return shapes.count == 1
  }

  /// Gives entries of an array other values: the name then stands for a new version of it.
  mutating func setEntries(
    _ indices: [Operand], of owner: Operand, _ ownerNode: Int32, to value: Operand, _ token: Int32
  ) throws(ProgramError) {
    let syntax = program.tree.nodes[Int(ownerNode)]
    guard syntax.kind == .name, case .node(let old) = owner else {
      throw failure(
        .arrays, "entries are given values through the name of an array alone", token,
        help: "give the array a name first: x = …; x[0] = …")
    }
    if autograd.parameters.contains(old) {
      throw failure(
        .arrays,
        "\(quoted(program.names[syntax.first])) needs a gradient and cannot be changed in place",
        token, help: "change a copy: y = \(program.names[syntax.first]).clone()")
    }
    if let other = otherName(of: old, than: syntax.first) {
      throw failure(
        .arrays,
        "\(quoted(other)) shares the entries of \(quoted(program.names[syntax.first])), and would change too",
        token, help: "change a copy, or change it before \(quoted(other)) is made")
    }
    let result = try replacing(indices, of: owner, with: value, token)
    guard case .node(let node) = result else { return set(syntax.first, result) }
    names[node] = program.names[syntax.first]
    if callOfNode[Int(node)] != frames[frames.count - 1].call {
      scopes[node] = Int(frames[frames.count - 1].call)
    }
    set(syntax.first, .node(node))
    if frames.count == 1 { lastTarget = node }
  }

  /// Another name of an array or of a view of it.
  private func otherName(of node: UInt32, than name: Int32) -> String? {
    for (number, binding) in globals.enumerated() where Int32(number) != name {
      guard case .value(.node(let other))? = binding, tape.node(Int(other)).isArray else {
        continue
      }
      var origin = Int(other)
      while origin > Int(node), isView(origin) {
        origin = tape.edge(tape.edges(into: origin).lowerBound).source
      }
      if origin == Int(node) { return program.names[Int32(number)] }
    }
    return nil
  }

  private func isView(_ node: Int) -> Bool {
    if tape.opcode(node) == .identity { return true }
    return tape.isView(node)
  }

  // MARK: Calls of operators

  /// Applies an operator of the table whose operands are arrays.
  ///
  /// - Returns: Whether any is an array; if not, nothing was done.
  mutating func applyToArrays(
    _ resolution: Resolution, _ given: any Operator.Type, _ node: SyntaxTree.Node
  ) throws(ProgramError) -> Bool {
    let written = Array(operands.suffix(resolution.written.count))
    guard written.contains(where: isArray) else { return false }
    operands.removeLast(written.count)
    var row = given
    var values: [Operand] = []
    for (position, argument) in resolution.order.enumerated() {
      if argument >= 0 {
        values.append(try arrayed(written[argument], node.token))
      } else {
        values.append(.number(row.row.operands[position].fallback ?? .nan))
      }
    }
    if resolution.condition >= 0 {
      let condition = written[resolution.condition]
      if let mask = numbers(of: condition), isArray(condition) {
        operands.append(try apply(.choose(mask: mask), values, node.token))
        return true
      }
      if number(condition) == 0 { row = OperatorRow.whenNot(row) }
    }
    let result = try apply(row, values, node.token)
    operands.append(result)
    if resolution.condition >= 0, case .node(let recorded) = result {
      noteDecision(
        resolution.written[resolution.condition], row.row.condition == true, node: recorded)
      conditions[recorded] = decisions.last?.condition
    }
    return true
  }

  /// Whether a method of a number or an array is one of arrays.
  func isArrayMethod(_ name: Int32, of owner: Operand) -> Bool {
    guard ArrayWord.named(program.names[name]) != nil else { return false }
    return isArray(owner) || !program.vocabulary.isFunction(name)
  }

  // MARK: Outputs

  /// Σ weights ⊙ value: what `X.backward(weights)` differentiates.
  mutating func weighted(
    _ value: Operand, _ weights: Operand, _ token: Int32
  ) throws(ProgramError) -> UInt32 {
    let product = try apply(Operators.Multiply.self, [value, try arrayed(weights, token)], token)
    let sum = try apply(.reduce(.sum, axes: nil, keepsAxes: false), [product], token)
    return try onTape(sum, token)
  }

  /// Refuses an output of several entries.
  func checkEntries(ofOutput node: UInt32) throws(ProgramError) {
    let shape = tape.node(Int(node)).shape
    guard shape.reduce(1, *) != 1 else { return }
    let name = names[node] ?? "the output"
    throw failure(
      .arrays, "\(quoted(name)) is an array of \(shapeText(shape)), and an output is one number",
      tokens[Int(node)],
      help:
        "J = sum(\(name)) or mean(\(name)) makes one; so does \(name).backward(v) with weights v")
  }

  /// A warning about the first array with an entry that is not finite.
  func arrayNotFinite(_ index: Int) -> Diagnostic? {
    let node = tape.node(index).array
    guard let entry = node.entries.first(where: { !$0.isFinite }) else { return nil }
    let name = names[UInt32(index)].map { " of \(quoted($0))" } ?? ""
    var report = Report(program.source)
    report.warning(
      .notFinite, "an entry\(name) is \(shortestText(entry))",
      at: program.range(of: writtenWith[index]), label: "the first value that is not finite")
    return report.diagnostics.first
  }
}
