extension PageWords {
  /// English.
  static let english = PageWords(
    language: "en",
    phrases: [
      .figure: "Figure", .steps: "Steps", .inputs: "Inputs", .chainRule: "Chain rule",
      .first: "First step", .back: "One step back", .next: "Next step", .last: "Last step",
      .stepSlider: "Step", .position: "Step {step} of {last}",
      .inputsHint: "Type a number, move a slider, or drag an input in the figure.",
      .chainRuleHint:
        "Choose a node of the figure to see its chain rule and its paths to the output.",
      .keys: "Arrow keys, Home and End go from step to step.",
      .valueOf: "Value of {name}", .sliderOf: "Slider of {name}", .reset: "Reset all inputs",
      .nudge: "Nudge {name}", .nudgeChosen: "Nudge it", .by: "Nudge by",
      .node: "Node", .before: "Before", .after: "After", .change: "Change",
      .beside: "{quotient}, beside {derivative}",
      .flipped:
        "With these inputs the condition “{condition}” would turn out otherwise. The page keeps the "
        + "branch that was recorded.",
    ])
}
