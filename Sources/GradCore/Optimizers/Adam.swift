extension Optimizer {
  /// Adam, as `torch.optim.Adam` computes it: the mean of the derivatives over the root of the mean of their
  /// squares, both without the bias of having begun at 0 (Kingma and Ba 2015, algorithm 1).
  public static let adam = Optimizer(
    name: "adam",
    constants: [Constant("beta1", 0.9), Constant("beta2", 0.999), Constant("epsilon", 1e-8)],
    memories: ["m", "v"],
    rule: [
      "{m} ← {beta1} · {m} + {1-beta1} · {dw}", "{v} ← {beta2} · {v} + {1-beta2} · {dw}²",
      "{w} ← {w} − {rate} · {m}/(1 − {beta1}ᵗ) / (√({v}/(1 − {beta2}ᵗ)) + {epsilon})",
    ]
  ) { derivative, number, constants, memory in
    let (beta1, beta2, epsilon) = (constants[0], constants[1], constants[2])
    memory[0] = beta1 * memory[0] + (1 - beta1) * derivative
    memory[1] = beta2 * memory[1] + (1 - beta2) * derivative * derivative
    let mean = memory[0] / (1 - power(beta1, number))
    let square = memory[1] / (1 - power(beta2, number))
    return mean / (square.squareRoot() + epsilon)
  }

  /// `base` raised to a whole exponent, by repeated squaring.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, factor, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return result
  }
}
