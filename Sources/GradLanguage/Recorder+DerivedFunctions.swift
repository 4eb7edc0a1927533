import GradBase
import GradCore

/// A derivative of a function as a function itself: `grad(f)` where something else calls it, `jacrev(f)`.
final class DerivedObject: Object {
  enum Kind {
    /// The derivatives of one number, recorded; behind its value, or alone.
    case gradient(givesValue: Bool)
    /// The derivatives of each entry of an array, as numbers.
    case jacobian
    /// The second derivatives of one number, as numbers.
    case hessian
    /// The value, and how it moves where the arguments move so: `jax.jvp`.
    case tangent([Recorder.Operand])
    /// The value, and the function back from it: `jax.vjp`.
    case pullback
  }

  let function: Recorder.Operand
  let kind: Kind
  /// The arguments by which it is differentiated; `nil` for all.
  let places: [Int]?
  /// Whether the derivatives are a tuple, also one alone.
  let isSeveral: Bool

  init(
    _ function: Recorder.Operand, _ kind: Kind, by places: [Int]? = [0], isSeveral: Bool = false
  ) {
    (self.function, self.kind, self.places, self.isSeveral) = (function, kind, places, isSeveral)
  }

  override var description: String { "a function" }
}

/// The function back from what a function gave, which takes what each entry of that counts.
final class PullbackObject: Object {
  let value: Recorder.Operand
  let sources: [Recorder.Operand]

  init(_ value: Recorder.Operand, _ sources: [Recorder.Operand]) {
    (self.value, self.sources) = (value, sources)
  }

  override var description: String { "a function" }
}

extension Word {
  /// What differentiates functions as values, by the names of JAX and of PyTorch.
  static let ofDerivatives: [String: Word] = [
    "jacfwd": matrix(.jacobian), "jacrev": matrix(.jacobian), "jacobian": matrix(.jacobian),
    "hessian": matrix(.hessian),
    "jvp": Word(3...3) { (machine, given, _, token) throws(ProgramError) in
      let moves = try machine.parts(of: given[2], token)
      try machine.call(
        DerivedObject(given[0], .tangent(moves), by: nil), try machine.parts(of: given[1], token),
        [:], token)
    },
    "vjp": Word(2...10) { (machine, given, _, token) throws(ProgramError) in
      try machine.call(
        DerivedObject(given[0], .pullback, by: nil), Array(given.dropFirst()), [:], token)
    },
  ]

  /// `grad` and `value_and_grad` of a function that nothing calls at once, by no names of programs: of a number
  /// they are something else.
  static let ofGradients: [String: Word] = [
    "grad of": derived { _ in .gradient(givesValue: false) },
    "value_and_grad of": derived { _ in .gradient(givesValue: true) },
  ]

  private static func matrix(_ kind: DerivedObject.Kind) -> Word {
    derived { function in
      // The derivatives of derivatives are those of second order.
      guard case .jacobian = kind, let inner = function else { return kind }
      switch inner.kind {
      case .gradient(false), .jacobian: return .hessian
      default: return kind
      }
    }
  }

