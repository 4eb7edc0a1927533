/// The words of exercises on Newton's method.
package struct NewtonWords: Sendable {
  package let title: @Sendable (_ output: MathText) -> Prose
  package let task: @Sendable (_ given: Prose, _ count: Int, _ inputs: Prose) -> Prose
  /// How one input moves.
  package let rule: @Sendable (_ rule: MathText) -> Prose
  /// How several inputs move.
  package let system: @Sendable (_ output: MathText) -> Prose
  package let step: @Sendable (_ number: Int) -> Prose
}
