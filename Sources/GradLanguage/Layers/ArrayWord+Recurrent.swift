import GradBase
import GradCore

/// A cell of a recurrent network: how a step makes new states of an input and the old ones.
private struct Cell: Sendable {
  typealias Advance =
    @Sendable (
      inout Recorder, _ x: Recorder.Operand, _ h: Recorder.Operand, _ states: [Recorder.Operand],
      ArrayCall
    ) throws(ProgramError) -> [Recorder.Operand]

  /// How many states it has; the first is what it shows.
  let stateCount: Int
  /// The new states, of `x W_iᵀ + b_i`, `h W_hᵀ + b_h` and the old states.
  let advance: Advance

  /// What a cell keeps, turned to stand on the right of a product.
  struct Weights {
    var input: Recorder.Operand
    var state: Recorder.Operand
    var inputBias: Recorder.Operand?
    var stateBias: Recorder.Operand?
    /// How many numbers a state has.
    var size: Int
  }

  /// The weights that a call is given, under names that end in `suffix`.
  static func weights(
    _ machine: inout Recorder, _ call: ArrayCall, suffix: String = ""
  ) throws(ProgramError) -> Weights {
    let state = try machine.array(call, 99, "weight_hh" + suffix)
    return Weights(
      input: try machine.apply(
        .transpose(nil), [try machine.array(call, 99, "weight_ih" + suffix)], call.token),
      state: try machine.apply(.transpose(nil), [state], call.token),
      inputBias: call.named("bias_ih" + suffix), stateBias: call.named("bias_hh" + suffix),
      size: machine.shape(of: state)?.last ?? 1)
  }

  /// One step from `states`, zeros where there are none.
  func step(
    _ machine: inout Recorder, _ x: Recorder.Operand, _ states: [Recorder.Operand],
    _ weights: Weights,
    _ call: ArrayCall
  ) throws(ProgramError) -> [Recorder.Operand] {
    var states = states
    if states.isEmpty {
      let shape = Array((machine.shape(of: x) ?? []).dropLast()) + [weights.size]
      let zeros = machine.plain(
        NumberArray(shape, [Double](repeating: 0, count: shape.reduce(1, *))))
      states = [Recorder.Operand](repeating: zeros, count: stateCount)
    }
    let (own, from) = (
      try machine.affine(x, weights.input, weights.inputBias, call.token),
      try machine.affine(states[0], weights.state, weights.stateBias, call.token)
    )
    return try advance(&machine, own, from, states, call)
  }

  /// The states that a call is given: one, or a pair; none where they are left out.
  func given(
    _ machine: inout Recorder, _ call: ArrayCall
  ) throws(ProgramError) -> [Recorder.Operand] {
    guard let given = call.argument(1, "hx", "h_0") else { return [] }
    if stateCount == 1 { return [try machine.arrayed(given, call.token)] }
    var states: [Recorder.Operand] = []
    for item in try machine.allItems(of: given, call.token) {
      states.append(try machine.arrayed(item, call.token))
    }
    guard states.count == stateCount else {
      throw machine.failure("\(quoted(call.name)) takes a pair of states: (h, c)", call)
    }
    return states
  }

  // MARK: The cells

  /// Part `place` of `count` equal ones along the last axis.
  private static func gate(
    _ place: Int, of count: Int, _ value: Recorder.Operand, _ machine: inout Recorder,
    _ call: ArrayCall
  ) throws(ProgramError) -> Recorder.Operand {
    let size = (machine.shape(of: value)?.last ?? count) / count
    return try machine.apply(
      .select([.ellipsis, .slice(place * size, (place + 1) * size, nil)]), [value], call.token)
  }

  /// tanh(x + h), or relu.
  static let plain = Cell(stateCount: 1) { (machine, x, h, _, call) throws(ProgramError) in
    let word = call.named("nonlinearity").map { machine.text(of: $0) } ?? "tanh"
    let row: any Operator.Type = word == "relu" ? Operators.Relu.self : Operators.Tanh.self
    let sum = try machine.apply(Operators.Add.self, [x, h], call.token)
    return [try machine.apply(row, [sum], call.token)]
  }

  /// The state that is shown, and the memory.
  static let longMemory = Cell(stateCount: 2) {
    (machine, x, h, states, call) throws(ProgramError) in
    let sum = try machine.apply(Operators.Add.self, [x, h], call.token)
    func gate(
      _ place: Int, _ row: any Operator.Type
    ) throws(ProgramError) -> Recorder.Operand {
      try machine.apply(row, [try Cell.gate(place, of: 4, sum, &machine, call)], call.token)
    }
    let enter = try gate(0, Operators.Sigmoid.self)
    let forget = try gate(1, Operators.Sigmoid.self)
    let new = try gate(2, Operators.Tanh.self)
    let leave = try gate(3, Operators.Sigmoid.self)
    let kept = try machine.apply(Operators.Multiply.self, [forget, states[1]], call.token)
    let added = try machine.apply(Operators.Multiply.self, [enter, new], call.token)
    let next = try machine.apply(Operators.Add.self, [kept, added], call.token)
    let shown = try machine.apply(Operators.Tanh.self, [next], call.token)
    return [try machine.apply(Operators.Multiply.self, [leave, shown], call.token), next]
  }