  private static func derived(
    _ kind: @escaping @Sendable (DerivedObject?) -> DerivedObject.Kind
  ) -> Word {
    Word(
      1...3, names: ["argnums", "vectorize", "strict", "create_graph", "chunk_size", "holomorphic"]
    ) {
      (machine, given, named, token) throws(ProgramError) in
      guard machine.object(given[0])?.isCallable ?? false else {
        throw machine.failure(
          .functionAsValue,
          "a function is differentiated, and \(machine.described(given[0])) is none",
          token, help: "def f(x): return …")
      }
      let inner = machine.object(given[0]) as? DerivedObject
      let kind = kind(inner)
      if case .hessian = kind, let inner {
        guard inner.places == [0], given.count == 1, named.isEmpty, !inner.isSeveral else {
          throw machine.failure(
            .wrongArguments, "second derivatives are read by the first argument", token,
            help: "make a function of that alone: lambda x: f(x, y)")
        }
        if case .hessian = inner.kind { throw machine.tooManyOrders(token) }
        return machine.operands.append(machine.make(DerivedObject(inner.function, kind)))
      }
      if let inner, case .gradient = kind {
        guard case .gradient(false) = inner.kind else { throw machine.tooManyOrders(token) }
      } else if inner != nil {
        throw machine.tooManyOrders(token)
      }
      let numbers = machine.argument("argnums", named)
      if numbers == nil, given.count > 1, machine.holdsArrays(given[1]) {
        // The arguments themselves, as torch.autograd.functional has them.
        let arguments = try machine.parts(of: given[1], token)
        return try machine.call(
          DerivedObject(
            given[0], kind, by: Array(arguments.indices), isSeveral: arguments.count > 1),
          arguments, [:], token)
      }
      var places = [0]
      var isSeveral = false
      if let numbers = numbers ?? given.dropFirst().first {
        isSeveral = machine.object(numbers) is ListObject
        places = []
        for number in try machine.parts(of: numbers, token) {
          places.append(try machine.whole(number, token))
        }
      }
      machine.operands.append(
        machine.make(DerivedObject(given[0], kind, by: places, isSeveral: isSeveral)))
    }
  }
}

extension Recorder {
  fileprivate func tooManyOrders(_ token: Int32) -> ProgramError {
    failure(
      .unsupportedExpression, "matrices of derivatives are read up to second order", token,
      help: "grad(grad(f)) is read to any order")
  }

  /// The items of a tuple or a list, or the value itself.
  fileprivate mutating func parts(
    of value: Operand, _ token: Int32
  ) throws(ProgramError) -> [Operand] {
    object(value) is ListObject ? try allItems(of: value, token) : [value]
  }

  fileprivate func holdsArrays(_ value: Operand) -> Bool {
    if let list = object(value) as? ListObject { return list.items.contains { holdsArrays($0) } }
    return isArray(value) || object(value) is WeightObject
  }

  /// Whether call `index` differentiates a function that nothing calls at once, as the argument of `vmap`.
  func makesDerivative(_ index: Int32) -> Bool {
    guard program.callsGradient(index) else { return false }
    let call = program.tree.nodes[Int(index)]
    let callee = program.tree.nodes[Int(call.first)]
    let name = callee.kind == .name ? callee.first : callee.second
    let word = program.names[program.tree.importedNames[name] ?? name]
    guard Word.ofGradients["\(word) of"] != nil, call.second < call.third else { return false }
    let first = program.tree.nodes[Int(program.tree.arguments[Int(call.second)].value)]
    switch first.kind {
    case .lambda: return true
    case .name:
      if let value = value(of: first.first) { return object(value)?.isCallable ?? false }
      if case .value? = globals[Int(first.first)] { return false }
      return globals[Int(first.first)] != nil
    case .call:
      let inner = program.tree.nodes[Int(first.first)]
      if program.callsGradient(program.tree.arguments[Int(call.second)].value) { return true }
      let name = inner.kind == .name ? inner.first : inner.kind == .attribute ? inner.second : -1
      return name >= 0
        && (["vmap", "partial"].contains(program.names[name])
          || Word.ofDerivatives[program.names[name]] != nil)
    default: return false
    }
  }

  /// What a call of a program is called in the tables that is a derivative as a function.
  func derivativeWord(_ index: Int32) -> String {
    let callee = program.tree.nodes[Int(program.tree.nodes[Int(index)].first)]
    let name = callee.kind == .name ? callee.first : callee.second
    return "\(program.names[program.tree.importedNames[name] ?? name]) of"
  }

