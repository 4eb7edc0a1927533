import GradCore
public import GradFigure

extension Sheet {
  /// An exercise sheet: the figure with its blanks, a question for each in the order in which they are
  /// computed, and on another page the answers, written out.
  ///
  /// - Parameters:
  ///   - reading: The figure, with the numbers that are left out.
  ///   - picture: The figure.
  ///   - seed: Which variant of the exercise it is; `nil` for the program as it stands.
  /// - Returns: The sheet, in no format yet.
  public static func exercise(
    _ reading: Reading, picture: Picture, seed: Int? = nil
  ) -> Sheet {
    let words = reading.options.language.sheet
    let answers = reading.blankAnswers
    let drawn = reading.trace
    let inputs = drawn.nodes.indices.filter { drawn.nodes[$0].kind == .input }.map { index in
      "\(reading.name(of: index)) = \(reading.value(of: index))" as MathText
    }
    var sheet = Sheet(
      words.exercise(reading.name(of: drawn.output)), language: reading.options.language.tag)
    let variant = seed.map { Prose(words.variant($0).pieces + [.words(". ")]) } ?? ""
    sheet.blocks = [
      .paragraph(variant + words.studentName + " ____________________"),
      .paragraph(words.task(words.list(inputs))), .figure(picture), .heading(words.fillIn),
      .items(answers.map { Prose($0.name) + Self.shape(of: $0) + " = ____________" }),
      .pageBreak, .heading(words.key),
      .items(answers.map { Prose(reading.equation(for: $0)) }),
    ]
    return sheet
  }

  /// The shape of a whole array in brackets: ` (2×3)`.
  private static func shape(of answer: AskedNumber) -> Prose {
    guard let shape = answer.array?.shape else { return "" }
    return Prose([.words(" (\(shape.map(String.init).joined(separator: "×")))")])
  }
}

extension Reading {
  /// An answer, written out: `db = du · ∂u/∂b = 3 · 2 = 6`, `dW[0, 1] = (dq · xᵀ)[0, 1] = 0.176`.
  fileprivate func equation(for answer: AskedNumber) -> MathText {
    var chain =
      switch answer.kind {
      case .values: valueChain(of: answer.index)
      case .partials: partialChain(of: answer.index)
      case .derivatives: chain(of: answer.index, [.names, .numbers, .terms])
      }
    if let entry = answer.entry, chain.count > 1 {
      let array = answer.kind == .values ? trace.nodes[answer.index].array : nil
      let place = (array ?? trace.nodes[answer.index].arrayDerivative)?.place(of: entry) ?? ""
      let formulas = chain.dropFirst().dropLast().map { "(\($0))\(place)" as MathText }
      chain = [answer.name] + formulas + [number(answer.number)]
    }
    return chain.dropFirst().reduce(chain.first ?? MathText()) { $0 + " = " + $1 }
  }
}
