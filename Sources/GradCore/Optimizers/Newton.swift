extension Optimizer {
  /// Newton's method: to where the parabola through a point would have its turn, by the inverse of the
  /// Hessian (Nocedal and Wright, "Numerical Optimization", section 3.3).
  public static let newton = Optimizer(
    name: "newton", rule: ["{w} ← {w} − {rate} · H⁻¹ · {dw}"], rate: 1, solves: true
  ) { direction, _, _, _ in direction }
}
