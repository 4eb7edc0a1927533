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
      "\(reading.name(of: index)) = \(reading.number(drawn.nodes[index].value))" as MathText
    }
    var sheet = Sheet(
      words.exercise(reading.name(of: drawn.output)), language: reading.options.language.tag)
    let variant = seed.map { Prose(words.variant($0).pieces + [.words(". ")]) } ?? ""
    sheet.blocks = [
      .paragraph(variant + words.studentName + " ____________________"),
      .paragraph(words.task(words.list(inputs))), .figure(picture), .heading(words.fillIn),
      .items(answers.map { Prose($0.name) + " = ____________" }),
      .pageBreak, .heading(words.key),
      .items(answers.map { Prose(reading.equation(for: $0)) }),
    ]
    return sheet
  }
}

extension Reading {
  /// An answer, written out: `db = du · ∂u/∂b = 3 · 2 = 6`.
  fileprivate func equation(for answer: AskedNumber) -> MathText {
    let chain =
      switch answer.kind {
      case .values: valueChain(of: answer.index)
      case .partials: partialChain(of: answer.index)
      case .derivatives: chain(of: answer.index, [.names, .numbers, .terms])
      }
    return chain.dropFirst().reduce(chain.first ?? MathText()) { $0 + " = " + $1 }
  }
}
