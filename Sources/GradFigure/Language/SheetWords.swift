/// The words of lessons, tables and exercises.
package struct SheetWords: Sendable {
  /// What parts two sentences.
  package let space: Prose
  /// Several names in a list.
  package let list: @Sendable ([MathText]) -> Prose

  // The lesson.
  package let title: @Sendable (_ output: MathText) -> Prose
  package let forward: @Sendable (_ output: MathText) -> Prose
  package let given: @Sendable (_ inputs: Prose) -> Prose
  package let computed: Prose
  package let backward: @Sendable (_ output: MathText, _ inputs: Prose?) -> Prose
  /// The derivative of the output by itself.
  package let start: @Sendable (_ derivative: MathText) -> Prose
  /// A node that the output is computed from.
  package let direct: @Sendable (_ node: MathText, _ output: MathText) -> Prose
  /// A node that acts on the output through others.
  package let through:
    @Sendable (_ node: MathText, _ output: MathText, _ users: [MathText]) -> Prose
  /// Derivatives that have been found before.
  package let reused: @Sendable (_ derivatives: [MathText]) -> Prose
  package let unused: @Sendable (_ node: MathText, _ output: MathText) -> Prose
  package let gradient: @Sendable (_ derivatives: Prose) -> Prose

  // Derivatives above order 1.
  package let higher: @Sendable (_ order: Int) -> Prose
  package let backwardAgain: Prose

  // What the backward sweep saves.
  package let saved: Prose
  package let counted: @Sendable (_ operations: Int, _ partials: Int, _ inputs: Int) -> Prose
  package let backwardCost:
    @Sendable (
      _ multiplications: Int, _ additions: Int, _ inputs: Int
    ) -> Prose
  package let forwardCost: @Sendable (_ sum: String, _ total: Int) -> Prose
  package let nudgeCost: @Sendable (_ sum: String, _ total: Int) -> Prose

  // Tables.
  package let tableTitle: @Sendable (_ output: MathText) -> Prose
  package let primal: Prose
  package let tangent: Prose
  package let adjoint: Prose
  /// The column of the tangents, or derivatives, of an order above 1.
  package let higherTangent: @Sendable (_ order: Int) -> Prose
  package let higherAdjoint: @Sendable (_ order: Int) -> Prose
  package let nudgeTitle: @Sendable (_ node: MathText, _ amount: String) -> Prose
  package let name: Prose
  package let before: Prose
  package let after: Prose
  package let change: Prose
  /// An entry that changes the most of a large array, and how many change.
  package let most: @Sendable (_ name: MathText, _ shape: String, _ count: String) -> Prose

  // Exercises.
  package let exercise: @Sendable (_ output: MathText) -> Prose
  package let studentName: Prose
  package let task: @Sendable (_ inputs: Prose) -> Prose
  package let fillIn: Prose
  package let key: Prose
  package let variant: @Sendable (_ seed: Int) -> Prose
}
