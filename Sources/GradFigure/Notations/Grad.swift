extension Notation {
  /// `b.grad`, as deep-learning libraries spell it.
  public static let grad = Notation(name: "grad") { _, variable in
    variable + ".grad"
  }
}
