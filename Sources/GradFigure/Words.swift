/// The words of a figure in one language: descriptions, tooltips, the legend.
///
/// Names and formulas are the program's own. To add a language, add a file to `Words/` and name it
/// in ``all``.
public struct Words: Sendable {
  /// The language's tag (BCP 47), which the command line takes.
  public let language: String
  /// What the figure of `output` is, in one line.
  public let heading: @Sendable (_ output: MathText) -> MathText
  /// The forward pass, from its parts.
  public let forward: @Sendable (_ values: [MathText]) -> MathText
  /// The backward pass, from its parts.
  public let backward: @Sendable (_ chainRules: [MathText]) -> MathText
  /// The derivatives of all nodes by `seed`, from their parts.
  public let tangents: @Sendable (_ seed: MathText, _ chainRules: [MathText]) -> MathText
  /// What a step-by-step walk begins with, from its parts; there may be none.
  public let given: @Sendable (_ inputs: [MathText]) -> MathText
  /// Where the way back begins, with the derivative of the output by itself.
  public let start: @Sendable (_ derivative: MathText) -> MathText
  /// How many paths lead from a node to the output.
  public let paths: @Sendable (_ derivative: MathText, _ count: MathText, _ isOne: Bool) -> MathText
  /// In the legend: a forward line.
  public let value: MathText
  /// In the legend: a backward line.
  public let derivative: MathText
  /// In the legend: a line of derivatives that go forward.
  public let tangent: MathText
  /// In the legend: the partial on a backward line.
  public let partial: MathText
  /// In the legend: what a backward line adds to a derivative.
  public let contribution: MathText
  /// In the legend: a derivative times a partial, on a backward line.
  public let product: MathText
  /// In the legend: what stands above a wire.
  public let valueAbove: MathText
  /// In the legend: what stands below a wire.
  public let derivativeBelow: MathText
  /// In the legend: what stands to the left of a wire that leads down.
  public let valueLeft: MathText
  /// In the legend: what stands to the right of a wire that leads down.
  public let derivativeRight: MathText
  /// In the legend: a box of an input.
  public let input: MathText
  /// In the legend: a box of an operation.
  public let operation: MathText
  /// In the legend: the box of the output.
  public let output: MathText
  /// In the legend: an empty box.
  public let blank: MathText
  /// In the legend: a value before and after a nudge.
  public let moved: MathText
  /// In the legend: what is faint because a nudge does not move it.
  public let faintUnmoved: MathText
  /// In the legend: what is faint because it is on no path from the node in focus.
  public let faintOffPath: @Sendable (_ node: MathText) -> MathText
  /// In the legend: what is faint because it has no part in the derivatives.
  public let faintDead: MathText
  /// What a figure with blanks asks for, by what the numbers are called.
  public let fillIn: @Sendable (_ names: [MathText]) -> MathText
  /// Why a node is faint: nothing that the output needs is computed from it.
  public let unused: MathText
  /// Why a node is faint: it is behind `stop_gradient`.
  public let detached: MathText
  /// Why a node is faint: it is behind a ReLU whose operand is not positive.
  public let inactive: MathText
  /// Why a node is faint: an operator takes the value of another operand, or a bound.
  public let passedOver: @Sendable (_ operation: MathText) -> MathText
  /// What is marked: the node where a value that is not finite begins.
  public let beginsHere: @Sendable (_ value: MathText) -> MathText
}

extension Words {
  /// Every language, in the order `--help` lists them.
  public static let all: [Words] = [english, traditionalChinese]
}
