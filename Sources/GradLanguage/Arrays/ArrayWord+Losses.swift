import GradBase
import GradCore

/// Losses: of each entry or example first, then of all of them.
extension ArrayWord {
  static let losses: [String: ArrayWord] = [
    "binary_cross_entropy": binaryCrossEntropy,
    "binary_cross_entropy_with_logits": binaryCrossEntropyOfLogits,
    "mse_loss": distance(Operators.Square.self), "l1_loss": distance(Operators.Abs.self),
    "huber_loss": huber, "smooth_l1_loss": huber,
    "cross_entropy": crossEntropy, "nll_loss": negativeLogLikelihood, "kl_div": divergence,
  ]

  /// A loss entry by entry.
  private static func loss(
    _ entry:
      @escaping @Sendable (
        inout Recorder, Recorder.Operand, Recorder.Operand, ArrayCall
      ) throws(ProgramError) -> Recorder.Operand
  ) -> ArrayWord {
    composite { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "input")
      let y = try machine.array(call, 1, "target")
      return try machine.reduced(try entry(&machine, x, y, call), call)
    }
  }

  /// −w·(y·log p + (1 − y)·log(1 − p)); a logarithm is at least −100, as in PyTorch.
  private static let binaryCrossEntropy = loss { (machine, p, y, call) throws(ProgramError) in
    let token = call.token
    // Where no logarithm is that small the figure need not show the bound.
    let isBounded = machine.numbers(of: p)?.entries.contains { $0 == 0 || $0 == 1 } ?? false
    func logarithm(_ x: Recorder.Operand) throws(ProgramError) -> Recorder.Operand {
      let log = try machine.apply(Operators.Log.self, [x], token)
      guard isBounded else { return log }
      return try machine.apply(
        Operators.Clip.self, [log, .number(-100), .number(.infinity)], token)
    }
    func product(
      _ x: Recorder.Operand, _ y: Recorder.Operand
    ) throws(ProgramError) -> Recorder.Operand {
      try machine.apply(Operators.Multiply.self, [x, y], token)
    }
    func rest(_ x: Recorder.Operand) throws(ProgramError) -> Recorder.Operand {
      try machine.apply(Operators.Subtract.self, [.number(1), x], token)
    }
    let first = try product(y, try logarithm(p))
    let second = try product(try rest(y), try logarithm(try rest(p)))
    let loss = try machine.apply(
      Operators.Negate.self, [try machine.apply(Operators.Add.self, [first, second], token)], token)
    guard let weight = call.argument(2, "weight") else { return loss }
    return try product(weight, loss)
  }

  /// softplus(x) − y·x, which keeps its digits for large x; with weights c of what holds,
  /// (1 − y)·x + (1 + (c − 1)·y)·softplus(−x).
  private static let binaryCrossEntropyOfLogits = loss {
    (machine, x, y, call) throws(ProgramError) in
    func apply(
      _ row: any Operator.Type, _ operands: Recorder.Operand...
    ) throws(ProgramError) -> Recorder.Operand { try machine.apply(row, operands, call.token) }
    let one = Recorder.Operand.number(1)
    var loss: Recorder.Operand
    if let factor = call.named("pos_weight") {
      let weight = try apply(
        Operators.Add.self, one,
        try apply(Operators.Multiply.self, try apply(Operators.Subtract.self, factor, one), y))
      let softplus = try apply(Operators.Softplus.self, try apply(Operators.Negate.self, x))
      let linear = try apply(
        Operators.Multiply.self, try apply(Operators.Subtract.self, one, y), x)
      loss = try apply(
        Operators.Add.self, linear, try apply(Operators.Multiply.self, weight, softplus))
    } else {
      loss = try machine.lossOfLogits(x, y, call)
    }
    if let weight = call.argument(2, "weight") {
      loss = try apply(Operators.Multiply.self, weight, loss)
    }
    return loss
  }

  private static func distance(_ row: any Operator.Type) -> ArrayWord {
    loss { (machine, x, y, call) throws(ProgramError) in
      let difference = try machine.apply(Operators.Subtract.self, [x, y], call.token)
      return try machine.apply(row, [difference], call.token)
    }
  }

  private static let huber = loss { (machine, x, y, call) throws(ProgramError) in
    let delta =
      try call.argument(9, "delta", "beta").map { (value) throws(ProgramError) in
        try machine.real(value, call)
      } ?? 1
    let difference = try machine.apply(Operators.Subtract.self, [x, y], call.token)
    let size = try machine.apply(Operators.Abs.self, [difference], call.token)
    let isNear = try machine.mask(size, .number(delta), call.token) { $0 <= $1 }
    let square = try machine.apply(
      Operators.Multiply.self,
      [
        .number(call.name == "smooth_l1_loss" ? 0.5 / delta : 0.5),
        try machine.apply(Operators.Square.self, [difference], call.token),
      ], call.token)
    let shifted = try machine.apply(
      Operators.Subtract.self, [size, .number(0.5 * delta)], call.token)
    let line =
      call.name == "smooth_l1_loss"
      ? shifted : try machine.apply(Operators.Multiply.self, [.number(delta), shifted], call.token)
    return try machine.chosen(isNear, square, line, call)
  }

  /// y·(log y − x), where y or its logarithm is given; 0 where y is 0.
  private static let divergence = loss { (machine, x, y, call) throws(ProgramError) in
    var (share, log) = (y, y)
    if machine.holds(call.named("log_target")) {
      share = try machine.apply(Operators.Exp.self, [y], call.token)
    } else {
      if machine.numbers(of: y)?.entries.contains(0) ?? false {
        let isShare = try machine.mask(y, .number(0), call.token) { $0 > $1 }
        log = try machine.chosen(isShare, y, .number(1), call)
      }
      log = try machine.apply(Operators.Log.self, [log], call.token)
    }
    let difference = try machine.apply(Operators.Subtract.self, [log, x], call.token)
    return try machine.apply(Operators.Multiply.self, [share, difference], call.token)
  }

  /// −Σ log softmax(x) at the labels, or times the given shares.
  private static let crossEntropy = composite { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input")
    let target = try machine.array(call, 1, "target")
    let rank = (machine.shape(of: x) ?? []).count
    let logs = try machine.apply(
      .logSoftmax(axis: rank == 1 ? 0 : call.isTorch ? 1 : -1), [x], call.token)
    let smoothing = try call.named("label_smoothing").map { (value) throws(ProgramError) in
      try machine.real(value, call)
    }
    return try machine.negativeLogLikelihood(logs, target, smoothing ?? 0, call)
  }

  private static let negativeLogLikelihood = composite { (machine, call) throws(ProgramError) in
    let logs = try machine.array(call, 0, "input")
    return try machine.negativeLogLikelihood(
      logs, try machine.array(call, 1, "target"), 0, call)
  }
}

