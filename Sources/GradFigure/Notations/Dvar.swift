extension Notation {
  /// The name that a program gives to the derivative of the final output: `db`.
  public static let dvar = Notation(name: "dvar") { _, variable in
    variable.differential("d")
  }
}
