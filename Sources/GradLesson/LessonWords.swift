public import GradFigure

/// The words of lessons, tables and exercises in one language.
///
/// Names and formulas are the program's own. To add a language, add a file to `LessonWords/` and name
/// it in ``all``; a figure's words are a ``GradFigure/Words`` of the same language.
public struct LessonWords: Sendable {
  /// The language's tag (BCP 47), that of the figure's words.
  public let language: String
  /// What parts two sentences.
  let space: Prose
  /// Several names in a list.
  let list: @Sendable ([MathText]) -> Prose

  // The lesson.
  let title: @Sendable (_ output: MathText) -> Prose
  let forward: @Sendable (_ output: MathText) -> Prose
  let given: @Sendable (_ inputs: Prose) -> Prose
  let computed: Prose
  let backward: @Sendable (_ output: MathText, _ inputs: Prose?) -> Prose
  /// The derivative of the output by itself.
  let start: @Sendable (_ derivative: MathText) -> Prose
  /// A node that the output is computed from.
  let direct: @Sendable (_ node: MathText, _ output: MathText) -> Prose
  /// A node that acts on the output through others.
  let through: @Sendable (_ node: MathText, _ output: MathText, _ users: [MathText]) -> Prose
  /// Derivatives that have been found before.
  let reused: @Sendable (_ derivatives: [MathText]) -> Prose
  let unused: @Sendable (_ node: MathText, _ output: MathText) -> Prose
  let gradient: @Sendable (_ derivatives: Prose) -> Prose

  // What the backward sweep saves.
  let saved: Prose
  let counted: @Sendable (_ operations: Int, _ partials: Int, _ inputs: Int) -> Prose
  let backwardCost: @Sendable (_ cost: SweepCost, _ inputs: Int) -> Prose
  let forwardCost: @Sendable (_ sum: String, _ total: Int) -> Prose
  let nudgeCost: @Sendable (_ sum: String, _ total: Int) -> Prose

  // Tables.
  let tableTitle: @Sendable (_ output: MathText) -> Prose
  let primal: Prose
  let tangent: Prose
  let adjoint: Prose
  let nudgeTitle: @Sendable (_ node: MathText, _ amount: String) -> Prose
  let name: Prose
  let before: Prose
  let after: Prose
  let change: Prose

  // Exercises.
  let exercise: @Sendable (_ output: MathText) -> Prose
  let studentName: Prose
  let task: @Sendable (_ inputs: Prose) -> Prose
  let fillIn: Prose
  let key: Prose
  let variant: @Sendable (_ seed: Int) -> Prose
}

extension LessonWords {
  /// Every language, in the order `--help` lists them.
  public static let all: [LessonWords] = [english, traditionalChinese]

  /// The words that belong to those of a figure.
  public init(_ words: Words) {
    self = Self.all.first { $0.language == words.language } ?? .english
  }
}
