/// The words of a page around a figure.
package struct PageWords: Sendable {
  // What the sections are.
  package let figure: String
  package let steps: String
  package let inputs: String
  package let chainRule: String
  package let panel: String
  package let nudgeTitle: String
  package let paths: String
  /// Why nothing can be edited: no script computes `operation`, by which `node` is made.
  package let cannotCompute: @Sendable (_ operation: String, _ node: String) -> String
  /// Which inputs are too large to be edited.
  package let largeInputs: @Sendable (_ names: String) -> String
  /// Which inputs decided what was recorded, and so cannot be edited.
  package let readInputs: @Sendable (_ names: String) -> String

  // What the buttons do, for who does not know their signs.
  package let first: String
  package let back: String
  package let next: String
  package let last: String
  package let play: String
  package let pause: String
  package let stepSlider: String
  package let position: @Sendable (_ step: String, _ last: String) -> String

  // The size of the figure, and what its buttons do.
  package let zooms: String
  package let zoomIn: String
  package let zoomOut: String
  package let fit: String

  // The field to search a name, and what it says of what it finds.
  package let search: String
  package let matches: @Sendable (_ count: String) -> String
  package let match: @Sendable (_ number: String, _ count: String, _ name: String) -> String
  package let nothingNamed: @Sendable (_ text: String) -> String

  // How inputs and nodes are used.
  package let inputsHint: String
  package let chainRuleHint: String
  /// In which step the numbers of a chain rule come.
  package let numbersLater: @Sendable (_ step: String) -> String
  package let close: String

  // A box that stands for many nodes: what opens it.
  package let openBox: @Sendable (_ box: String) -> String
  package let closeBox: @Sendable (_ box: String) -> String

  // The fields of an input.
  package let valueOf: @Sendable (_ name: String) -> String
  package let sliderOf: @Sendable (_ name: String) -> String
  // That nothing was typed, or what is no number, so that an input keeps its value.
  package let noNumber: @Sendable (_ name: String, _ value: String) -> String
  package let notANumber: @Sendable (_ text: String, _ name: String, _ value: String) -> String
  package let tooLarge: @Sendable (_ text: String, _ name: String, _ value: String) -> String
  /// Gives all inputs their first values.
  package let reset: String

  // The nudge.
  /// Moves a node a little.
  package let nudge: @Sendable (_ name: String) -> String
  /// Moves the node that is chosen.
  package let nudgeChosen: String
  /// By how much.
  package let by: String
  /// That what was typed is no distance.
  package let noNudge: String
  package let node: String
  package let before: String
  package let after: String
  package let change: String
  /// What the nudge says, beside what the derivative says.
  package let beside: @Sendable (_ quotient: String, _ derivative: String) -> String
  /// That a condition would turn out otherwise for the inputs given.
  package let flipped: @Sendable (_ condition: String) -> String
  /// That the backward pass would be another one, since a kink was crossed.
  package let kinkCrossed: String

  // The list of keys, and what they do.
  package let keys: String
  package let keySteps: String
  package let keyEnds: String
  package let keyPlay: String
  package let keyNodes: String
  package let keyChoose: String
  package let keyZoom: String
  package let keyPan: String
  package let keySearch: String
  package let keyLeave: String
  package let keyHelp: String
}