  /// Calls a function, and differentiates what it gives.
  mutating func call(
    _ derived: DerivedObject, _ given: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) {
    var given = given
    let places = derived.places ?? Array(given.indices)
    var sources: [Operand] = []
    for place in places {
      let index = place < 0 ? place + given.count : place
      guard given.indices.contains(index) else {
        throw failure(
          .wrongArguments, "there is no argument \(place) to differentiate by", token,
          help: "arguments are counted from 0, and those by name are not differentiated by")
      }
      given[index] = try differentiable(given[index], token)
      sources.append(given[index])
    }
    let function = object(derived.function) as? FunctionObject
    guard frames.count == 1, named.isEmpty, numeric == 0, let function, function.outer == nil else {
      tasks.append(.step(.derive(derived, sources, of: nil, token)))
      return try call(derived.function, given, named, token)
    }
    // The program may call it itself, later or before.
    tasks.append(.step(.derive(derived, sources, of: madeCall(of: function.number, given), token)))
    let syntax = program.tree.functions[function.number]
    if syntax.name >= 0, syntax.parameters.count == given.count,
      let earlier = call(of: syntax, function.number, given, Array(given.indices))
    {
      operands.append(.node(earlier.result))
      return
    }
    try call(derived.function, given, named, token)
  }

  /// A value whose leaves are on the tape.
  mutating func differentiable(_ value: Operand, _ token: Int32) throws(ProgramError) -> Operand {
    switch object(value) {
    case let list as ListObject:
      var items: [Operand] = []
      for item in list.items { items.append(try differentiable(item, token)) }
      return make(ListObject(items, kind: list.kind))
    case let dictionary as DictionaryObject:
      let result = DictionaryObject()
      for key in dictionary.keys {
        result[key] = try differentiable(dictionary[key] ?? .none, token)
      }
      return make(result)
    case is WeightObject: return value
    default: return value.isNone ? value : .node(try onTape(value, token))
    }
  }

  /// Goes on with a call of a derivative: the last operand is what its function gave.
  mutating func derive(
    _ derived: DerivedObject, _ sources: [Operand], of call: Autograd.Call?, _ token: Int32
  ) throws(ProgramError) {
    let value = operands.removeLast()
    let node = try onTape(value, token)
    if let call { autograd.calls.append((call, node)) }
    let shape = tape.node(Int(node)).shape
    let first = tape.nodeCount
    switch derived.kind {
    case .gradient(let givesValue):
      try checkOne(shape, token)
      let result = derivatives(
        try recordedDerivatives(of: node, by: nodes(of: sources), token), as: sources,
        isSeveral: derived.isSeveral)
      operands.append(
        givesValue ? make(ListObject([.node(node), result], kind: .tuple)) : result)
    case .jacobian:
      try appendMatrices([node], sources, derived, token)
    case .hessian:
      try checkOne(shape, token)
      let gradient = try recordedDerivatives(of: node, by: nodes(of: sources), token)
      try appendMatrices(gradient, sources, derived, token)
    case .tangent(let moves):
      guard moves.count == sources.count else {
        throw failure(
          .wrongArguments,
          "there are \(counted(sources.count, "argument")), and \(counted(moves.count, "direction"))",
          token)
      }
      var direction: [(Variable, NumberArray)] = []
      for (source, move) in zip(nodes(of: sources), moves) {
        let array = numbers(of: try arrayed(move, token)) ?? NumberArray(0)
        let variable = tape.node(Int(origin(of: source)))
        guard array.shape == variable.shape else {
          throw failure(
            .arrays,
            "an argument of \(shapeText(variable.shape)) has no direction of \(shapeText(array.shape))",
            token)
        }
        direction.append((variable, array))
      }
      let tangent = tape.tangents(of: [tape.node(Int(node))], from: direction)[0]
      let moved = Operand.node(try constant(tangent, nil, token))
      operands.append(make(ListObject([.node(node), moved], kind: .tuple)))
    case .pullback:
      let back = make(PullbackObject(.node(node), sources))
      operands.append(make(ListObject([.node(node), back], kind: .tuple)))
    }
    // What the program differentiates is the output, if nothing goes on with the derivatives.
    if shape.isEmpty { autograd.recorded = (named(node), first..<tape.nodeCount) }
  }

