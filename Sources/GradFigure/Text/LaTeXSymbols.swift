extension LaTeX {
  /// A character of mathematics as LaTeX writes it.
  struct Symbol {
    var text: String
    var kind: MathToken.Kind
  }

  /// The characters that mathematics has signs for.
  static let symbols: [Character: Symbol] = {
    var symbols: [Character: Symbol] = [:]
    func add(_ table: [Character: String], _ kind: MathToken.Kind) {
      for (character, text) in table { symbols[character] = Symbol(text: text, kind: kind) }
    }
    add(
      [
        "+": "+", "−": "-", "-": "-", "=": "=", "/": "/", "<": "<", ">": ">", "*": "*",
        "·": "\\cdot", "×": "\\times", "÷": "\\div", "±": "\\pm", "∓": "\\mp", "≤": "\\le",
        "≥": "\\ge", "≠": "\\ne", "≈": "\\approx", "→": "\\to", "←": "\\gets", "∈": "\\in",
        "∘": "\\circ", "⊙": "\\odot", "⊕": "\\oplus", "⊗": "\\otimes",
      ], .sign)
    add([",": ",", ";": ";"], .comma)
    add(["(": "(", "[": "[", "⌊": "\\lfloor", "⌈": "\\lceil", "|": "|"], .open)
    add([")": ")", "]": "]", "⌋": "\\rfloor", "⌉": "\\rceil"], .close)
    add(["′": "'", "″": "''", "‴": "'''"], .prime)
    add(["√": "\\sqrt", "∛": "\\sqrt[3]", "∜": "\\sqrt[4]"], .root)
    add(
      [
        "…": "\\dots", "∂": "\\partial", "∞": "\\infty", "∇": "\\nabla", "ℓ": "\\ell",
        "∑": "\\textstyle\\sum", "∏": "\\textstyle\\prod", "∫": "\\textstyle\\int",
        ".": ".", "!": "!", ":": "{:}", "°": "^{\\circ}", "ħ": "\\hbar",
        "ℝ": "\\mathbb{R}", "ℂ": "\\mathbb{C}", "ℕ": "\\mathbb{N}", "ℚ": "\\mathbb{Q}",
        "ℤ": "\\mathbb{Z}", "𝔼": "\\mathbb{E}", "ℙ": "\\mathbb{P}",
      ], .ordinary)
    add(greek, .ordinary)
    return symbols
  }()

  /// Functions that LaTeX sets as operators.
  static let functions: [String: String] = {
    let own = [
      "arccos", "arcsin", "arctan", "cos", "cosh", "exp", "ln", "log", "max", "min", "sin", "sinh",
      "tan", "tanh",
    ]
    let pairs = own.map { ($0, "\\\($0)") }
    return Dictionary(uniqueKeysWithValues: pairs).merging([
      "acos": "\\arccos", "asin": "\\arcsin", "atan": "\\arctan",
    ]) { first, _ in first }
  }()

  /// A name without the mark over its first letter, and the command that sets the mark.
  static func unaccented(_ name: String) -> (plain: String, command: String)? {
    let commands: [Unicode.Scalar: String] = [
      "\u{302}": "\\hat", "\u{303}": "\\tilde", "\u{304}": "\\bar", "\u{307}": "\\dot",
    ]
    guard let letter = name.first, let last = letter.unicodeScalars.last else { return nil }
    var plain = String(String.UnicodeScalarView(letter.unicodeScalars.dropLast()))
    var mark = last
    if let parts = MathName.parts(of: last) {
      plain += parts.letter
      mark = parts.mark
    }
    guard !plain.isEmpty, let command = commands[mark] else { return nil }
    return (plain + name.dropFirst(), command)
  }

  private static let greek: [Character: String] = [
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon",
    "ϵ": "\\epsilon", "ζ": "\\zeta", "η": "\\eta", "θ": "\\theta", "ϑ": "\\vartheta",
    "ι": "\\iota", "κ": "\\kappa", "λ": "\\lambda", "μ": "\\mu", "µ": "\\mu", "ν": "\\nu",
    "ξ": "\\xi", "ο": "o", "π": "\\pi", "ρ": "\\rho", "ϱ": "\\varrho", "σ": "\\sigma",
    "ς": "\\varsigma", "τ": "\\tau", "υ": "\\upsilon", "φ": "\\varphi", "ϕ": "\\phi", "χ": "\\chi",
    "ψ": "\\psi", "ω": "\\omega",
    "Α": "\\mathrm{A}", "Β": "\\mathrm{B}", "Γ": "\\Gamma", "Δ": "\\Delta", "Ε": "\\mathrm{E}",
    "Ζ": "\\mathrm{Z}", "Η": "\\mathrm{H}", "Θ": "\\Theta", "Ι": "\\mathrm{I}",
    "Κ": "\\mathrm{K}", "Λ": "\\Lambda", "Μ": "\\mathrm{M}", "Ν": "\\mathrm{N}", "Ξ": "\\Xi",
    "Ο": "\\mathrm{O}", "Π": "\\Pi", "Ρ": "\\mathrm{P}", "Σ": "\\Sigma", "Τ": "\\mathrm{T}",
    "Υ": "\\Upsilon", "Φ": "\\Phi", "Χ": "\\mathrm{X}", "Ψ": "\\Psi", "Ω": "\\Omega",
  ]
}
