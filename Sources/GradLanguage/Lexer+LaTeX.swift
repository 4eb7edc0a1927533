import GradCore

extension Lexer {
  /// Reads a backslash: the end of a line that goes on, or what LaTeX writes.
  mutating func scanBackslash() {
    let start = offset
    offset += 1
    skipBlanks()
    if offset < bytes.count, bytes[offset] == 0x0A || bytes[offset] == 0x0D {
      skipLineEnd()
      return
    }
    offset = start + 1
    while offset < bytes.count, isNameStart(bytes[offset]), bytes[offset] != 0x5F { offset += 1 }
    let command = source.text(start + 1..<offset)
    let next = offset < bytes.count ? bytes[offset] : 0x20
    defer { add(.mistake, from: start) }
    // All of a line is LaTeX if a part of it is.
    guard lineOfLaTeX != source.line(of: start) else { return }
    if command.isEmpty, next == 0x20 || next == 0x09 || isDigit(at: offset) {
      report.error(
        .unexpectedCharacter, "unexpected '\\'", at: start..<start + 1,
        help: "'\\' stands at the end of a line that goes on in the next")
      return
    }
    lineOfLaTeX = source.line(of: start)
    report.error(
      .unexpectedCharacter, "\(quoted("\\\(command)")) is LaTeX, which is not read here",
      at: start..<offset, help: "write \(plain(command))")
  }

  /// How the language writes what a command of LaTeX does, with the arguments after it.
  private func plain(_ command: String) -> String {
    switch command {
    case "frac", "dfrac", "tfrac":
      let (numerator, after) = argument(at: offset)
      let (denominator, _) = argument(at: after)
      guard let numerator, let denominator else { return "a/b" }
      return "\(bracketed(numerator))/\(bracketed(denominator))"
    case "sqrt":
      if offset < bytes.count, bytes[offset] == UInt8(ascii: "[") { return "cbrt(x), or x**(1/n)" }
      return "sqrt(\(argument(at: offset).text ?? "x"))"
    default: break
    }
    if let known = commands[command] { return known }
    if let letter = greek[command] {
      return command == "lambda" ? "'\(letter)' or 'lam'" : "'\(letter)' or '\(command)'"
    }
    if OperatorRow.named(command) != nil {
      return "\(command)(\(argument(at: offset).text ?? "x"))"
    }
    return "the formula as Python does: 1/2, sin(x), x**2"
  }

  /// What stands in braces or brackets at `start`, or the word there, and where it ends.
  private func argument(at start: Int) -> (text: String?, end: Int) {
    var begin = start
    while begin < bytes.count, bytes[begin] == 0x20 { begin += 1 }
    guard begin < bytes.count else { return (nil, begin) }
    var end = begin
    if bytes[begin] == UInt8(ascii: "{") || bytes[begin] == UInt8(ascii: "(") {
      var depth = 0
      repeat {
        switch bytes[end] {
        case UInt8(ascii: "{"), UInt8(ascii: "("): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: ")"): depth -= 1
        case 0x0A, 0x0D, UInt8(ascii: "\\"), UInt8(ascii: "^"): return (nil, end)
        default: break
        }
        end += 1
      } while depth > 0 && end < bytes.count
      guard depth == 0, end - begin > 2, end - begin < 40 else { return (nil, end) }
      return (source.text(begin + 1..<end - 1), end)
    }
    while end < bytes.count, isNameStart(bytes[end]) || isDigit(at: end) { end += 1 }
    return end > begin && end - begin < 40 ? (source.text(begin..<end), end) : (nil, end)
  }

  private func bracketed(_ text: String) -> String {
    text.utf8.allSatisfy { isNameStart($0) || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2E }
      ? text : "(\(text))"
  }
}

/// What LaTeX has commands for and the language other words.
private let commands: [String: String] = [
  "cdot": "*", "times": "*", "ast": "*", "div": "/", "pm": "two statements, one for each sign",
  "left": "round brackets alone", "right": "round brackets alone", "big": "round brackets alone",
  "Big": "round brackets alone", "pi": "pi", "infty": "inf", "le": "<=", "leq": "<=", "ge": ">=",
  "geq": ">=", "ne": "!=", "neq": "!=", "lvert": "abs(x)", "rvert": "abs(x)", "vert": "abs(x)",
  "partial": "the formula itself: the derivatives are computed",
  "nabla": "the formula itself: the derivatives are computed",
  "sum": "the sum out: x1 + x2", "prod": "the product out: x1 * x2", "operatorname": "sin(x)",
  "mathrm": "the name alone", "text": "the name alone", "mathbf": "the name alone",
  "hat": "a name such as y_hat", "bar": "a name such as x_bar", "tilde": "a name such as x_tilde",
]

/// Names of Greek letters, and the letters.
private let greek: [String: String] = [
  "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
  "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ",
  "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
  "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
  "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
]