  static let gated = Cell(stateCount: 1) { (machine, x, h, states, call) throws(ProgramError) in
    func part(_ place: Int) throws(ProgramError) -> (Recorder.Operand, Recorder.Operand) {
      (try gate(place, of: 3, x, &machine, call), try gate(place, of: 3, h, &machine, call))
    }
    func sigmoid(_ place: Int) throws(ProgramError) -> Recorder.Operand {
      let (a, b) = try part(place)
      let sum = try machine.apply(Operators.Add.self, [a, b], call.token)
      return try machine.apply(Operators.Sigmoid.self, [sum], call.token)
    }
    let reset = try sigmoid(0)
    let update = try sigmoid(1)
    let (a, b) = try part(2)
    let product = try machine.apply(Operators.Multiply.self, [reset, b], call.token)
    let sum = try machine.apply(Operators.Add.self, [a, product], call.token)
    let new = try machine.apply(Operators.Tanh.self, [sum], call.token)
    let rest = try machine.apply(Operators.Subtract.self, [.number(1), update], call.token)
    let first = try machine.apply(Operators.Multiply.self, [rest, new], call.token)
    let second = try machine.apply(Operators.Multiply.self, [update, states[0]], call.token)
    return [try machine.apply(Operators.Add.self, [first, second], call.token)]
  }
}

/// Recurrent networks, as PyTorch has them: their cells, and the layers that run one over a sequence.
extension ArrayWord {
  static let recurrent: [String: ArrayWord] = [
    "rnn_cell": step(of: .plain), "lstm_cell": step(of: .longMemory), "gru_cell": step(of: .gated),
    "rnn": sequence(of: .plain), "lstm": sequence(of: .longMemory), "gru": sequence(of: .gated),
  ]

  /// One step: the new state, `h = cell(x, h)`, or both, `h, c = cell(x, (h, c))`.
  private static func step(of cell: Cell) -> ArrayWord {
    @Sendable func states(
      _ machine: inout Recorder, _ call: ArrayCall
    ) throws(ProgramError) -> [Recorder.Operand] {
      let given = try cell.given(&machine, call)
      let x = try machine.array(call, 0, "input")
      return try cell.step(&machine, x, given, try Cell.weights(&machine, call), call)
    }
    return ArrayWord(isCall: true) { (machine, call) throws(ProgramError) in
      // A call of the trace has one result.
      guard cell.stateCount == 1 else {
        return machine.make(ListObject(try states(&machine, call), isTuple: true))
      }
      return try machine.inCall(of: call) { (machine, call) throws(ProgramError) in
        try states(&machine, call)[0]
      }
    }
  }

  /// A cell over the steps of a sequence, level upon level, from both ends where it is bidirectional: what
  /// the last level shows at each step, and the last states.
  private static func sequence(of cell: Cell) -> ArrayWord {
    ArrayWord(isCall: true) { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "input")
      let shape = machine.shape(of: x) ?? []
      guard (2...3).contains(shape.count) else {
        throw machine.failure(
          "\(quoted(call.name)) takes a sequence of (steps, inputs) or (steps, examples, inputs), not "
            + "an array of \(shapeText(shape))", call)
      }
      let axis = shape.count == 3 && machine.holds(call.named("batch_first")) ? 1 : 0
      let directions = machine.holds(call.named("bidirectional")) ? ["", "_reverse"] : [""]
      let levels = try machine.whole(call.named("num_layers"), call) ?? 1
      let given = try cell.given(&machine, call)
      let before = [ArrayOperation.Subscript](repeating: .slice(nil, nil, nil), count: axis)
      var steps: [Recorder.Operand] = []
      for place in 0..<shape[axis] {
        steps.append(try machine.apply(.select(before + [.index(place)]), [x], call.token))
      }
      var last = [[Recorder.Operand]](repeating: [], count: cell.stateCount)
      for level in 0..<levels {
        var shown = [[Recorder.Operand]](repeating: [], count: steps.count)
        for (number, suffix) in directions.enumerated() {
          let weights = try Cell.weights(&machine, call, suffix: "_l\(level)\(suffix)")
          var states: [Recorder.Operand] = []
          for value in given {
            let place = level * directions.count + number
            states.append(try machine.apply(.select([.index(place)]), [value], call.token))
          }
          for place in suffix.isEmpty ? Array(steps.indices) : steps.indices.reversed() {
            states = try cell.step(&machine, steps[place], states, weights, call)
            shown[place].append(states[0])
          }
          for (place, state) in states.enumerated() { last[place].append(state) }
        }
        for (place, parts) in shown.enumerated() {
          steps[place] =
            parts.count == 1
            ? parts[0] : try machine.apply(.concatenate(axis: shape.count - 2), parts, call.token)
        }
      }
      let output = try machine.apply(.stack(axis: axis), steps, call.token)
      var states: [Recorder.Operand] = []
      for state in last { states.append(try machine.apply(.stack(axis: 0), state, call.token)) }
      let rest =
        states.count == 1 ? states[0] : machine.make(ListObject(states, isTuple: true))
      return machine.make(ListObject([output, rest], isTuple: true))
    }
  }
}
