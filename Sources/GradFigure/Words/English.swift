extension Words {
  /// English.
  public static let english = Words(
    language: "en",
    heading: { output in "Computation graph of \(output)" },
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
    input: "input", operation: "operation", output: "output", blank: "to fill in",
    moved: "before → after the nudge", faintUnmoved: "faint: stays as it is",
    faintOffPath: { node in "faint: on no path from \(node)" },
    faintDead: "faint: passes no derivative on",
    fillIn: { names in "To fill in: \(names.joined(separator: ", "))." },
    unused: "Faint, because the output does not depend on it.",
    detached: "Faint, because stop_gradient lets no derivative through.",
    inactive: "Faint, because a ReLU whose operand is not positive lets no derivative through.",
    passedOver: { operation in
      "Faint, because \(operation) takes its value from elsewhere and lets no derivative through."
    },
    beginsHere: { value in "\(value) begins here." })
}
