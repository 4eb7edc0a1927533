extension Language {
  /// English.
  public static let english = Language(
    tag: "en", figure: figureWords, sheet: sheetWords, page: pageWords, matrix: matrixWords,
    newton: newtonWords)

  private static let figureWords = FigureWords(
    heading: { output in "Computation graph of \(output)" },
    sum: { result, inputs, derivative, count in
      let from = Prose.list(inputs, comma: ", ", last: " and ")
      let start: Prose = inputs.isEmpty ? Prose(result) : "\(result), computed from \(from)"
      guard let derivative else { return start + "." }
      return count == 1
        ? "\(start); its derivative is \(derivative)."
        : "\(start); the largest of its \(count) derivatives by inputs is \(derivative)."
    },
    forward: { values in
      "Forward, from inputs to output: \(values.joined(separator: "; "))."
    },
    backward: { rules in
      "Backward, from output to inputs: \(rules.joined(separator: "; "))."
    },
    tangents: { seed, rules in
      "Derivatives by \(seed), along with the values: \(rules.joined(separator: "; "))."
    },
    given: { inputs in
      inputs.isEmpty ? "Nothing is given." : "Given: \(inputs.joined(separator: ", "))."
    },
    start: { derivative in "Back from the output: \(derivative)." },
    paths: { derivative, count, isOne in
      "\(derivative) over \(count) \(isOne ? "path" : "paths"): "
    },
    value: "value, forward", derivative: "derivative, backward", tangent: "derivative, forward",
    partial: "local partial", contribution: "contribution to the derivative",
    product: "derivative · local partial = contribution",
    valueAbove: "value, above the wire", derivativeBelow: "derivative, below the wire",
    valueLeft: "value, left of the wire", derivativeRight: "derivative, right of the wire",
    input: "input", operation: "operation", output: "output", tableValue: "value",
    tableDerivative: "derivative", tableTangent: "tangent",
    inputAgain: "input, drawn again",
    drawnAgain: "Drawn again; its derivative stands where it is first.", blank: "to fill in",
    moved: "before → after the nudge", faintUnmoved: "faint: stays as it is",
    faintOffPath: { node in "faint: on no path from \(node)" },
    faintDead: "faint: passes no derivative on",
    fillIn: { names in "To fill in: \(names.joined(separator: ", "))." },
    folded: { inside, all, boxes in
      let places = boxes == 1 ? "1 box" : "\(boxes) boxes"
      return MathText(
        "\(inside) of \(all) operations in \(places); every operation in exactly one box.")
    },
    foldedInputs: { inside, all, boxes in
      MathText("\(inside) of \(all) inputs in \(boxes == 1 ? "1 box" : "\(boxes) boxes").")
    },
    firstPass: { count in
      MathText(count.map { "first of \($0) passes" } ?? "first pass of the loop")
    },
    kinks: { nodes in
      var text = MathText("At a kink of ")
      for (place, node) in nodes.enumerated() { text += place == 0 ? node : ", " + node }
      return text + ": its second derivative counts as 0 there."
    },
    hiddenInputs: { count in
      MathText(
        count == "1"
          ? "1 input is in the box of the call that it belongs to."
          : "\(count) inputs are in the boxes of the calls that they belong to.")
    },
    operations: { count in MathText(count == "1" ? "1 operation" : "\(count) operations") },
    inputs: { count in MathText(count == "1" ? "1 input" : "\(count) inputs") },
    offPath: { node in "off the paths of \(node)" },
    foldValues: { box, range in "\(box): values \(range)" },
    foldDerivatives: { box, range in "\(box): derivatives \(range)" },
    continued: { call in "\(call) (continued)" },
    unused: "Faint, because the output does not depend on it.",
    detached: "Faint, because stop_gradient lets no derivative through.",
    inactive: "Faint, because a ReLU whose operand is not positive lets no derivative through.",
    passedOver: { operation in
      "Faint, because \(operation) takes its value from elsewhere and lets no derivative through."
    },
    beginsHere: { value in "\(value) begins here." }, arrays: arrayWords, descent: descentWords)

  private static let descentWords = DescentWords(
    step: { number, count, loss in "Step \(number) of \(count): \(loss)" }, axis: "step",
    sentence: { step, values in "\(step); \(values.joined(separator: ", "))." },
    derivatives: { derivatives in "Derivatives: \(derivatives.joined(separator: ", "))." },
    next: { rules in "Then \(rules.joined(separator: "; "))." },
    title: "Gradient descent", rate: "Rate", one: "1 step", several: { "\($0) steps" },
    again: "Start again", noRate: "A rate is a positive number, such as 0.1.",
    now: { number, loss in "Step \(number): \(loss)" },
    leadsNowhere: { name in "The next step would make \(name) infinite: try a smaller rate." },
    noInverse: "The Hessian has no inverse here, so that there is no next step.",
    singular: { step in "It stops here: in step \(step) the Hessian has no inverse." },
    stops: { step, name in "It stops here: in step \(step) \(name) is no longer finite." },
    summary: { optimizer, rate, names, output, first, last, count in
      "Gradient descent (\(optimizer), rate \(rate)) by \(names.joined(separator: ", ")): "
        + "\(output) goes from \(first) to \(last) in \(count) steps."
    })

  private static let arrayWords = ArrayWords(
    summary: { shape, range, norm in "\(shape), \(range), norm \(norm)" },
    entries: { count in MathText(count == "1" ? "1 entry" : "\(count) entries") },
    moved: { count, largest in
      count == "1" ? "1 entry moves, \(largest)" : "\(count) entries move, the most \(largest)"
    },
    means: { block, range in "means of \(block): \(range)" },
    more: { count in MathText("+ \(count) more") }, overRows: "over rows",
    overColumns: "over columns",
    overAxes: { axes in axes.contains(",") ? "over axes \(axes)" : "over axis \(axes)" },
    reshaped: { shape in "reshaped to \(shape)" }, into: { "into [\($0)]" },
    outside: { "outside [\($0)]" }, part: { "part \($0)" }, partOf: { "part \($0) of" },
    backThrough: { "back through \($0)" })

  private static let sheetWords = SheetWords(
    space: " ", list: { Prose.list($0, comma: ", ", last: " and ") },
    title: { output in "The derivatives of \(output), step by step" },
    forward: { output in "Forward: from the inputs to \(output)" },
    given: { inputs in "Given: \(inputs)." },
    computed: "Each value is computed from those before it:",
    backward: { output, inputs in
      if let inputs {
        "Backward: from \(output) to \(inputs)"
      } else {
        "Backward: from \(output) to the inputs"
      }
    },
    start: { derivative in "The way back begins with \(derivative)." },
    direct: { node, output in "\(output) is computed from \(node)." },
    through: { node, output, users in
      let list = Prose.list(users, comma: ", ", last: " and ")
      return users.count == 1
        ? "\(node) acts on \(output) through \(list)."
        : "\(node) acts on \(output) through \(list); what comes back from each adds up."
    },
    reused: { derivatives in
      let list = Prose.list(derivatives, comma: ", ", last: " and ")
      return derivatives.count == 1
        ? "\(list) is known already and is used again."
        : "\(list) are known already and are used again."
    },
    unused: { node, output in "Nothing that \(output) needs is computed from \(node)." },
    gradient: { derivatives in "All derivatives by inputs: \(derivatives)." },
    higher: { order in order == 2 ? "Second derivatives" : "Second and third derivatives" },
    backwardAgain: "The way back is a computation too, so that it can be differentiated again:",
    saved: "What the way back saved",
    counted: { operations, partials, inputs in
      "The program has \(plural(operations, "operation")) with \(plural(partials, "local partial")) "
        + "between them, and \(plural(inputs, "input")). Each local partial is known from the forward "
        + "pass; to use it once costs a multiplication, and where several products meet, additions."
    },
    backwardCost: { multiplications, additions, inputs in
      "One sweep backward: \(plural(multiplications, "multiplication")) and "
        + "\(plural(additions, "addition")), \(plural(multiplications + additions, "operation")) for "
        + "\(inputs == 1 ? "the derivative" : inputs == 2 ? "both derivatives" : "all \(inputs) derivatives")."
    },
    forwardCost: { sum, total in
      "One forward-mode sweep for each input: \(sum)\(plural(total, "operation"))."
    },
    nudgeCost: { sum, total in
      "One nudge for each input, which computes all that follows again and then takes a difference "
        + "and a quotient: \(sum)\(plural(total, "operation")), for derivatives that are not exact."
    },
    tableTitle: { output in "Evaluation trace of \(output)" },
    primal: "Forward primal trace ↓", tangent: "Forward tangent trace ↓",
    adjoint: "Reverse adjoint trace ↑",
    higherTangent: { order in order == 2 ? "Second tangents ↓" : "Third tangents ↓" },
    higherAdjoint: { order in order == 2 ? "Second derivatives" : "Third derivatives" },
    nudgeTitle: { node, amount in "\(node) moved by \(amount)" },
    name: "name", before: "before", after: "after", change: "change",
    most: { name, shape, count in
      count == "1"
        ? "\(name), the only change in \(shape)"
        : "\(name), the largest of \(count) changes in \(shape)"
    },
    exercise: { output in "Exercise: the derivatives of \(output)" },
    studentName: "Name:",
    task: { inputs in "Given \(inputs), fill in the empty boxes of the figure." },
    fillIn: "Questions", key: "Answers", variant: { seed in "Variant \(seed)" })

  private static let pageWords = PageWords(
    figure: "Figure", steps: "Steps", inputs: "Inputs", chainRule: "Chain rule",
    panel: "Inputs, nudge and paths", nudgeTitle: "Nudge", paths: "Paths",
    cannotCompute: { operation, node in
      "This page cannot compute “\(operation)” (\(node)) anew: editing inputs, nudging and walking "
        + "through the steps are not available. All numbers are as they were drawn."
    },
    largeInputs: { names in "Too large to be edited here: \(names)." },
    readInputs: { names in
      "Not to be edited here: \(names). A comparison, an index or a condition of the program depends "
        + "on it, and with other numbers the program might take another way."
    },
    first: "First step", back: "One step back", next: "Next step", last: "All steps",
    play: "Play", pause: "Pause",
    stepSlider: "Step", position: { step, last in "Step \(step) of \(last)" },
    zooms: "Size of the figure", zoomIn: "Larger", zoomOut: "Smaller", fit: "Whole figure",
    search: "Search a name", matches: { count in "\(count) found" },
    match: { number, count, name in "\(number) of \(count): \(name)" },
    nothingNamed: { text in "Nothing is named “\(text)”." },
    inputsHint: "Type a number, move a slider, or drag an input in the figure.",
    chainRuleHint:
      "Choose a node of the figure: its chain rule stands beside it, its paths to the output stand here.",
    numbersLater: { step in "Its numbers come with step \(step)." }, close: "Close",
    openBox: { box in "Open \(box)" }, closeBox: { box in "Close \(box)" },
    valueOf: { name in "Value of \(name)" }, sliderOf: { name in "Slider of \(name)" },
    noNumber: { name, value in "Type a number; \(name) stays \(value)." },
    notANumber: { text, name, value in "“\(text)” is not a number; \(name) stays \(value)." },
    tooLarge: { text, name, value in "\(text) is too large for a number; \(name) stays \(value)." },
    reset: "Reset all inputs",
    nudge: { name in "Nudge \(name)" }, nudgeChosen: "Nudge it", by: "Nudge by",
    noNudge: "Type a number other than 0.",
    node: "Node", before: "Before", after: "After", change: "Change",
    beside: { quotient, derivative in "\(quotient), beside \(derivative)" },
    flipped: { condition in
      "With these inputs the condition “\(condition)” would turn out otherwise. The page keeps the "
        + "branch that was recorded."
    },
    kinkCrossed:
      "With these inputs a kink is crossed, as of relu or max, behind which the backward pass is another "
      + "computation. The page keeps the one that was recorded, so that its derivatives do not hold here.",
    keys: "Keys", keySteps: "one step back, one step on", keyEnds: "first step, all steps",
    keyPlay: "play, pause", keyNodes: "in the figure: from node to node",
    keyChoose: "choose the node, open the box", keyZoom: "larger, smaller, whole figure",
    keyPan: "move the figure", keySearch: "search a name", keyLeave: "let go",
    keyHelp: "this list")

  private static let newtonWords = NewtonWords(
    title: { output in "Exercise: Newton's method on \(output)" },
    task: { given, count, inputs in
      "Given \(given), take \(plural(count, "step")) of Newton's method from there, which moves \(inputs): at "
        + "each point find the derivatives and second derivatives, then the next point."
    },
    rule: { rule in "The rule of a step: \(rule)." },
    system: { output in
      "A step solves the equations H · s = g, where g has the derivatives of \(output) and H its second "
        + "derivatives, and subtracts s."
    },
    step: { number in "Step \(number)" })

  private static let matrixWords = MatrixWords(
    hessian: { output in "Hessian of \(output)" },
    jacobian: { outputs, inputs in
      let (of, by) = (
        Prose.list(outputs, comma: ", ", last: " and "),
        Prose.list(inputs, comma: ", ", last: " and ")
      )
      return "Jacobian of \(of) by \(by)"
    },
    outputs: { count in MathText("\(count) outputs") },
    inputs: { count in MathText("\(count) inputs") },
    product: { product, matrix in "\(product): \(matrix)" },
    point: { value, inputs in
      inputs.isEmpty ? value : "\(value) at \(inputs.joined(separator: ", "))"
    },
    gradient: { equations in "Gradient: \(equations.joined(separator: ", "))." },
    sentence: { text in "\(text)." },
    columns: { names in "Columns: \(names.joined(separator: ", "))." },
    row: { name, numbers in "Row \(name): \(numbers.joined(separator: ", "))." },
    size: { rows, columns, least, largest in
      "\(plural(rows, "row")) and \(plural(columns, "column")), numbers from \(least) to \(largest)."
    },
    zeros: { count, all in "\(count) of \(all) are 0." },
    largest: { number, row, column in "\(number) in row \(row), column \(column)." },
    kink: { node in "\(node) has a kink here, at which its second derivative is taken as 0" })

  private static func plural(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }
}
