import GradCore

/// What comes back to a node as a formula that grows with each map on the way: `(dH ⊙ (1 − H²)) · Xᵀ`.
struct EdgeTerm {
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
  ///
  /// - Parameters:
  ///   - text: The number, or its formula.
  ///   - isSum: Whether it is a sum, which needs brackets beside other factors.
  mutating func scale(_ text: MathText, isSum: Bool = false) {
    if text.plain == "1" { return }
    isSpread = false
    let factor: MathText = isSum ? "(\(text))" : text
    if text.plain == "−1" {
      isNegative.toggle()
    } else if let positive = factor.dropping("−") {
      isNegative.toggle()
      scales.insert(positive, at: 0)
    } else {
      scales.insert(factor.beginning(.signed), at: 0)
    }
    signs = signs.map { Self.joined($0, factor) }
  }

  /// The signs of numbers with another one; −1 is but the sign of its neighbour: `×−1/p`.
  private static func joined(_ signs: [MathText], _ factor: MathText) -> [MathText] {
    guard let last = signs.last, let number = last.dropping("×") else {
      return signs + ["×\(factor)"]
    }
    if number.plain == "−1", !factor.plain.hasPrefix("−") {
      return signs.dropLast() + ["×−\(factor)"]
    }
    if factor.plain == "−1", !number.plain.hasPrefix("−") {
      return signs.dropLast() + ["×−\(number)"]
    }
    return signs + ["×\(factor)"]
  }

  /// Times an array at each entry.
  ///
  /// - Parameters:
  ///   - text: The array.
  ///   - isLoose: Whether it needs brackets beside other factors.
  ///   - isFull: Whether it has the shape of the node, so that the product has it.
  mutating func multiply(_ text: MathText, isLoose: Bool, isFull: Bool = true) {
    isSpread = false
    if isFull { unwritten = [] }
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
    writeOut()
    let factor = Factor(text: matrix, isLoose: isLoose, isTransposed: isTransposed)
    if fromLeft { factors.insert(factor, at: 0) } else { factors.append(factor) }
    (signs, isPhrase, isSpread) = (nil, false, false)
  }

  /// Rows for columns.
  mutating func transpose() {
    writeOut()
    for index in factors.indices { factors[index].isTransposed.toggle() }
    factors.reverse()
    signs = nil
  }

  /// The sum over some axes of `count` entries, of the shape `shape`.
  mutating func sum(_ over: String, count: Int, to shape: [Int]) {
    if factors.isEmpty {
      // All entries are alike.
      scale("\(count)")
      unwritten = shape.isEmpty ? [] : [.all(shape)]
      return
    }
    writeOut()
    let (text, isLoose) = whole
    replace("Σ \(isLoose ? "(\(text))" : text)" + (over.isEmpty ? "" : " \(over)"))
  }

  /// The mean over some axes, of the shape `shape`.
  mutating func average(_ over: String, to shape: [Int]) {
    if factors.isEmpty {
      // All entries are alike.
      unwritten = shape.isEmpty ? [] : [.all(shape)]
      return
    }
    writeOut()
    replace(
      "mean(\(whole.text))" + (over.isEmpty ? "" : " \(over)"), isPhrase: !over.isEmpty,
      isLoose: !over.isEmpty)
  }

  /// What is said in words: behind the formula, or as other words before it.
  mutating func describe(_ words: String, before: String? = nil) {
    if !factors.isEmpty { writeOut() }
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
    unwritten = []
  }

  /// An operand along `axes` of the shape `shape`, over which it is broadcast; nothing is said of it unless a
  /// product or a sum needs the whole shape.
  mutating func grow(_ over: String, _ axes: [Int], to shape: [Int]) {
    let signs = signs
    spread(axes.count == shape.count ? "" : over, axes, of: shape)
    (self.signs, isSpread) = (signs, false)
  }

  /// Every entry along `axes` of the shape `shape` has what comes to their sum.
  mutating func spread(_ over: String, _ axes: [Int], of shape: [Int]) {
    isSpread = scales.count + factors.count == 1 && !isNegative
    if over.isEmpty {
      unwritten.append(.all(shape))
    } else if shape.count == 2, axes.count == 1 {
      unwritten.append(axes[0] == 0 ? .rows(shape[0]) : .columns(shape[1]))
    } else {
      unwritten.append(.words(over))
    }
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

  /// How entries that are alike came from one.
  private enum Spread: Equatable {
    case all([Int])
    case rows(Int)
    case columns(Int)
    case words(String)
  }

  /// What stands in no factor yet, since a product entry by entry needs no word about it.
  private var unwritten: [Spread] = []

  /// Writes matrices of ones where a product or a sum needs the whole shape: `1₃ₓ₁ · dG`.
  private mutating func writeOut() {
    for spread in unwritten {
      switch spread {
      case .all(let shape):
        if factors.isEmpty {
          factors = [Factor(text: Self.ones(shape))]
        } else {
          unwritten = []
          multiply(Self.ones(shape), isLoose: false)
        }
      case .rows(let count): factors.insert(Factor(text: Self.ones([count, 1])), at: 0)
      case .columns(let count): factors.append(Factor(text: Self.ones([1, count])))
      case .words(let over):
        let (text, isLoose) = whole
        replace("\(isLoose ? "(\(text))" : text) \(over)")
      }
      (signs, isSpread, isPhrase) = (nil, false, false)
    }
    unwritten = []
  }

  private static func ones(_ shape: [Int]) -> MathText {
    var text: MathText = "1"
    text.append(NumberArray.text(shape), .lowered)
    return text
  }

  /// With matrices of ones written out, for what takes the whole array.
  var writtenOut: EdgeTerm {
    var term = self
    term.writeOut()
    return term
  }

  /// The sum of several ways.
  static func sum(_ terms: [EdgeTerm]) -> EdgeTerm {
    guard terms.count > 1, var result = terms.first else { return terms[0] }
    var terms = terms
    let spread = result.unwritten
    if terms.contains(where: { $0.unwritten != spread }) {
      // What has its whole shape lends it to the others.
      if terms.allSatisfy({ !$0.unwritten.isEmpty }) { terms = terms.map(\.writtenOut) }
      result = terms[0]
      result.unwritten = []
    }
    if terms.allSatisfy({ $0.whole.text == result.whole.text }) {
      result.scale("\(terms.count)")
      if result.signs?.count != 1 { result.signs = nil }
      return result
    }
    var text = result.whole.text
    for term in terms.dropFirst() {
      // What stands behind the sign has its brackets already.
      let positive = term.whole.text.dropping("−")
      text.append(positive == nil ? " + " : " − ")
      text.append(positive ?? term.whole.text)
    }
    let unwritten = result.unwritten
    result.replace(text)
    result.unwritten = unwritten
    return result
  }
}
