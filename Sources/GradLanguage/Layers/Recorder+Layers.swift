import GradBase
import GradCore

/// How layers are made and called.
extension Recorder {
  // MARK: Making

  /// Makes the layer that a call such as `nn.Linear(3, 2)` asks for.
  mutating func make(_ layer: Layer, _ call: ArrayCall) throws(ProgramError) -> Operand {
    let known = layer.settings.map(\.name) + ["device", "dtype"]
    if call.count > layer.settings.count {
      throw failure(
        .wrongArguments,
        "\(quoted(call.name)) takes \(counted(layer.settings.count, "setting")), not \(call.count)",
        call.token, help: "a layer is made first, and then called: \(call.name)(…)(x)")
    }
    if let word = call.words.first(where: { !known.contains($0) }) {
      throw failure(
        .unknownKeyword, "\(quoted(call.name)) has no setting \(quoted(word))", call.token,
        help: nearestName(to: word, among: known).map { "did you mean '\($0)'?" })
    }
    var given: [String: Operand] = [:]
    for (place, setting) in layer.settings.enumerated() {
      var value = call.argument(place, setting.name)
      if value == nil { value = setting.fallback.map { .number($0) } }
      guard let value else { continue }
      if isArray(value), !setting.isWeight || call.count > 1 {
        throw failure(
          .wrongType, "\(quoted(call.name)) is a layer, and is made before it is called",
          call.token, help: "call what it makes: \(call.name)(…)(x)")
      }
      if case .fixed(let text) = setting.use, self.text(of: value) != text {
        throw failure(
          "\(quoted(call.name)) is read without \(quoted(setting.name))", call,
          help: "leave it out, or write the layer as a function")
      }
      given[setting.name] = value
    }
    var passed: [String: Operand] = [:]
    for setting in layer.settings {
      if case .passed = setting.use { passed[setting.name] = given[setting.name] }
    }
    // PyTorch draws those of the layers within first.
    var weights: [(String, Operand)] = []
    var parts: [(String, Operand)] = []
    for part in layer.parts { parts.append((part.name, try make(part, given, call))) }
    let numbers = given.compactMapValues { Int(exactly: self.number($0)) }
    for weight in layer.weights(numbers) {
      if let condition = weight.condition.flatMap({ given[$0] }), number(condition) == 0 {
        continue
      }
      let object = try make(weight, given, layer, call)
      if case .drawn(let spread) = weight.start, let random = randomOfTorch {
        let first = weights.first.flatMap { self.object($0.1) } as? WeightObject ?? object
        try object.draw(
          spread, among: (first.shape, numbers), random, isDouble: drawsDouble(call))
      }
      weights.append((weight.name, make(object)))
    }
    return make(LayerObject(call.name, layer, passed: passed, weights: weights + parts))
  }

  /// Makes a layer that a layer keeps.
  private mutating func make(
    _ part: Layer.Part, _ given: [String: Operand], _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    guard let row = Layer.named(part.layer) else {
      preconditionFailure("the table names layers that are known")
    }
    var settings = part.settings.compactMapValues { given[$0] }
    settings["dtype"] = call.named("dtype")
    let inner = try make(row, ArrayCall(part.layer, [], settings, call.token, isTorch: true))
    for (name, value) in (object(inner) as? LayerObject)?.weights ?? []
    where part.zeros.contains(name) {
      guard let weight = object(value) as? WeightObject else { continue }
      weight.give(
        NumberArray(weight.shape, [Double](repeating: 0, count: weight.shape.reduce(1, *))))
    }
    return inner
  }

  private mutating func make(
    _ weight: Layer.Weight, _ given: [String: Operand], _ layer: Layer, _ call: ArrayCall
  ) throws(ProgramError) -> WeightObject {
    var shape: [Int] = []
    for name in weight.shape {
      if let size = Int(name) {
        shape.append(size)
        continue
      }
      guard let value = given[name] else {
        throw failure(
          .wrongArguments, "\(quoted(call.name)) takes \(quoted(name))", call.token)
      }
      var sizes = try wholes(value, call)
      if name == "kernel_size", sizes.count == 1 {
        sizes = [Int](repeating: sizes[0], count: layer.windowAxes)
      }
      shape += sizes
    }
    shape[0] *= weight.count
    do throws(ShapeFault) { try ArrayOperation.check(shape) } catch {
      throw failure(error, call.token)
    }
    var start: Double?
    if case .filled(let number) = weight.start { start = number }
    return WeightObject(shape, call.token, start: start, isStatistic: weight.isStatistic)
  }

