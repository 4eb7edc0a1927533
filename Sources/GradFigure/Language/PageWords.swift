/// The words of a page around a figure.
package struct PageWords: Sendable {
  // What the sections are.
  package let figure: String
  package let steps: String
  package let inputs: String
  package let chainRule: String

  // What the buttons do, for who does not see their arrows.
  package let first: String
  package let back: String
  package let next: String
  package let last: String
  package let stepSlider: String
  package let position: @Sendable (_ step: String, _ last: String) -> String

  // How inputs and nodes are used.
  package let inputsHint: String
  package let chainRuleHint: String
  package let keys: String

  // The fields of an input.
  package let valueOf: @Sendable (_ name: String) -> String
  package let sliderOf: @Sendable (_ name: String) -> String
  /// Gives all inputs their first values.
  package let reset: String

  // The nudge.
  /// Moves a node a little.
  package let nudge: @Sendable (_ name: String) -> String
  /// Moves the node that is chosen.
  package let nudgeChosen: String
  /// By how much.
  package let by: String
  package let node: String
  package let before: String
  package let after: String
  package let change: String
  /// What the nudge says, beside what the derivative says.
  package let beside: @Sendable (_ quotient: String, _ derivative: String) -> String
  /// That a condition would turn out otherwise for the inputs given.
  package let flipped: @Sendable (_ condition: String) -> String
}
