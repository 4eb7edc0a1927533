/// Names of programs set as mathematics: `theta1` as θ₁, `W_out` with a lowered `out`.
public enum MathName {
  /// The name as text; `version` from 2 on adds primes: `c′` for the second `c`.
  public static func text(_ name: String, version: Int = 1) -> MathText {
    let (stem, index) = split(name)
    var text = MathText()
    text.append(name: greek[stem] ?? stem)
    text.append(index, .lowered)
    switch version {
    case ...1: break
    case 2: text.append("′")
    case 3: text.append("″")
    default: text.append("(\(version))", .raised)
    }
    return text
  }

  /// The letter and the index of a name: what follows the first `_`, or the digits at the end.
  ///
  /// A name of several letters keeps its digits on the line (`layer1`), unless it is a Greek letter's.
  private static func split(_ name: String) -> (stem: String, index: String) {
    let letters = Array(name)
    if let mark = letters.firstIndex(of: "_"), mark > 0, mark < letters.count - 1 {
      let stem = String(letters[..<mark])
      if stem.count == 1 || greek[stem] != nil {
        return (stem, letters[(mark + 1)...].map { $0 == "_" ? "," : String($0) }.joined())
      }
      return (name, "")
    }
    let digits = letters.reversed().prefix { $0.isASCII && $0.isNumber }.count
    let stem = String(letters.dropLast(digits))
    guard digits > 0, stem.count == 1 || greek[stem] != nil else { return (name, "") }
    return (stem, String(letters.suffix(digits)))
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
