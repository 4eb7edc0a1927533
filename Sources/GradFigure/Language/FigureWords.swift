/// The words of a figure: descriptions, sentences, the legend.
package struct FigureWords: Sendable {
  /// What the figure of `output` is, in one line.
  package let heading: @Sendable (_ output: MathText) -> MathText
  /// What is computed from what, with the derivative that says most of all `count`, if there is one:
  /// `J = 33`, from `a`, `b` and `c` or from `12 inputs`; there may be no inputs.
  package let sum:
    @Sendable (_ result: MathText, _ inputs: [MathText], _ derivative: MathText?, _ count: Int) ->
      Prose
  /// The forward pass, from its parts.
  package let forward: @Sendable (_ values: [MathText]) -> MathText
  /// The backward pass, from its parts.
  package let backward: @Sendable (_ chainRules: [MathText]) -> MathText
  /// The derivatives of all nodes by `seed`, from their parts.
  package let tangents: @Sendable (_ seed: MathText, _ chainRules: [MathText]) -> MathText
  /// What a step-by-step walk begins with, from its parts; there may be none.
  package let given: @Sendable (_ inputs: [MathText]) -> MathText
  /// Where the way back begins, with the derivative of the output by itself.
  package let start: @Sendable (_ derivative: MathText) -> MathText
  /// How many paths lead from a node to the output.
  package let paths:
    @Sendable (_ derivative: MathText, _ count: MathText, _ isOne: Bool) -> MathText
  /// In the legend: a forward line.
  package let value: MathText
  /// In the legend: a backward line.
  package let derivative: MathText
  /// In the legend: a line of derivatives that go forward.
  package let tangent: MathText
  /// In the legend: the partial on a backward line.
  package let partial: MathText
  /// In the legend: what a backward line adds to a derivative.
  package let contribution: MathText
  /// In the legend: a derivative times a partial, on a backward line.
  package let product: MathText
  /// In the legend: what stands above a wire.
  package let valueAbove: MathText
  /// In the legend: what stands below a wire.
  package let derivativeBelow: MathText
  /// In the legend: what stands to the left of a wire that leads down.
  package let valueLeft: MathText
  /// In the legend: what stands to the right of a wire that leads down.
  package let derivativeRight: MathText
  /// In the legend: a box of an input.
  package let input: MathText
  /// In the legend: a box of an operation.
  package let operation: MathText
  /// In the legend: the box of the output.
  package let output: MathText
  /// Above a table of inputs: their values.
  package let tableValue: MathText
  /// Above a table of inputs: their derivatives.
  package let tableDerivative: MathText
  /// Above a table of inputs: their derivatives that go forward.
  package let tableTangent: MathText
  /// In the legend: the box of an input that is drawn again.
  package let inputAgain: MathText
  /// Of an input that is drawn again: where its derivative is.
  package let drawnAgain: MathText
  /// In the legend: an empty box.
  package let blank: MathText
  /// In the legend: a value before and after a nudge.
  package let moved: MathText
  /// In the legend: what is faint because a nudge does not move it.
  package let faintUnmoved: MathText
  /// In the legend: what is faint because it is on no path from the node in focus.
  package let faintOffPath: @Sendable (_ node: MathText) -> MathText
  /// In the legend: what is faint because it has no part in the derivatives.
  package let faintDead: MathText
  /// What a figure with blanks asks for, by what the numbers are called.
  package let fillIn: @Sendable (_ names: [MathText]) -> MathText
  /// How many of all operations are in the boxes that stand for several.
  package let folded: @Sendable (_ inside: String, _ all: String, _ boxes: Int) -> MathText
  /// How many of all inputs are in the boxes that stand for several.
  package let foldedInputs: @Sendable (_ inside: String, _ all: String, _ boxes: Int) -> MathText
  /// That of a loop the first pass alone was recorded, of so many where that is known.
  package let firstPass: @Sendable (_ count: String?) -> MathText
  /// That second derivatives count as 0 at nodes which stand at a kink.
  package let kinks: @Sendable (_ nodes: [MathText]) -> MathText
  /// How many inputs are not drawn, as the closed calls that they belong to stand for them.
  package let hiddenInputs: @Sendable (_ count: String) -> MathText
  /// A number of operations.
  package let operations: @Sendable (_ count: String) -> MathText
  /// A number of inputs.
  package let inputs: @Sendable (_ count: String) -> MathText
  /// What the node in focus has no part in.
  package let offPath: @Sendable (_ node: MathText) -> MathText
  /// The range of the values of a box that stands for several operations.
  package let foldValues: @Sendable (_ box: MathText, _ range: MathText) -> MathText
  /// The range of the derivatives of a box that stands for several operations.
  package let foldDerivatives: @Sendable (_ box: MathText, _ range: MathText) -> MathText
  /// On the outline of an open call whose body goes on in another row.
  package let continued: @Sendable (_ call: MathText) -> MathText
  /// Why a node is faint: nothing that the output needs is computed from it.
  package let unused: MathText
  /// Why a node is faint: it is behind `stop_gradient`.
  package let detached: MathText
  /// Why a node is faint: it is behind a ReLU whose operand is not positive.
  package let inactive: MathText
  /// Why a node is faint: an operator takes the value of another operand, or a bound.
  package let passedOver: @Sendable (_ operation: MathText) -> MathText
  /// What is marked: the node where a value that is not finite begins.
  package let beginsHere: @Sendable (_ value: MathText) -> MathText
  /// What is said of arrays.
  package let arrays: ArrayWords
  /// What is said of gradient descent.
  package let descent: DescentWords
}

