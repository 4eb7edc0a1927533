public import GradFigure

extension Sheet {
  /// Where the answers of an exercise are.
  public enum Answers: String, CaseIterable, Sendable {
    /// On a page behind the questions.
    case behind
    /// Nowhere: the sheet is handed out.
    case none
    /// They are all there is: the key alone.
    case only
  }

  /// An exercise with its answers elsewhere.
  ///
  /// - Parameters:
  ///   - answers: Where they are.
  ///   - seed: Which variant the exercise is, which the key alone says too; `nil` for none.
  ///   - language: The sheet's language.
  /// - Returns: The part of the sheet that is asked for.
  public func with(_ answers: Answers, seed: Int?, in language: Language) -> Sheet {
    let end = blocks.firstIndex { if case .pageBreak = $0 { true } else { false } }
    guard answers != .behind, let end else { return self }
    var sheet = self
    if answers == .none {
      sheet.blocks = Array(blocks[..<end])
    } else {
      let variant = seed.map { Prose(language.sheet.variant($0).pieces + [.words(".")]) }
      sheet.blocks = (variant.map { [.paragraph($0)] } ?? []) + blocks[(end + 1)...]
    }
    return sheet
  }
}
