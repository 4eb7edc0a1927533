extension Optimizer {
  /// Plain gradient descent: against the derivative.
  public static let sgd = Optimizer(
    name: "sgd", rule: ["{w} ← {w} − {rate} · {dw}"]
  ) { derivative, _, _, _ in derivative }
}