extension Recorder {
  /// softplus(x) − y·x, entry by entry.
  mutating func lossOfLogits(
    _ x: Operand, _ y: Operand, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let softplus = try apply(Operators.Softplus.self, [x], call.token)
    let product = try apply(Operators.Multiply.self, [y, x], call.token)
    return try apply(Operators.Subtract.self, [softplus, product], call.token)
  }

  /// What a loss is of many examples: `reduction="mean"`, which divides the sum by `total`, or by the number of
  /// losses.
  mutating func reduced(
    _ losses: Operand, by total: Operand? = nil, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let word = call.named("reduction").flatMap { (object($0) as? TextObject)?.text } ?? "mean"
    let shape = shape(of: losses) ?? []
    switch word {
    case "none": return losses
    case "sum" where shape.isEmpty, "mean" where shape.isEmpty && total == nil: return losses
    case "mean" where total == nil:
      return try apply(.reduce(.mean, axes: nil, keepsAxes: false), [losses], call.token)
    case "batchmean" where call.name == "kl_div", "sum", "mean":
      var sum = losses
      if !shape.isEmpty {
        sum = try apply(.reduce(.sum, axes: nil, keepsAxes: false), [losses], call.token)
      }
      guard word != "sum" else { return sum }
      let count = total ?? .number(Double(shape.first ?? 1))
      return try apply(Operators.Divide.self, [sum, count], call.token)
    default:
      throw failure(
        "the reduction \(quoted(word)) is not known", call, help: "'mean', 'sum' or 'none'")
    }
  }

