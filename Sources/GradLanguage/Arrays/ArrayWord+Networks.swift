import GradBase
import GradCore

/// Functions of neural networks that are made of several operations; a call of one is a call of the
/// trace, which a figure folds.
extension ArrayWord {
  typealias Body = @Sendable (inout Recorder, ArrayCall) throws(ProgramError) -> Recorder.Operand

  static func composite(_ body: @escaping Body) -> ArrayWord {
    ArrayWord(isCall: true) { (machine, call) throws(ProgramError) in
      try machine.inCall(of: call, body)
    }
  }

  private static let layerNorm = composite { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input")
    var axes = [-1]
    if let shape = call.argument(1, "normalized_shape") {
      let count = try machine.wholes(shape, call).count
      axes = (1...max(count, 1)).map { -$0 }
    }
    let normalised = try machine.normalised(x, axes, call)
    return try machine.scaled(
      normalised, call.argument(2, "weight", "gamma"), call.argument(3, "bias", "beta"), call)
  }

  private static let batchNorm = composite { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input")
    let rank = (machine.shape(of: x) ?? []).count
    // What belongs to the channels, axis 1.
    func ofChannels(_ value: Recorder.Operand?) throws(ProgramError) -> Recorder.Operand? {
      guard let value, rank > 2 else { return value }
      return try machine.apply(
        .reshape([-1] + [Int](repeating: 1, count: rank - 2)), [value], call.token)
    }
    let weight = try ofChannels(call.named("weight", "gamma"))
    let bias = try ofChannels(call.named("bias", "beta"))
    if machine.holds(call.named("training"), default: !call.isTorch) {
      let normalised = try machine.normalised(x, [0] + Array(2..<max(rank, 2)), call)
      return try machine.scaled(normalised, weight, bias, call)
    }
    guard let mean = try ofChannels(call.argument(1, "running_mean")),
      let variance = try ofChannels(call.argument(2, "running_var"))
    else {
      throw machine.failure(
        "batch norm without training takes running statistics", call,
        help: "training=True normalises by the statistics of the batch")
    }
    let normalised = try machine.normalised(x, mean, variance, call)
    return try machine.scaled(normalised, weight, bias, call)
  }

  private static let linear = composite { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input")
    let weight = try machine.array(call, 1, "weight")
    return try machine.linear(x, weight, call.argument(2, "bias"), call.token)
  }

  private static let attention = composite { (machine, call) throws(ProgramError) in
    let (q, k) = (try machine.array(call, 0, "query"), try machine.array(call, 1, "key"))
    let v = try machine.array(call, 2, "value")
    guard (machine.shape(of: k) ?? []).count >= 2 else {
      throw machine.failure("attention takes matrices", call)
    }
    return try machine.attended(q, k, v, call.token) { (scores, machine) throws(ProgramError) in
      var mask = call.argument(3, "attn_mask")
      if machine.holds(call.named("is_causal")), let size = machine.shape(of: scores) {
        let (rows, columns) = (size[size.count - 2], size[size.count - 1])
        mask = machine.plain(
          NumberArray(
            [rows, columns],
            (0..<rows * columns).map { $0 / columns >= $0 % columns ? 0 : -.infinity }))
      }
      guard let mask else { return scores }
      // Of truths, those that hold take part.
      return machine.isMask(mask)
        ? try machine.chosen(mask, scores, .number(-.infinity), call)
        : try machine.apply(Operators.Add.self, [scores, mask], call.token)
    }.result
  }

  private static let embedding = ArrayWord { (machine, call) throws(ProgramError) in
    let indices = try machine.entries(call, 0, "input")
    let table = try machine.array(call, 1, "weight")
    var numbers: [Int] = []
    for number in indices.entries { numbers.append(try machine.whole(.number(number), call.token)) }
    return try machine.apply(
      .select([.indices(numbers, shape: indices.shape)]), [table], call.token)
  }

