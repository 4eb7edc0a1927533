extension Notation {
  /// `dJ/db`.
  public static let leibniz = Notation(name: "leibniz") { output, variable in
    MathText("d") + output + "/d" + variable
  }
}
