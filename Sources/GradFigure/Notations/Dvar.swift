extension Notation {
  /// The name that a program gives to the derivative of the final output: `db`.
  public static let dvar = Notation(
    name: "dvar", derivative: { _, variable in variable.differential("d") },
    higher: { order, _, variable in variable.differential("d", order) })
}
