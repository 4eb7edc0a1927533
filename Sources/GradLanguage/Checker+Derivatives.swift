/// Derivatives as mathematics writes them, which are computed and not written: `dy/dx`, `d/dx(y)`.
extension Checker {
  /// Which side of such a quotient the name at word `token` is; `nil` for none.
  ///
  /// Something is said about the first side only.
  func sideOfDerivative(_ token: Int32) -> DerivativeSide? {
    let tokens = program.tokens
    let index = Int(token)
    func isDifferential(_ index: Int) -> Bool {
      guard tokens.indices.contains(index), tokens[index].kind == .name,
        lookup(tokens[index].payload) == nil, everywhere[tokens[index].payload] == nil
      else { return false }
      return program.source.bytes[Int(tokens[index].start)] == UInt8(ascii: "d")
    }
    func isSlash(_ index: Int) -> Bool {
      tokens.indices.contains(index) && tokens[index].kind == .slash
    }
    guard isDifferential(index) else { return nil }
    if isSlash(index + 1), isDifferential(index + 2) { return .numerator }
    return isSlash(index - 1) && isDifferential(index - 2) ? .denominator : nil
  }

  enum DerivativeSide { case numerator, denominator }

  static let derivativeHelp =
    "derivatives are computed: write the formula alone; --of names what is differentiated"
}
