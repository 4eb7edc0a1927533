import GradBase
import GradCore

/// The calls that make layers, and the lists that hold them.
extension ArrayWord {
  static let layers: [String: ArrayWord] = {
    var words: [String: ArrayWord] = [
      "Sequential": ArrayWord { (machine, call) throws(ProgramError) in
        try machine.makeSequential(call)
      },
      "ModuleList": ArrayWord { (machine, call) throws(ProgramError) in
        let items = try call.argument(0, "modules").map { (value) throws(ProgramError) in
          try machine.allItems(of: value, call.token)
        }
        return machine.make(ListObject(items ?? []))
      },
      "ModuleDict": ArrayWord { (_, call) throws(ProgramError) in call.argument(0) ?? .none },
    ]
    for (name, layer) in Layer.table {
      words[name] = ArrayWord { (machine, call) throws(ProgramError) in
        try machine.make(layer, call)
      }
    }
    for (name, help) in Layer.refused {
      words[name] = ArrayWord { (machine, call) throws(ProgramError) in
        throw machine.failure("the layer \(quoted(name)) is not read", call, help: help)
      }
    }
    return words
  }()

  // MARK: Cells of recurrent networks

  /// `x W_iᵀ + b_i` and `h W_hᵀ + b_h`, which the gates of a cell are made of.
  private static func sides(
    _ machine: inout Recorder, _ call: ArrayCall, state: Recorder.Operand
  ) throws(ProgramError) -> (Recorder.Operand, Recorder.Operand) {
    func side(
      _ x: Recorder.Operand, _ weight: String, _ bias: String
    ) throws(ProgramError) -> Recorder.Operand {
      let weights = try machine.array(call, 9, weight)
      let turned = try machine.apply(.transpose(nil), [weights], call.token)
      let product = try machine.apply(.matrixProduct, [x, turned], call.token)
      guard let bias = call.named(bias) else { return product }
      return try machine.apply(Operators.Add.self, [product, bias], call.token)
    }
    let x = try machine.array(call, 0, "input")
    return (
      try side(x, "weight_ih", "bias_ih"), try side(state, "weight_hh", "bias_hh")
    )
  }

  /// The state that a cell starts from: zeros where none is given.
  private static func state(
    _ machine: inout Recorder, _ call: ArrayCall, _ given: Recorder.Operand?
  ) throws(ProgramError) -> Recorder.Operand {
    if let given { return try machine.arrayed(given, call.token) }
    let x = try machine.array(call, 0, "input")
    let rows = (machine.shape(of: x) ?? []).dropLast()
    let weights = try machine.array(call, 9, "weight_hh")
    let size = machine.shape(of: weights)?.last ?? 1
    let shape = Array(rows) + [size]
    return machine.plain(NumberArray(shape, [Double](repeating: 0, count: shape.reduce(1, *))))
  }

  /// Part `place` of `count` equal ones along the last axis.
  private static func gate(
    _ place: Int, of count: Int, _ value: Recorder.Operand, _ machine: inout Recorder,
    _ call: ArrayCall
  ) throws(ProgramError) -> Recorder.Operand {
    let size = (machine.shape(of: value)?.last ?? count) / count
    return try machine.apply(
      .select([.ellipsis, .slice(place * size, (place + 1) * size, nil)]), [value], call.token)
  }

  private static let recurrent = ArrayWord(isCall: true) { (machine, call) throws(ProgramError) in
    try machine.inCall(of: call) { (machine, call) throws(ProgramError) in
      let word = call.named("nonlinearity").map { machine.text(of: $0) } ?? "tanh"
      let row: any Operator.Type =
        word == "relu" ? Operators.Relu.self : Operators.Tanh.self
      let state = try state(&machine, call, call.argument(1, "hx"))
      let (x, h) = try sides(&machine, call, state: state)
      let sum = try machine.apply(Operators.Add.self, [x, h], call.token)
      return try machine.apply(row, [sum], call.token)
    }
  }

  /// The new state of a cell with a memory, and the memory: `h, c = cell(x, (h, c))`.
  private static let longMemory = ArrayWord(isCall: true) { (machine, call) throws(ProgramError) in
    var given: [Recorder.Operand] = []
    if let pair = call.argument(1, "hx") { given = try machine.allItems(of: pair, call.token) }
    let state = try ArrayWord.state(&machine, call, given.first)
    let memory = try ArrayWord.state(&machine, call, given.last)
    let (x, h) = try sides(&machine, call, state: state)
    let sum = try machine.apply(Operators.Add.self, [x, h], call.token)
    func gate(
      _ place: Int, _ row: any Operator.Type
    ) throws(ProgramError) -> Recorder.Operand {
      let part = try ArrayWord.gate(place, of: 4, sum, &machine, call)
      return try machine.apply(row, [part], call.token)
    }
    let enter = try gate(0, Operators.Sigmoid.self)
    let forget = try gate(1, Operators.Sigmoid.self)
    let new = try gate(2, Operators.Tanh.self)
    let leave = try gate(3, Operators.Sigmoid.self)
    let kept = try machine.apply(Operators.Multiply.self, [forget, memory], call.token)
    let added = try machine.apply(Operators.Multiply.self, [enter, new], call.token)
    let next = try machine.apply(Operators.Add.self, [kept, added], call.token)
    let shown = try machine.apply(Operators.Tanh.self, [next], call.token)
    let result = try machine.apply(Operators.Multiply.self, [leave, shown], call.token)
    return machine.make(ListObject([result, next], isTuple: true))
  }

  private static let gated = ArrayWord(isCall: true) { (machine, call) throws(ProgramError) in
    try machine.inCall(of: call) { (machine, call) throws(ProgramError) in
      let state = try state(&machine, call, call.argument(1, "hx"))
      let (x, h) = try sides(&machine, call, state: state)
      func part(_ place: Int) throws(ProgramError) -> (Recorder.Operand, Recorder.Operand) {
        (
          try gate(place, of: 3, x, &machine, call), try gate(place, of: 3, h, &machine, call)
        )
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
      let second = try machine.apply(Operators.Multiply.self, [update, state], call.token)
      return try machine.apply(Operators.Add.self, [first, second], call.token)
    }
  }

  static let cells: [String: ArrayWord] = [
    "rnn_cell": recurrent, "lstm_cell": longMemory, "gru_cell": gated,
  ]
}
