import GradBase
import GradCore

/// What a method with a name that ends in `_` makes of an array, one row of the table: `w.fill_(0.5)`.
struct InPlace: Sendable {
  typealias Change =
    @Sendable (inout Recorder, Recorder.Operand, ArrayCall) throws(ProgramError) -> Recorder.Operand

  /// The array's new value.
  let change: Change
  /// Whether the old value matters.
  let readsOld: Bool

  static func named(_ name: String) -> InPlace? { table[name] }

  /// The names of all of them.
  static let names = table.keys.sorted()

  /// The same number everywhere.
  static func filled(_ number: Double) -> InPlace {
    InPlace(
      change: { (machine, old, _) throws(ProgramError) in
        machine.filled(old, with: number)
      }, readsOld: false)
  }

  private static func applying(_ row: any Operator.Type) -> InPlace {
    InPlace(
      change: { (machine, old, call) throws(ProgramError) in
        var other = try machine.array(call, 0, "other")
        if let factor = call.argument(1, "alpha", "value") {
          other = try machine.apply(
            Operators.Multiply.self, [try machine.arrayed(factor, call.token), other], call.token)
        }
        return try machine.apply(row, [old, other], call.token)
      }, readsOld: true)
  }

  private static let table: [String: InPlace] = [
    "zero_": filled(0),
    "fill_": InPlace(
      change: { (machine, old, call) throws(ProgramError) in
        let value = try machine.array(call, 0, "value")
        return machine.filled(old, with: try machine.real(value, call))
      }, readsOld: false),
    "copy_": InPlace(
      change: { (machine, old, call) throws(ProgramError) in
        try machine.copied(
          try machine.apply(
            .broadcast(machine.shape(of: old) ?? []), [try machine.array(call, 0, "src", "other")],
            call.token), call.token)
      }, readsOld: false),
    "scatter_": InPlace(
      change: { (machine, old, call) throws(ProgramError) in
        try machine.scattered(old, call, from: 0, adds: false)
      }, readsOld: true),
    "scatter_add_": InPlace(
      change: { (machine, old, call) throws(ProgramError) in
        try machine.scattered(old, call, from: 0, adds: true)
      }, readsOld: true),
    "index_add_": InPlace(
      change: { (machine, old, call) throws(ProgramError) in
        try machine.indexAdded(old, call, from: 0)
      }, readsOld: true),
    "add_": applying(Operators.Add.self), "sub_": applying(Operators.Subtract.self),
    "mul_": applying(Operators.Multiply.self), "div_": applying(Operators.Divide.self),
  ].merging(random) { first, _ in first }
}

/// How arrays are changed in their place.
extension Recorder {
  /// Changes what is below the arguments on the stack, at the place that the syntax says.
  mutating func changeInPlace(_ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let callee = program.tree.nodes[Int(node.first)]
    let name = program.names[callee.second]
    let (given, named) = try takeArguments(node)
    let old = operands.removeLast()
    guard let method = InPlace.named(name), shape(of: old) != nil else {
      operands.append(old)
      throw failure(
        .unknownAttribute, "\(described(old)) has no method \(quoted(name))", callee.token)
    }
    var byName: [String: Operand] = [:]
    for (number, value) in named { byName[program.names[number]] = value }
    let (place, isData) = changed(callee.first)
    if let type = typeOfEmpty(place) { byName["dtype"] = make(TextObject(type)) }
    let call = ArrayCall(name, given, byName, node.token, isTorch: true)
    try checkChange(of: old, isData: isData, place, node.token)
    let value = try method.change(&self, old, call)
    if let weight = object(old) as? WeightObject {
      if value.isNone { weight.forget() } else { try give(value, to: weight, node.token) }
      operands.append(old)
      return
    }
    // `torch.empty(2, 3).uniform_(-1, 1)` is changed before anything has it.
    guard !isMaker(place) else { return operands.append(value) }
    if overwrite(old, with: value) { return operands.append(old) }
    operands.append(value)
    try store(value, instead: old, at: place, node.token)
  }

  /// What a chain such as `w.data.normal_().mul_(0.1)` changes: `w`; and whether derivatives are passed by.
  private func changed(_ index: Int32) -> (place: Int32, isData: Bool) {
    var (place, isData) = storage(index)
    while program.tree.nodes[Int(place)].kind == .call {
      let callee = program.tree.nodes[Int(program.tree.nodes[Int(place)].first)]
      guard callee.kind == .attribute, InPlace.named(program.names[callee.second]) != nil else {
        break
      }
      let inner = storage(callee.first)
      (place, isData) = (inner.place, isData || inner.isData)
    }
    return (place, isData)
  }