  /// Calls the function back from a value.
  mutating func call(
    _ back: PullbackObject, _ given: [Operand], _ token: Int32
  ) throws(ProgramError) {
    guard given.count == 1, case .node(var node) = back.value else {
      throw failure(
        .wrongArguments, "the function back takes what the entries of the result count", token)
    }
    let shape = tape.node(Int(node)).shape
    let weights = try arrayed(given[0], token)
    let own = self.shape(of: weights) ?? []
    guard own == shape else {
      throw failure(
        .arrays, "the result has the shape \(shapeText(shape)), not \(shapeText(own))", token)
    }
    if !shape.isEmpty || number(weights) != 1 {
      node = try weighted(back.value, weights, token)
    }
    let found = try recordedDerivatives(of: node, by: nodes(of: back.sources), token)
    operands.append(derivatives(found, as: back.sources, isSeveral: true))
  }

  private func nodes(of sources: [Operand]) -> [UInt32] {
    leaves(of: sources).compactMap { node($0) }
  }

  /// Derivatives in lists and dictionaries like those that they are by.
  private mutating func derivatives(
    _ nodes: [UInt32], as sources: [Operand], isSeveral: Bool
  ) -> Operand {
    var found = nodes.map { Operand.node($0) }[...]
    var results: [Operand] = []
    for source in sources { results.append(arranged(&found, as: source)) }
    return isSeveral || results.count != 1
      ? make(ListObject(results, kind: .tuple)) : results[0]
  }

  private func checkOne(_ shape: [Int], _ token: Int32) throws(ProgramError) {
    if shape.reduce(1, *) == 1 { return }
    throw failure(
      .arrays, "the function gives an array of \(shapeText(shape)), and 'grad' takes one number",
      token, help: "jacrev(f) has the derivatives of each entry; vmap(grad(f)) takes one by one")
  }

  /// The most numbers that matrices of derivatives have in a program.
  private static let mostNumbers = 1_000_000

  /// Leaves the derivatives of some arrays by all entries of others, as numbers: a matrix, or tuples of them.
  private mutating func appendMatrices(
    _ outputs: [UInt32], _ sources: [Operand], _ derived: DerivedObject, _ token: Int32
  ) throws(ProgramError) {
    let variables = nodes(of: sources).map { tape.node(Int(origin(of: $0))) }
    let results = outputs.map { tape.node(Int($0)) }
    guard variables.count == sources.count else {
      throw failure(
        .unsupportedExpression, "matrices of derivatives are read by arrays, not by lists of them",
        token, help: "name them one by one: argnums=(0, 1)")
    }
    let count = variables.map { $0.shape.reduce(1, *) }.reduce(0, +)
    guard count * results.map({ $0.shape.reduce(1, *) }).reduce(0, +) <= Self.mostNumbers else {
      throw failure(
        .tooManyNodes,
        "the matrix of derivatives has more than \(grouped(Self.mostNumbers)) numbers",
        token)
    }
    var rows: [[Operand]] = results.map { _ in [] }
    for variable in variables {
      // A column for each entry.
      let width = variable.shape.reduce(1, *)
      var columns: [[NumberArray]] = []
      for entry in 0..<width {
        var unit = [Double](repeating: 0, count: width)
        unit[entry] = 1
        columns.append(
          tape.tangents(of: results, from: [(variable, NumberArray(variable.shape, unit))]))
      }
      for (place, result) in results.enumerated() {
        let height = result.shape.reduce(1, *)
        let entries = (0..<height).flatMap { row in columns.map { $0[place].entries[row] } }
        let matrix = NumberArray(result.shape + variable.shape, entries)
        rows[place].append(.node(try constant(matrix, nil, token)))
      }
    }
    var parts: [Operand] = []
    for row in rows {
      parts.append(derived.isSeveral ? make(ListObject(row, kind: .tuple)) : row[0])
    }
    if case .hessian = derived.kind, derived.isSeveral {
      operands.append(make(ListObject(parts, kind: .tuple)))
    } else {
      operands.append(parts[0])
    }
  }
}
