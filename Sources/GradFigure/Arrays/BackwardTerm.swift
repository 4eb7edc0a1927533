import GradCore

/// What comes back to a node as a formula that grows with each map on the way: `(dH ⊙ (1 − H²)) · Xᵀ`.
struct BackwardTerm {
  /// One factor of a matrix product.
  private struct Factor {
    var text: MathText
    /// Whether it needs brackets beside other factors.
    var isLoose = false
    var isTransposed = false

    func written(alone: Bool) -> MathText {
      if !isTransposed { return isLoose && !alone ? "(\(text))" : text }
      // The derivative of Leibniz is a quotient: (dJ/dZ)ᵀ.
      var result: MathText = isLoose || text.plain.contains("/") ? "(\(text))" : text
      result.append("T", .transposed)
      return result
    }
  }

  private var isNegative = false
  /// Numbers before the product.
  private var scales: [MathText] = []
  /// The product; where it is empty every entry is 1.
  private var factors: [Factor] = []
  /// What has become of the derivative so far, said without its name: `⊙ σ′(Z)`; `nil` where its name is
  /// needed.
  private var signs: [MathText]? = []
  private let own: MathText

  /// The derivative of the node where the way begins.
  init(_ own: MathText, isNumber: Bool) {
    self.own = own
    if isNumber { scales = [own] } else { factors = [Factor(text: own)] }
  }

  /// The whole formula, and whether it needs brackets as a factor.
  var whole: (text: MathText, isLoose: Bool) {
    let alone = scales.isEmpty && factors.count == 1
    var text = MathText(isNegative ? "−" : "")
    text.append(
      (scales + factors.map { $0.written(alone: alone && !isNegative) }).joined(separator: " · "))
    if scales.isEmpty, factors.isEmpty { text.append("1") }
    let isOne = scales.count + factors.count <= 1 && !isNegative
    return (text, !isOne || alone && factors[0].isLoose && !factors[0].isTransposed)
  }

  /// The formula without the derivative's name where the map is said by a sign: `⊙ σ′(Z)`, `×2`.
  var label: MathText {
    guard let signs else { return isSpread ? "1 · \(own)" : whole.text }
    return signs.isEmpty ? "×1" : signs.joined(separator: " ")
  }

  // MARK: Maps

  /// Times a number.
  mutating func scale(_ text: MathText) {
    if text.plain == "1" { return }
    isSpread = false
    if text.plain == "−1" {
      isNegative.toggle()
    } else {
      scales.insert(text.beginning(.signed), at: 0)
    }
    signs?.append("×\(text)")
  }

  /// Times an array at each entry.
  mutating func multiply(_ text: MathText, isLoose: Bool) {
    isSpread = false
    let written: MathText = isLoose ? "(\(text))" : text
    signs?.append("⊙ \(written)")
    if factors.isEmpty {
      factors = [Factor(text: text, isLoose: isLoose)]
      signs = nil
      return
    }
    let product = factors.map { $0.written(alone: factors.count == 1) }.joined(separator: " · ")
    let needsBrackets = factors.count > 1 || isPhrase
    let left: MathText = needsBrackets ? "(\(product))" : product
    factors = [Factor(text: "\(left) ⊙ \(written)", isLoose: true)]
    isPhrase = false
  }

  /// Whether it is but the derivative of a sum, at every entry.
  private var isSpread = false

  /// Whether the only factor is more than a product of entries: `Σ dZ over rows`.
  private var isPhrase = false

  /// Times a matrix, from one side.
  mutating func multiply(
    by matrix: MathText, isLoose: Bool, isTransposed: Bool, fromLeft: Bool
  ) {
    let factor = Factor(text: matrix, isLoose: isLoose, isTransposed: isTransposed)
    if factors.isEmpty { factors = [Factor(text: "1")] }
    if fromLeft { factors.insert(factor, at: 0) } else { factors.append(factor) }
    (signs, isPhrase, isSpread) = (nil, false, false)
  }

  /// Rows for columns.
  mutating func transpose() {
    for index in factors.indices { factors[index].isTransposed.toggle() }
    factors.reverse()
    signs = nil
  }

  /// The sum over some axes.
  mutating func sum(_ over: String) {
    let (text, isLoose) = whole
    replace("Σ \(isLoose ? "(\(text))" : text)" + (over.isEmpty ? "" : " \(over)"))
  }

  /// What is said in words: behind the formula, or as other words before it.
  mutating func describe(_ words: String, before: String? = nil) {
    let (text, isLoose) = whole
    let inside: MathText = isLoose ? "(\(text))" : text
    let sign = signs.map { $0 + [MathText(words)] }
    replace(before.map { "\($0) \(inside)" } ?? "\(inside) \(words)")
    signs = sign
  }

  /// Puts another formula in the place of this one.
  mutating func replace(_ text: MathText, isPhrase: Bool = true, isLoose: Bool = true) {
    (isNegative, scales, factors) = (false, [], [Factor(text: text, isLoose: isLoose)])
    (self.isPhrase, signs, isSpread) = (isPhrase, nil, false)
  }

  /// Every entry along axes has what comes to their sum.
  mutating func spread(_ over: String) {
    isSpread = scales.count + factors.count == 1 && !isNegative
    if over.isEmpty {
      signs = nil
    } else if signs?.isEmpty ?? false {
      signs = ["1 · \(own) \(over)"]
    } else if signs?.count == 1, let scale = scales.first {
      signs = ["\(scale) · \(own) \(over)"]
    } else {
      signs = nil
    }
  }

  /// The sum of several ways.
  static func sum(_ terms: [BackwardTerm]) -> BackwardTerm {
    guard terms.count > 1, var result = terms.first else { return terms[0] }
    if terms.allSatisfy({ $0.whole.text == result.whole.text }) {
      result.scale("\(terms.count)")
      if result.signs?.count != 1 { result.signs = nil }
      return result
    }
    var text = result.whole.text
    for term in terms.dropFirst() {
      let next = term.whole.text.plain.hasPrefix("−")
      var positive = term
      if next { positive.isNegative.toggle() }
      text.append(next ? " − " : " + ")
      text.append(positive.whole.text)
    }
    result.replace(text)
    return result
  }
}