  /// Whether the expression at a place makes an array.
  private func isMaker(_ place: Int32) -> Bool {
    let node = program.tree.nodes[Int(place)]
    guard node.kind == .call else { return false }
    let callee = program.tree.nodes[Int(node.first)]
    let name = program.names[callee.kind == .name ? callee.first : callee.second]
    return (callee.kind == .name || callee.kind == .attribute) && ArrayWord.making[name] != nil
  }

  /// The type of the numbers that a call makes, which is about to be filled: `torch.empty(2, dtype=torch.double)`;
  /// `nil` for what is no such call.
  private func typeOfEmpty(_ place: Int32) -> String? {
    let node = program.tree.nodes[Int(place)]
    guard isMaker(place) else { return nil }
    let callee = program.tree.nodes[Int(node.first)]
    switch program.names[callee.kind == .name ? callee.first : callee.second] {
    case "empty", "zeros", "ones", "full", "Tensor", "FloatTensor": break
    case "DoubleTensor": return "float64"
    default: return nil
    }
    let arguments = program.tree.arguments[Int(node.second)..<Int(node.third)]
    guard
      let type = arguments.first(where: { $0.keyword >= 0 && program.names[$0.keyword] == "dtype" })
    else { return isDoubleByDefault ? "float64" : "float32" }
    let value = program.tree.nodes[Int(type.value)]
    return program.names[value.kind == .name ? value.first : value.second]
  }

  /// Gives an input, from which nothing is computed yet, the numbers of an array in its place.
  ///
  /// - Returns: Whether it is one, and has them.
  mutating func overwrite(_ old: Operand, with value: Operand) -> Bool {
    guard case .node(let node) = old, isPlain(value), tape.opcode(Int(node)) == .input,
      !tape.isUsed(Int(node)), let numbers = numbers(of: value),
      numbers.shape == tape.node(Int(node)).shape
    else { return false }
    // What is given from outside the program stays.
    if let place = inputs.lastIndex(of: node), inputValues.map({ place < $0.count }) ?? false {
      return true
    }
    tape.give(numbers, to: Int(node))
    spellings[node] = numbers.programText
    return true
  }

  /// Puts an array where another one was that the expression at `place` names.
  mutating func store(
    _ value: Operand, instead old: Operand, at place: Int32, _ token: Int32
  ) throws(ProgramError) {
    let syntax = program.tree.nodes[Int(place)]
    let isName = syntax.kind == .name
    guard isName || syntax.kind == .subscript || syntax.kind == .attribute else {
      throw failure(
        .arrays, "entries are given values through the name of an array alone", token,
        help: "give the array a name first: x = …; x[0] = …")
    }
    if !isPartOfArray(place) { noteChange(of: old, token) }
    guard isName else { return try give(value, toPart: place, tape.nodeCount - 1) }
    guard case .node(let node) = old else { return set(syntax.first, value) }
    try rename(value, instead: node, syntax.first, token)
  }

  /// The same for what stands as an argument of the call at hand.
  mutating func store(
    _ value: Operand, instead old: Operand, atArgument place: Int, _ token: Int32
  ) throws(ProgramError) {
    let call = program.tree.nodes[Int(callAtHand)]
    let arguments = program.tree.arguments[Int(call.second)..<Int(call.third)]
    guard place < arguments.count else { return }
    try store(value, instead: old, at: arguments[arguments.startIndex + place].value, token)
  }

  /// Refuses what PyTorch refuses: to change a parameter in its place while derivatives are recorded.
  func checkChange(
    of old: Operand, isData: Bool, _ place: Int32, _ token: Int32
  ) throws(ProgramError) {
    guard !isData, detached == 0 else { return }
    var isParameter = (object(old) as? WeightObject)?.isParameter ?? false
    if case .node(let node) = old { isParameter = autograd.parameters.contains(node) }
    guard isParameter else { return }
    let name = program.spelling(of: place)
    throw failure(
      .arrays, "\(quoted(name)) needs a gradient and cannot be changed in place", token,
      help: "with torch.no_grad(): around it, or \(name).data in its place")
  }