  /// The losses of logarithms of chances (examples, classes), by labels (examples,) or by shares of the classes,
  /// of which `smoothing` goes to all classes alike.
  fileprivate mutating func negativeLogLikelihood(
    _ logs: Operand, _ target: Operand, _ smoothing: Double, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let (shape, own) = (shape(of: logs) ?? [], self.shape(of: target) ?? [])
    let weight = call.argument(2, "weight")
    let classes = Double(shape.count == 1 ? shape[0] : shape.count > 1 ? shape[1] : 1)
    if own == shape {
      return try reduced(
        try losses(logs, shares: target, weight, smoothing / classes, shape, call), call)
    }
    guard (1...2).contains(shape.count), own == Array(shape.dropLast()) else {
      throw failure(
        "labels of \(shapeText(own)) do not go with scores of \(shapeText(shape))", call,
        help: "scores are (examples, classes), labels (examples,)")
    }
    let ignored = try whole(call.named("ignore_index"), call) ?? -100
    var (labels, counts): ([Int], [Double]) = ([], [])
    for number in numbers(of: target)?.entries ?? [] {
      let label = try whole(.number(number), call.token)
      counts.append(label == ignored ? 0 : 1)
      labels.append(label == ignored ? 0 : label)
    }
    let picked = try labelled(plain(NumberArray(own, labels.map(Double.init))), of: logs, call)
    var losses = try apply(Operators.Negate.self, [picked], call.token)
    let isWhole = !counts.contains(0)
    let counted = plain(NumberArray(own, counts))
    // What each example counts, where it is not 1.
    var factor = isWhole ? nil : Optional(counted)
    if let weight {
      let place: ArrayOperation.Subscript =
        own.isEmpty ? .index(labels.first ?? 0) : .indices(labels, shape: own)
      let weights = try apply(.select([place]), [weight], call.token)
      factor =
        try factor.map { (counted) throws(ProgramError) in
          try apply(Operators.Multiply.self, [counted, weights], call.token)
        } ?? weights
    }
    if let factor {
      if !isWhole {
        losses = try chosen(
          plain(NumberArray(own, counts), .truth), losses, .number(0), call)
      }
      losses = try apply(Operators.Multiply.self, [factor, losses], call.token)
    }
    if smoothing > 0 {
      losses = try smoothed(losses, logs, weight, isWhole ? nil : counted, smoothing, shape, call)
    }
    let total = try factor.map { (factor) throws(ProgramError) in
      own.isEmpty
        ? factor
        : try apply(.reduce(.sum, axes: nil, keepsAxes: false), [factor], call.token)
    }
    return try reduced(losses, by: total, call)
  }

  /// −Σ share·weight·log over the classes.
  private mutating func losses(
    _ logs: Operand, shares: Operand, _ weight: Operand?, _ smoothing: Double, _ shape: [Int],
    _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    var shares = shares
    let axis = shape.count == 1 ? 0 : 1
    if smoothing > 0 {
      let kept = try apply(
        Operators.Multiply.self, [shares, .number(1 - smoothing * Double(shape[axis]))], call.token)
      shares = try apply(Operators.Add.self, [kept, .number(smoothing)], call.token)
    }
    if let weight {
      let turned =
        shape.count <= 2
        ? weight
        : try apply(
          .reshape([-1] + [Int](repeating: 1, count: shape.count - 2)), [weight], call.token)
      shares = try apply(Operators.Multiply.self, [shares, turned], call.token)
    }
    let products = try apply(Operators.Multiply.self, [shares, logs], call.token)
    let sums = try apply(.reduce(.sum, axes: [axis], keepsAxes: false), [products], call.token)
    return try apply(Operators.Negate.self, [sums], call.token)
  }

  /// Losses of which all classes get a share.
  private mutating func smoothed(
    _ losses: Operand, _ logs: Operand, _ weight: Operand?, _ counted: Operand?,
    _ smoothing: Double, _ shape: [Int], _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let ones = plain(NumberArray(shape, [Double](repeating: 1, count: shape.reduce(1, *))))
    var all = try self.losses(logs, shares: ones, weight, 0, shape, call)
    if let counted { all = try apply(Operators.Multiply.self, [counted, all], call.token) }
    let share = smoothing / Double(shape.count == 1 ? shape[0] : shape[1])
    let kept = try apply(Operators.Multiply.self, [.number(1 - smoothing), losses], call.token)
    let spread = try apply(Operators.Multiply.self, [.number(share), all], call.token)
    return try apply(Operators.Add.self, [kept, spread], call.token)
  }
}
