import GradBase
import GradCore

/// The layers that transformers are made of.
extension ArrayWord {
  static let transformers: [String: ArrayWord] = [
    "multi_head_attention": multiHeadAttention, "transformer_encoder_layer": encoderLayer,
  ]

  /// Attention of several heads: the result, and the shares of it that each place has, in the mean of the
  /// heads.
  private static let multiHeadAttention = ArrayWord(isCall: true) {
    (machine, call) throws(ProgramError) in
    let values = [
      try machine.array(call, 0, "query"), try machine.array(call, 1, "key"),
      try machine.array(call, 2, "value"),
    ]
    let shape = machine.shape(of: values[0]) ?? []
    guard (2...3).contains(shape.count) else {
      throw machine.failure(
        "\(quoted(call.label ?? call.name)) takes sequences of (steps, numbers) or (steps, examples, "
          + "numbers), not an array of \(shapeText(shape))", call)
    }
    let isTurned =
      shape.count == 3 && !(machine.holds(call.named("batch_first")))
    let size = shape[shape.count - 1]
    let heads = try machine.whole(call.named("num_heads"), call) ?? 1
    guard heads > 0, size.isMultiple(of: heads) else {
      throw machine.failure("\(size) numbers are not divided among \(heads) heads", call)
    }
    // (heads, steps, numbers), after the axis of examples where there is one.
    var parts: [Recorder.Operand] = []
    for value in try projected(values, &machine, call) {
      let turned =
        isTurned ? try machine.apply(.transpose([1, 0, 2]), [value], call.token) : value
      let own = machine.shape(of: turned) ?? []
      let split = try machine.apply(
        .reshape(Array(own.dropLast()) + [heads, size / heads]), [turned], call.token)
      parts.append(
        try machine.apply(
          .transpose(shape.count == 3 ? [0, 2, 1, 3] : [1, 0, 2]), [split], call.token))
    }
    let rank = shape.count + 1
    let dropped = try machine.setting(call, 99, "dropout", 0)
    let attended = try machine.attended(
      parts[0], parts[1], parts[2], call.token,
      masking: { (scores, machine) throws(ProgramError) in try masked(scores, &machine, call) },
      dropping: { (shares, machine) throws(ProgramError) in
        try machine.thinned(shares, dropped, call)
      })
    let shares = attended.shares
    var result = attended.result
    result = try machine.apply(
      .transpose(rank == 4 ? [0, 2, 1, 3] : [1, 0, 2]), [result], call.token)
    result = try machine.apply(
      .reshape(Array((machine.shape(of: result) ?? []).dropLast(2)) + [size]), [result], call.token)
    if let layer = call.named("out_proj").flatMap({ machine.object($0) }) as? LayerObject {
      result = try machine.call(layer, [result], [:], call.token)
    }
    if isTurned { result = try machine.apply(.transpose([1, 0, 2]), [result], call.token) }
    var told = Recorder.Operand.none
    if machine.holds(call.argument(4, "need_weights"), default: true) {
      told =
        !machine.holds(call.named("average_attn_weights"), default: true)
        ? shares
        : try machine.apply(
          .reduce(.mean, axes: [rank - 3], keepsAxes: false), [shares], call.token)
    }
    return machine.make(ListObject([result, told], isTuple: true))
  }

  /// The queries, the keys and the values; in one product where they are made of one array.
  private static func projected(
    _ values: [Recorder.Operand], _ machine: inout Recorder, _ call: ArrayCall
  ) throws(ProgramError) -> [Recorder.Operand] {
    let weight = try machine.array(call, 99, "in_proj_weight")
    let bias = call.named("in_proj_bias")
    let size = machine.shape(of: weight)?.last ?? 1
    func part(_ value: Recorder.Operand, _ place: Int, isLast: Bool) throws(ProgramError)
      -> Recorder.Operand
    {
      let slice = ArrayOperation.Subscript.slice(place * size, (place + 1) * size, nil)
      return try machine.apply(.select(isLast ? [.ellipsis, slice] : [slice]), [value], call.token)
    }
    var parts: [Recorder.Operand] = []
    if case .node(let a) = values[0], case .node(let b) = values[1], case .node(let c) = values[2],
      a == b, b == c
    {
      let all = try machine.linear(values[0], weight, bias, call.token)
      for place in 0..<3 { parts.append(try part(all, place, isLast: true)) }
      return parts
    }
    for (place, value) in values.enumerated() {
      let own = try bias.map { (bias) throws(ProgramError) in try part(bias, place, isLast: false) }
      let rows = try part(weight, place, isLast: false)
      parts.append(try machine.linear(value, rows, own, call.token))
    }
    return parts
  }

