import GradFigure

extension LessonWords {
  /// English.
  public static let english = LessonWords(
    language: "en",
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
    saved: "What the way back saved",
    counted: { operations, partials, inputs in
      "The program has \(plural(operations, "operation")) with \(plural(partials, "local partial")) "
        + "between them, and \(plural(inputs, "input")). Each local partial is known from the forward "
        + "pass; to use it once costs a multiplication, and where several products meet, additions."
    },
    backwardCost: { cost, inputs in
      "One sweep backward: \(plural(cost.multiplications, "multiplication")) and "
        + "\(plural(cost.additions, "addition")), \(plural(cost.total, "operation")) for "
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
    nudgeTitle: { node, amount in "\(node) moved by \(amount)" },
    name: "name", before: "before", after: "after", change: "change",
    exercise: { output in "Exercise: the derivatives of \(output)" },
    studentName: "Name:",
    task: { inputs in "Given \(inputs), fill in the empty boxes of the figure." },
    fillIn: "Questions", key: "Answers", variant: { seed in "Variant \(seed)" })

  private static func plural(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }
}