/// The words of frames of gradient descent.
package struct DescentWords: Sendable {
  /// The number of a step, of how many, and the loss there.
  package let step: @Sendable (_ number: String, _ count: String, _ loss: MathText) -> MathText
  /// Below the axis of the loss curve.
  package let axis: MathText
  /// A step with the values of the parameters.
  package let sentence: @Sendable (_ step: MathText, _ values: [MathText]) -> MathText
  /// The derivatives in a step.
  package let derivatives: @Sendable (_ derivatives: [MathText]) -> MathText
  /// What moves the parameters to the next step.
  package let next: @Sendable (_ rules: [MathText]) -> MathText
  // On a page: what its panel is, what its buttons do, and what is said where a step leads nowhere.
  package let title: String
  package let rate: String
  package let one: String
  package let several: @Sendable (_ count: String) -> String
  package let again: String
  package let noRate: String
  /// The number of a step, and the loss there.
  package let now: @Sendable (_ number: String, _ loss: MathText) -> MathText
  package let leadsNowhere: @Sendable (_ name: String) -> String
  /// That no matrix turns the derivatives into a next step.
  package let noInverse: String
  /// Why descent ends before it is done: no matrix turns the derivatives into a step.
  package let singular: @Sendable (_ step: String) -> MathText
  /// Why descent ends before it is done: the step in which a number is no longer finite, and its name.
  package let stops: @Sendable (_ step: String, _ name: MathText) -> MathText
  /// The whole descent: the optimizer, its rate, the parameters, the output, its first and its last value, and
  /// the number of steps.
  package let summary:
    @Sendable (
      _ optimizer: String, _ rate: MathText, _ names: [MathText], _ output: MathText,
      _ first: MathText, _ last: MathText, _ count: String
    ) -> MathText
}

/// The words of a figure for arrays.
package struct ArrayWords: Sendable {
  /// An array too large to be written out.
  package let summary:
    @Sendable (_ shape: MathText, _ range: MathText, _ norm: MathText) -> MathText
  /// The shape of an array of one axis.
  package let entries: @Sendable (_ count: String) -> MathText
  /// A large array of which a nudge moves entries: how many, and before and after of the one that changes
  /// the most.
  package let moved: @Sendable (_ count: String, _ largest: MathText) -> MathText
  /// Below a heat map whose cells are means of blocks.
  package let means: @Sendable (_ block: MathText, _ range: MathText) -> MathText
  /// How many slices are not drawn.
  package let more: @Sendable (_ count: String) -> MathText
  /// Behind a sum over the rows of a matrix.
  package let overRows: String
  /// Behind a sum over the columns of a matrix.
  package let overColumns: String
  /// Behind a sum over axes by their numbers.
  package let overAxes: @Sendable (_ axes: String) -> String
  /// Behind what is brought into another shape.
  package let reshaped: @Sendable (_ shape: String) -> String
  /// Behind what goes to the places of a subscript.
  package let into: @Sendable (_ subscripts: String) -> String
  /// Behind what goes everywhere but to the places of a subscript.
  package let outside: @Sendable (_ subscripts: String) -> String
  /// A part of what was joined, counted from 1.
  package let part: @Sendable (_ number: Int) -> String
  /// The same before what it is a part of.
  package let partOf: @Sendable (_ number: Int) -> String
  /// Behind what goes back through an operation that moves entries.
  package let backThrough: @Sendable (_ operation: String) -> String
}