  /// Makes layers one after the other, of arguments or of a dictionary that names them.
  mutating func makeSequential(_ call: ArrayCall) throws(ProgramError) -> Operand {
    if call.count == 1, let names = call.argument(0).flatMap({ object($0) }) as? DictionaryObject {
      var (words, layers): ([String], [Operand]) = ([], [])
      for key in names.keys {
        guard case .text(let word) = key, let layer = names[key] else { continue }
        words.append(word)
        layers.append(layer)
      }
      return make(SequentialObject(layers, names: words))
    }
    let layers = Array(call.rest(from: 0))
    for layer in layers where !(object(layer).map(\.isCallable) ?? false) {
      throw failure(
        .wrongType, "'Sequential' takes layers, not \(described(layer))", call.token,
        help: layer.isList(in: heap) ? "write a star before the list: nn.Sequential(*layers)" : nil)
    }
    return make(SequentialObject(layers))
  }

  // MARK: Calling

  /// Calls a layer: the function of its row, with what the layer keeps.
  mutating func call(
    _ layer: LayerObject, _ given: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) -> Operand {
    var words: [String: Operand] = [:]
    for (name, value) in named { words[program.names[name]] = value }
    return try call(layer, given, named: words, token)
  }

  mutating func call(
    _ layer: LayerObject, _ given: [Operand], named: [String: Operand], _ token: Int32
  ) throws(ProgramError) -> Operand {
    let function = layer.layer.function
    var byName = layer.passed
    for weight in layer.weights {
      byName[weight.name] =
        object(weight.value) is LayerObject ? weight.value : try arrayed(weight.value, token)
    }
    if layer.layer.knowsTraining { byName["training"] = .number(layer.isTraining ? 1 : 0) }
    byName.merge(named) { _, given in given }
    guard !given.isEmpty || !named.isEmpty else {
      throw failure(
        .wrongArguments, "\(quoted(layer.path ?? layer.name)) takes an input", token)
    }
    guard let word = ArrayWord.named(function) else {
      guard let row = OperatorRow.named(function) else {
        preconditionFailure("the table names functions that are known")
      }
      return try apply(row, given.isEmpty ? [byName["input"] ?? .none] : given, byName, token)
    }
    var call = ArrayCall(function, given, byName, token, isTorch: true)
    call.label = layer.path ?? layer.name
    // What has weights is a call of the trace, as what is made of several operations is anyway.
    return layer.weights.isEmpty || word.isCall
      ? try word.run(&self, call) : try inCall(of: call, word.run)
  }

  /// Applies an operator of the table, whose operands after the first come by their names.
  private mutating func apply(
    _ row: any Operator.Type, _ given: [Operand], _ byName: [String: Operand], _ token: Int32
  ) throws(ProgramError) -> Operand {
    var values: [Operand] = []
    for (place, operand) in row.row.operands.enumerated() {
      let named = operand.keywords.lazy.compactMap { byName[$0] }.first
      guard
        let value = place < given.count
          ? given[place]
          : named
            ?? operand.fallback.map({ .number($0) })
      else { continue }
      values.append(try arrayed(value, token))
    }
    guard values.count == row.row.operands.count, given.count <= values.count else {
      throw failure(
        .wrongArguments,
        "\(quoted(row.row.name)) does not take \(counted(given.count, "argument"))",
        token)
    }
    return try apply(row, values, token)
  }

  /// What a call of several layers, one after the other, is left with.
  struct OpenCall {
    let parent: Int32
    let number: Int
    let firstNode: Int
  }

  /// Begins a call of layers one after the other.
  mutating func begin(
    _ sequence: SequentialObject, _ given: [Operand], _ token: Int32
  ) throws(ProgramError) {
    let name = sequence.path ?? "Sequential"
    guard given.count == 1 else {
      throw failure(.wrongArguments, "\(quoted(name)) takes 1 argument, not \(given.count)", token)
    }
    if numeric == 0 { tasks.append(.step(.endCall(beginCall(name, given)))) }
    for layer in sequence.layers.items.reversed() { tasks.append(.step(.pass(layer, token))) }
    operands.append(given[0])
  }

  /// Begins a call of the trace; what is recorded up to its end belongs to it.
  mutating func beginCall(_ name: String, _ given: [Operand]) -> OpenCall {
    let frame = frames.count - 1
    let call = OpenCall(
      parent: frames[frame].call, number: calls.count, firstNode: tape.nodeCount)
    calls.append(
      Labels.Call(
        function: name, ordinal: nextOrdinal(ofText: name),
        parent: call.parent < 0 ? nil : Int(call.parent),
        arguments: given.compactMap { if case .node(let node) = $0 { node } else { nil } },
        result: 0))
    frames[frame].call = Int32(call.number)
    return call
  }

  /// Ends a call of the trace, unless it made no node.
  mutating func end(_ call: OpenCall, _ result: Operand) {
    frames[frames.count - 1].call = call.parent
    if case .node(let node) = result, Int(node) >= call.firstNode {
      calls[call.number].result = node
    } else {
      dissolved.insert(Int32(call.number))
    }
  }
}
