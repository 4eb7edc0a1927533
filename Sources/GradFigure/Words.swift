/// The words of a figure in one language: descriptions, tooltips, the legend.
///
/// Names and formulas are the program's own. To add a language, add a file to `Words/` and name it
/// in ``all``.
public struct Words: Sendable {
  /// The language's tag (BCP 47), which the command line takes.
  public let language: String
  /// What the figure of `output` is, in one line.
  public let heading: @Sendable (_ output: String) -> String
  /// The forward pass, from its parts.
  public let forward: @Sendable (_ values: [String]) -> String
  /// The backward pass, from its parts.
  public let backward: @Sendable (_ chainRules: [String]) -> String
  /// The derivatives of all nodes by `seed`, from their parts.
  public let tangents: @Sendable (_ seed: String, _ chainRules: [String]) -> String
  /// What a step-by-step walk begins with, from its parts; there may be none.
  public let given: @Sendable (_ inputs: [String]) -> String
  /// Where the way back begins, with the derivative of the output by itself.
  public let start: @Sendable (_ derivative: String) -> String
  /// How many paths lead from a node to the output.
  public let paths: @Sendable (_ derivative: String, _ count: String, _ isOne: Bool) -> String
  /// In the legend: a forward line.
  public let value: String
  /// In the legend: a backward line.
  public let derivative: String
  /// In the legend: a line of derivatives that go forward.
  public let tangent: String
  /// In the legend: the partial on a backward line.
  public let partial: String
  /// In the legend: what a backward line adds to a derivative.
  public let contribution: String
  /// In the legend: a derivative times a partial, on a backward line.
  public let product: String
  /// In the legend: what stands above a wire.
  public let valueAbove: String
  /// In the legend: what stands below a wire.
  public let derivativeBelow: String
  /// In the legend: what stands to the left of a wire that leads down.
  public let valueLeft: String
  /// In the legend: what stands to the right of a wire that leads down.
  public let derivativeRight: String
  /// In the legend: a box of an input.
  public let input: String
  /// In the legend: a box of an operation.
  public let operation: String
  /// In the legend: the box of the output.
  public let output: String
  /// In the legend: an empty box.
  public let blank: String
  /// In the legend: a value before and after a nudge.
  public let moved: String
  /// In the legend: what is faint because a nudge does not move it.
  public let faintUnmoved: String
  /// In the legend: what is faint because it is on no path from the node in focus.
  public let faintOffPath: @Sendable (_ node: String) -> String
  /// In the legend: what is faint because it has no part in the derivatives.
  public let faintDead: String
  /// What a figure with blanks asks for, by what the numbers are called.
  public let fillIn: @Sendable (_ names: [String]) -> String
  /// Why a node is faint: nothing that the output needs is computed from it.
  public let unused: String
  /// Why a node is faint: it is behind `stop_gradient`.
  public let detached: String
  /// Why a node is faint: it is behind a ReLU whose operand is not positive.
  public let inactive: String
  /// Why a node is faint: an operator takes the value of another operand, or a bound.
  public let passedOver: @Sendable (_ operation: String) -> String
  /// What is marked: the node where a value that is not finite begins.
  public let beginsHere: @Sendable (_ value: String) -> String
}

extension Words {
  /// Every language, in the order `--help` lists them.
  public static let all: [Words] = [english, traditionalChinese]
}