  /// Scores without those that masks leave out: of truths those that hold, unlike in
  /// `scaled_dot_product_attention`; numbers are added.
  private static func masked(
    _ scores: Recorder.Operand, _ machine: inout Recorder, _ call: ArrayCall
  ) throws(ProgramError) -> Recorder.Operand {
    let shape = machine.shape(of: scores) ?? []
    let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
    var masks: [Recorder.Operand] = []
    if let keys = call.argument(3, "key_padding_mask", "src_key_padding_mask") {
      let mask = try machine.arrayed(keys, call.token)
      let wide = shape.count == 4 ? [shape[0], 1, 1, columns] : [1, 1, columns]
      masks.append(try machine.apply(.reshape(wide), [mask], call.token))
    }
    if let given = call.argument(5, "attn_mask", "src_mask") {
      let mask = try machine.arrayed(given, call.token)
      let isOfHeads = (machine.shape(of: mask) ?? []).count == 3
      masks.append(
        isOfHeads ? try machine.apply(.reshape(shape), [mask], call.token) : mask)
    } else if machine.holds(call.named("is_causal")) {
      let entries = (0..<rows * columns).map { $0 / columns < $0 % columns ? 1.0 : 0 }
      masks.append(machine.plain(NumberArray([rows, columns], entries), .truth))
    }
    var scores = scores
    for mask in masks {
      scores =
        machine.isMask(mask)
        ? try machine.chosen(mask, .number(-.infinity), scores, call)
        : try machine.apply(Operators.Add.self, [scores, mask], call.token)
    }
    return scores
  }

  /// Attention, then two linear layers, each added to what it was given and normalised.
  private static let encoderLayer = ArrayWord(isCall: true) {
    (machine, call) throws(ProgramError) in
    try machine.inCall(of: call) { (machine, call) throws(ProgramError) in
      let given = try machine.setting(call, 99, "dropout", 0)
      let dropped = machine.holds(call.named("training")) ? given : 0
      func layer(
        _ name: String, _ given: [Recorder.Operand], _ named: [String: Recorder.Operand] = [:]
      ) throws(ProgramError) -> Recorder.Operand {
        guard let layer = call.named(name).flatMap({ machine.object($0) }) as? LayerObject else {
          return .none
        }
        return try machine.call(layer, given, named: named, call.token)
      }
      let activation = call.named("activation").map { machine.name(ofType: $0) } ?? "relu"
      guard
        let row = ["relu": Operators.Relu.self, "gelu": Operators.Gelu.self as any Operator.Type][
          activation]
      else {
        throw machine.failure(
          "the activation \(quoted(activation)) is not read here", call, help: "'relu' or 'gelu'")
      }
      func attended(_ x: Recorder.Operand) throws(ProgramError) -> Recorder.Operand {
        var named: [String: Recorder.Operand] = ["need_weights": .number(0)]
        named["attn_mask"] = call.argument(1, "src_mask")
        named["key_padding_mask"] = call.argument(2, "src_key_padding_mask")
        named["is_causal"] = call.named("is_causal")
        named["dropout"] = .number(dropped)
        let result = try layer("self_attn", [x, x, x], named)
        let sum = (machine.object(result) as? ListObject)?.items.first ?? .none
        let isTurned =
          machine.holds(call.named("batch_first")) && machine.shape(of: sum)?.count == 3
        return try machine.thinned(sum, dropped, call, isTurned: isTurned)
      }
      func forwarded(_ x: Recorder.Operand) throws(ProgramError) -> Recorder.Operand {
        let inner = try machine.apply(row, [try layer("linear1", [x])], call.token)
        let kept = try machine.thinned(inner, dropped, call)
        return try machine.thinned(try layer("linear2", [kept]), dropped, call)
      }
      let x = try machine.array(call, 0, "src")
      func sum(_ a: Recorder.Operand, _ b: Recorder.Operand) throws(ProgramError)
        -> Recorder.Operand
      {
        try machine.apply(Operators.Add.self, [a, b], call.token)
      }
      if machine.holds(call.named("norm_first")) {
        let first = try sum(x, try attended(try layer("norm1", [x])))
        return try sum(first, try forwarded(try layer("norm2", [first])))
      }
      let first = try layer("norm1", [try sum(x, try attended(x))])
      return try layer("norm2", [try sum(first, try forwarded(first))])
    }
  }
}