  private static func convolution(_ rank: Int) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "input")
      let kernel = try machine.array(call, 1, "weight")
      let stride = try machine.sizes(call.argument(3, "stride"), rank, 1, call)
      let padding = try machine.sizes(call.argument(4, "padding"), rank, 0, call)
      for (place, word) in [(5, "dilation"), (6, "groups")] {
        if let value = call.argument(place, word), try machine.wholes(value, call) != [1] {
          throw machine.failure("\(quoted(call.name)) is read without \(quoted(word))", call)
        }
      }
      // An image of one example may lack the axis of examples.
      let isAlone = machine.shape(of: x)?.count == rank + 1
      let images = isAlone ? try machine.apply(.select([.newAxis]), [x], call.token) : x
      var result = try machine.apply(
        .convolve(.init(stride: stride, padding: padding)), [images, kernel], call.token)
      if let bias = call.argument(2, "bias") {
        let turned = try machine.apply(
          .reshape([-1] + [Int](repeating: 1, count: rank)), [bias], call.token)
        result = try machine.apply(Operators.Add.self, [result, turned], call.token)
      }
      return isAlone ? try machine.apply(.select([.index(0)]), [result], call.token) : result
    }
  }

  private static func pooling(_ rank: Int, takesLargest: Bool) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "input")
      guard let given = call.argument(1, "kernel_size") else {
        throw machine.failure("\(quoted(call.name)) takes the size of a window", call)
      }
      let window = try machine.sizes(given, rank, 1, call)
      var stride = window
      if let given = call.argument(2, "stride") { stride = try machine.sizes(given, rank, 1, call) }
      let padding = try machine.sizes(call.argument(3, "padding"), rank, 0, call)
      let isAlone = machine.shape(of: x)?.count == rank + 1
      let images = isAlone ? try machine.apply(.select([.newAxis]), [x], call.token) : x
      let result = try machine.apply(
        .pool(
          .init(
            takesLargest: takesLargest, window: window,
            movement: .init(stride: stride, padding: padding))), [images], call.token)
      return isAlone ? try machine.apply(.select([.index(0)]), [result], call.token) : result
    }
  }

  private static let dropout = ArrayWord { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input")
    let isOff = !machine.holds(call.argument(2, "training"), default: true)
    _ = call.argument(3, "inplace")
    let share =
      try call.argument(1, "p").map { (value) throws(ProgramError) in
        try machine.real(value, call)
      } ?? 0.5
    return isOff ? x : try machine.thinned(x, share, call)
  }

  /// The first half along an axis times the logistic function of the second.
  private static let gated = composite { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input")
    let shape = machine.shape(of: x) ?? []
    let axis = try machine.place(
      ofAxis: try machine.axis(call, 1, default: -1), in: shape, call)
    guard shape[axis] % 2 == 0 else {
      throw machine.failure("'glu' halves an axis of \(shape[axis]) entries", call)
    }
    func half(_ start: Int) throws(ProgramError) -> Recorder.Operand {
      var parts = [ArrayOperation.Subscript](repeating: .slice(nil, nil, nil), count: shape.count)
      parts[axis] = .slice(start, start + shape[axis] / 2, nil)
      return try machine.apply(.select(parts), [x], call.token)
    }
    let gate = try machine.apply(Operators.Sigmoid.self, [try half(shape[axis] / 2)], call.token)
    return try machine.apply(Operators.Multiply.self, [try half(0), gate], call.token)
  }

  private static let softmin = composite { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input")
    let axis = try machine.axis(call, 1, default: -1)
    return try machine.apply(
      .softmax(axis: axis), [try machine.apply(Operators.Negate.self, [x], call.token)], call.token)
  }

  static let networks: [String: ArrayWord] = [
    "layer_norm": layerNorm, "batch_norm": batchNorm, "linear": linear,
    "scaled_dot_product_attention": attention, "embedding": embedding,
    "conv1d": convolution(1), "conv2d": convolution(2),
    "max_pool1d": pooling(1, takesLargest: true), "max_pool2d": pooling(2, takesLargest: true),
    "avg_pool1d": pooling(1, takesLargest: false), "avg_pool2d": pooling(2, takesLargest: false),
    "dropout": dropout, "glu": gated, "softmin": softmin,
  ]
}

extension Recorder {
  /// Runs the body of a function that the program does not define, as a call of the trace.
  mutating func inCall(
    of call: ArrayCall, _ body: ArrayWord.Body
  ) throws(ProgramError) -> Operand {
    if numeric > 0 { return try body(&self, call) }
    let open = beginCall(call.label ?? call.name, Array(call.rest(from: 0)))
    let result = try body(&self, call)
    end(open, result)
    return result
  }

  /// x Wᵀ + b.
  mutating func linear(
    _ x: Operand, _ weight: Operand, _ bias: Operand?, _ token: Int32
  ) throws(ProgramError) -> Operand {
    try affine(x, try apply(.transpose(nil), [weight], token), bias, token)
  }

  /// x W + b.
  mutating func affine(
    _ x: Operand, _ weight: Operand, _ bias: Operand?, _ token: Int32
  ) throws(ProgramError) -> Operand {
    let product = try apply(.matrixProduct, [x, weight], token)
    guard let bias else { return product }
    return try apply(Operators.Add.self, [product, bias], token)
  }

