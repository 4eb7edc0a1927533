extension Optimizer {
  /// Gradient descent with momentum, as `torch.optim.SGD(momentum=0.9)` computes it: along a velocity that
  /// keeps a share of what it was (Polyak 1964).
  public static let momentum = Optimizer(
    name: "momentum", constants: [Constant("momentum", 0.9)], memories: ["v"],
    rule: ["{v} ← {momentum} · {v} + {dw}", "{w} ← {w} − {rate} · {v}"]
  ) { derivative, _, constants, memory in
    memory[0] = constants[0] * memory[0] + derivative
    return memory[0]
  }
}
