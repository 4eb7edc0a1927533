/// Names of programs set as mathematics: `theta1` as θ₁, `W_out` with a lowered `out`, `yhat` as ŷ.
package enum MathName {
  /// The name as text; `version` from 2 on adds a tag: a small grey 2 after the second `c`.
  public static func text(_ name: String, version: Int = 1) -> MathText {
    let (stem, index) = split(name)
    var text = MathText()
    text.append(name: letter(stem) ?? stem)
    text.append(index, .lowered)
    if version > 1 { text.append("\(version)", .tag) }
    return text
  }

  /// The one letter that a stem spells, with its mark: `θ`, `ŷ`; `nil` for a word.
  private static func letter(_ stem: String) -> String? {
    if stem.count == 1 { return stem }
    if let letter = greek[stem] { return letter }
    for (word, mark) in marks where stem.hasSuffix(word) {
      let base = String(stem.dropLast(word.count))
      guard let letter = base.count == 1 ? base : greek[base] else { continue }
      return marked(letter, mark)
    }
    return nil
  }

  /// What stands over a letter, by the word at the end of a name.
  private static let marks: [(word: String, mark: Unicode.Scalar)] = [
    ("hat", "\u{302}"), ("tilde", "\u{303}"), ("bar", "\u{304}"),
  ]

  /// The letter with a mark as one character of Unicode where there is one, which more fonts have.
  private static func marked(_ letter: String, _ mark: Unicode.Scalar) -> String {
    precomposed.first { $0.letter == letter && $0.mark == mark }.map { String($0.whole) }
      ?? letter + String(mark)
  }

  /// A letter with a mark that is one character: the letter and the mark.
  static func parts(of whole: Unicode.Scalar) -> (letter: String, mark: Unicode.Scalar)? {
    precomposed.first { $0.whole == whole }.map { ($0.letter, $0.mark) }
  }

  private static let precomposed: [(whole: Unicode.Scalar, letter: String, mark: Unicode.Scalar)] =
    [
      (Unicode.Scalar(0x302), "âĉêĝĥîĵôŝûŵŷÂĈÊĜĤÎĴÔŜÛŴŶ", "aceghijosuwyACEGHIJOSUWY"),
      (Unicode.Scalar(0x303), "ãñõĩũÃÑÕĨŨ", "anoiuANOIU"),
      (Unicode.Scalar(0x304), "āēīōūĀĒĪŌŪ", "aeiouAEIOU"),
    ].flatMap { mark, wholes, letters in
      zip(wholes.unicodeScalars, letters).compactMap { whole, letter in
        mark.map { (whole, String(letter), $0) }
      }
    }

  /// The letter and the index of a name: what follows the first `_`, or the digits at the end.
  ///
  /// A word keeps its digits on the line (`layer1`); a letter of any alphabet does not.
  private static func split(_ name: String) -> (stem: String, index: String) {
    // A path, as `mu_l.weight` of a module, is no letter with an index.
    guard !name.utf8.contains(UInt8(ascii: ".")) else { return (name, "") }
    if let mark = name.utf8.firstIndex(of: UInt8(ascii: "_")), mark > name.startIndex,
      case let index = name[mark...].dropFirst(), !index.isEmpty
    {
      let stem = String(name[..<mark])
      let rest = index.split(separator: "_").map { String($0) }
      guard letter(stem) != nil else { return (name, "") }
      // `y_hat` is `yhat`, and `y_hat_1` is `yhat1`.
      if let word = rest.first, marks.contains(where: { $0.word == word }),
        letter(stem + word) != nil
      {
        return (stem + word, rest.dropFirst().joined(separator: ","))
      }
      return (stem, String(index.map { $0 == "_" ? "," : $0 }))
    }
    let digits = name.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
    let stem = String(name.dropLast(digits))
    guard digits > 0, letter(stem) != nil else { return (name, "") }
    return (stem, String(name.suffix(digits)))
  }

  private static let greek: [String: String] = {
    let small = [
      "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
      "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "lambda_": "λ",
      "lamda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
      "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    ]
    let large = [
      "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
      "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "inf": "∞",
    ]
    return small.merging(large) { first, _ in first }
  }()
}