  /// softmax(q kᵀ / √d) v along the last two axes, and the shares that the softmax gives.
  ///
  /// - Parameters:
  ///   - q: The queries.
  ///   - k: The keys, of d numbers each.
  ///   - v: The values.
  ///   - token: Where it is.
  ///   - mask: Leaves scores out.
  ///   - drop: Drops some of the shares.
  /// - Returns: The sums of values, and the shares that they have in them.
  /// - Throws: Shapes that do not meet.
  mutating func attended(
    _ q: Operand, _ k: Operand, _ v: Operand, _ token: Int32,
    masking mask: (Operand, inout Recorder) throws(ProgramError) -> Operand,
    dropping drop: (Operand, inout Recorder) throws(ProgramError) -> Operand = { (shares, _) in
      shares
    }
  ) throws(ProgramError) -> (result: Operand, shares: Operand) {
    let shape = shape(of: k) ?? []
    var order = Array(shape.indices)
    order.swapAt(shape.count - 1, shape.count - 2)
    let turned = try apply(.transpose(order == [1, 0] ? nil : order), [k], token)
    var scores = try apply(.matrixProduct, [q, turned], token)
    let root = Double(shape[shape.count - 1]).squareRoot()
    scores = try apply(Operators.Divide.self, [scores, .number(root)], token)
    let shares = try apply(.softmax(axis: -1), [try mask(scores, &self)], token)
    let used = try drop(shares, &self)
    return (try apply(.matrixProduct, [used, v], token), shares)
  }

  /// One size for each axis.
  fileprivate mutating func sizes(
    _ value: Operand?, _ rank: Int, _ fallback: Int, _ call: ArrayCall
  ) throws(ProgramError) -> [Int] {
    guard let value else { return [Int](repeating: fallback, count: rank) }
    if let text = object(value) as? TextObject {
      throw failure("\(quoted(call.name)) is read for numbers, not \(quoted(text.text))", call)
    }
    let sizes = try wholes(value, call)
    return sizes.count == 1 ? [Int](repeating: sizes[0], count: rank) : sizes
  }

  /// An array of which a share is dropped, and the rest grows, so that the sum stays what it is in the mean.
  ///
  /// - Parameters:
  ///   - x: The array.
  ///   - share: The chance of each entry to be 0.
  ///   - call: The call that drops.
  ///   - isTurned: Whether numbers are drawn with the first two axes the other way round, as PyTorch has what
  ///     it turned itself.
  /// - Returns: The array; as it is where the share is 0.
  /// - Throws: That there is no seed.
  mutating func thinned(
    _ x: Operand, _ share: Double, _ call: ArrayCall, isTurned: Bool = false
  ) throws(ProgramError) -> Operand {
    if share == 0 { return x }
    guard let random = randomOfTorch else {
      throw failure(
        "dropout without a seed draws other numbers at every run", call,
        help:
          "torch.manual_seed(0) above makes them those of PyTorch; p=0 or training=False leaves it "
          + "out")
    }
    var shape = shape(of: x) ?? []
    let kept = random.truths(shape.reduce(1, *), 1 - share)
    if isTurned { shape.swapAt(0, 1) }
    var mask = plain(NumberArray(shape, kept.map { $0 / (1 - share) }))
    if isTurned { mask = try apply(.transpose([1, 0, 2]), [mask], call.token) }
    return try apply(Operators.Multiply.self, [x, mask], call.token)
  }

  /// x where a mask holds, y where it does not, entry by entry.
  mutating func chosen(
    _ mask: Operand, _ x: Operand, _ y: Operand, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    try apply(.choose(mask: numbers(of: mask) ?? NumberArray(0)), [x, y], call.token)
  }

  /// (x − mean) / √(var + eps) along axes.
  fileprivate mutating func normalised(
    _ x: Operand, _ axes: [Int], _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let mean = try apply(.reduce(.mean, axes: axes, keepsAxes: true), [x], call.token)
    let variance = try apply(
      .reduce(.variance(correction: 0), axes: axes, keepsAxes: true), [x], call.token)
    return try normalised(x, mean, variance, call)
  }

  /// (x − mean) / √(variance + eps).
  fileprivate mutating func normalised(
    _ x: Operand, _ mean: Operand, _ variance: Operand, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let eps =
      try call.named("eps").map { (value) throws(ProgramError) in try real(value, call) } ?? 1e-5
    let root = try apply(
      Operators.SquareRoot.self,
      [try apply(Operators.Add.self, [variance, .number(eps)], call.token)], call.token)
    let difference = try apply(Operators.Subtract.self, [x, mean], call.token)
    return try apply(Operators.Divide.self, [difference, root], call.token)
  }

  fileprivate mutating func scaled(
    _ x: Operand, _ weight: Operand?, _ bias: Operand?, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    var result = x
    if let weight { result = try apply(Operators.Multiply.self, [result, weight], call.token) }
    if let bias { result = try apply(Operators.Add.self, [result, bias], call.token) }
    return result
  }
}
