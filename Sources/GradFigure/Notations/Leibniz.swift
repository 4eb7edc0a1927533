extension Notation {
  /// `dJ/db`.
  public static let leibniz = Notation(name: "leibniz") { output, variable in
    output.differential("d") + "/" + variable.differential("d")
  }
}
