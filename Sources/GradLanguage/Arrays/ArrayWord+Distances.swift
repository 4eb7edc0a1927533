import GradBase
import GradCore

/// Losses of how far examples are from each other, and of distributions.
extension ArrayWord {
  /// Σ |x − y + eps|ᵖ along the last axis, to the power 1/p.
  private static let pairwise = composite { (machine, call) throws(ProgramError) in
    let order = try machine.real(call.argument(2, "p"), default: 2, call)
    let eps = try machine.real(call.argument(3, "eps"), default: 1e-6, call)
    let keepsAxis = machine.holds(call.argument(4, "keepdim"))
    return try machine.distance(
      try machine.array(call, 0, "x1"), try machine.array(call, 1, "x2"), order, eps,
      keepsAxis: keepsAxis, call)
  }

  /// max(0, d(anchor, positive) − d(anchor, negative) + margin).
  private static let triplet = composite { (machine, call) throws(ProgramError) in
    let anchor = try machine.array(call, 0, "anchor")
    let margin = try machine.real(call.named("margin"), default: 1, call)
    let order = try machine.real(call.named("p"), default: 2, call)
    let eps = try machine.real(call.named("eps"), default: 1e-6, call)
    let near = try machine.distance(
      anchor, try machine.array(call, 1, "positive"), order, eps, call)
    let far = try machine.distance(anchor, try machine.array(call, 2, "negative"), order, eps, call)
    let difference = try machine.apply(Operators.Subtract.self, [near, far], call.token)
    let sum = try machine.apply(Operators.Add.self, [difference, .number(margin)], call.token)
    return try machine.reduced(try machine.apply(Operators.Relu.self, [sum], call.token), call)
  }

  /// 1 − cos where the label is 1, max(0, cos − margin) where it is −1.
  private static let cosineEmbedding = composite { (machine, call) throws(ProgramError) in
    let (x, y) = (try machine.array(call, 0, "input1"), try machine.array(call, 1, "input2"))
    let labels = try machine.array(call, 2, "target")
    let margin = try machine.real(call.named("margin"), default: 0, call)
    guard let word = named("cosine_similarity") else { return .none }
    let axis: [String: Recorder.Operand] = ["dim": .number(-1)]
    let cosine = try word.run(
      &machine, ArrayCall("cosine_similarity", [x, y], axis, call.token, isTorch: true))
    let near = try machine.apply(Operators.Subtract.self, [.number(1), cosine], call.token)
    let far = try machine.apply(
      Operators.Relu.self,
      [try machine.apply(Operators.Subtract.self, [cosine, .number(margin)], call.token)],
      call.token)
    let isNear = try machine.mask(labels, .number(0), call.token) { $0 > $1 }
    return try machine.reduced(try machine.chosen(isNear, near, far, call), call)
  }

  /// max(0, −y·(x1 − x2) + margin).
  private static let ranking = composite { (machine, call) throws(ProgramError) in
    let (x, y) = (try machine.array(call, 0, "input1"), try machine.array(call, 1, "input2"))
    let labels = try machine.array(call, 2, "target")
    let margin = try machine.real(call.named("margin"), default: 0, call)
    let difference = try machine.apply(Operators.Subtract.self, [x, y], call.token)
    let product = try machine.apply(Operators.Multiply.self, [labels, difference], call.token)
    let rest = try machine.apply(Operators.Subtract.self, [.number(margin), product], call.token)
    return try machine.reduced(try machine.apply(Operators.Relu.self, [rest], call.token), call)
  }

  /// ½·(log v + (x − y)²/v), where v is at least eps.
  private static let gaussian = composite { (machine, call) throws(ProgramError) in
    let (x, y) = (try machine.array(call, 0, "input"), try machine.array(call, 1, "target"))
    let eps = try machine.real(call.named("eps"), default: 1e-6, call)
    let variance = try machine.array(call, 2, "var")
    let isSmall = machine.numbers(of: variance)?.entries.contains { $0 < eps } ?? false
    if isSmall || machine.holds(call.named("full")) {
      throw machine.failure(
        "'gaussian_nll_loss' is read without 'full', of variances from 'eps' on", call)
    }
    let difference = try machine.apply(Operators.Subtract.self, [x, y], call.token)
    let share = try machine.apply(
      Operators.Divide.self,
      [try machine.apply(Operators.Square.self, [difference], call.token), variance], call.token)
    let logarithm = try machine.apply(Operators.Log.self, [variance], call.token)
    let sum = try machine.apply(Operators.Add.self, [logarithm, share], call.token)
    return try machine.reduced(
      try machine.apply(Operators.Multiply.self, [.number(0.5), sum], call.token), call)
  }

  static let distanceLosses: [String: ArrayWord] = [
    "pairwise_distance": pairwise, "triplet_margin_loss": triplet,
    "cosine_embedding_loss": cosineEmbedding, "margin_ranking_loss": ranking,
    "gaussian_nll_loss": gaussian,
  ]
}

extension Recorder {
  fileprivate func real(
    _ value: Operand?, default fallback: Double, _ call: ArrayCall
  ) throws(ProgramError) -> Double {
    guard let value else { return fallback }
    return try real(value, call)
  }

  fileprivate mutating func distance(
    _ x: Operand, _ y: Operand, _ order: Double, _ eps: Double, keepsAxis: Bool = false,
    _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let difference = try apply(Operators.Subtract.self, [x, y], call.token)
    let shifted = try apply(Operators.Add.self, [difference, .number(eps)], call.token)
    return try apply(
      .reduce(.norm(order: order), axes: [-1], keepsAxes: keepsAxis), [shifted], call.token)
  }
}