  /// Whether a statement gives the weight of a layer numbers by a name: `p.data = …`.
  func updatesWeight(_ statement: SyntaxTree.Statement, _ target: SyntaxTree.Target) -> Bool {
    statement.option == .update && target.node < 0
      && value(of: target.name).flatMap { object($0) } is WeightObject
  }

  /// Whether a target is a weight of a layer, as far as can be told without running anything.
  func isWeight(_ target: SyntaxTree.Target) -> Bool {
    guard target.node >= 0 else { return false }
    var place = storage(target.node).place
    if program.tree.nodes[Int(place)].kind == .subscript {
      place = storage(program.tree.nodes[Int(place)].first).place
    }
    if known(at: place).flatMap({ object($0) }) is WeightObject { return true }
    let node = program.tree.nodes[Int(place)]
    return node.kind == .attribute && known(at: node.first).flatMap { object($0) } is LayerObject
  }

  /// What a chain of names, attributes and numbers in brackets stands for at present; `nil` where that is
  /// not plain.
  func known(at index: Int32) -> Operand? {
    let node = program.tree.nodes[Int(index)]
    switch node.kind {
    case .number: return .number(program.numbers[Int(node.first)])
    case .name: return value(of: node.first)
    case .attribute:
      guard let owner = known(at: node.first).flatMap({ object($0) }) else { return nil }
      let name = program.names[node.second]
      return owner.members.first { part, _ in
        switch part {
        case .attribute(let own): own == node.second
        case .word(let own): own == name
        default: false
        }
      }?.value
    case .subscript:
      guard node.third - node.second == 1,
        let owner = known(at: node.first).flatMap({ object($0) })
      else { return nil }
      let place = program.tree.arguments[Int(node.second)].value
      if let dictionary = owner as? DictionaryObject {
        let syntax = program.tree.nodes[Int(place)]
        if syntax.kind == .string { return dictionary[.text(program.plainText(syntax.token))] }
        guard let index = known(at: place) else { return nil }
        return dictionary[
          (object(index) as? TextObject).map { .text($0.text) } ?? .number(number(index))]
      }
      guard let index = known(at: place), let number = Int(exactly: number(index)) else {
        return nil
      }
      let members = owner.members
      let wanted = number < 0 ? number + members.count : number
      return members.indices.contains(wanted) ? members[wanted].value : nil
    default: return nil
    }
  }

  /// Gives the weight that a name stands for the entries of an array: `p.data = …`.
  ///
  /// - Returns: Whether the name stands for a weight.
  mutating func giveToWeight(
    _ value: Operand, _ target: SyntaxTree.Target
  ) throws(ProgramError) -> Bool {
    guard let old = self.value(of: target.name), let weight = object(old) as? WeightObject else {
      return false
    }
    try give(value, to: weight, target.token)
    return true
  }

  /// A value through which no derivative goes; inputs as they are.
  mutating func withoutDerivative(
    _ value: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand {
    var value = value
    if let weight = object(value) as? WeightObject { value = try self.value(of: weight, token) }
    guard case .node(let node) = value, tape.opcode(Int(node)) != .input else { return value }
    return .node(try held(node, token))
  }

  /// A value without its derivative; of a tuple or a list each item.
  mutating func heldParts(of value: Operand, _ token: Int32) throws(ProgramError) -> Operand {
    guard let list = object(value) as? ListObject else {
      return try withoutDerivative(value, token)
    }
    var items: [Operand] = []
    for item in list.items { items.append(try withoutDerivative(item, token)) }
    return make(ListObject(items, kind: list.kind))
  }

  /// What a chain such as `w.data` keeps its entries in: `w`; and whether derivatives are passed by.
  func storage(_ index: Int32) -> (place: Int32, isData: Bool) {
    var (index, isData) = (index, false)
    while true {
      let node = program.tree.nodes[Int(index)]
      guard node.kind == .attribute, program.names[node.second] == "data",
        !(known(at: node.first).flatMap({ object($0) }) is InstanceObject)
      else { return (index, isData) }
      (index, isData) = (node.first, true)
    }
  }

  /// An array of the shape of another, with one number everywhere.
  mutating func filled(_ value: Operand, with number: Double) -> Operand {
    let shape = shape(of: value) ?? []
    return plain(NumberArray(shape, [Double](repeating: number, count: shape.reduce(1, *))))
  }
}
