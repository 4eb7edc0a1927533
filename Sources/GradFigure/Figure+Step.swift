extension Figure {
  /// One step of a figure that is shown a step at a time, and what there is to say about it.
  public struct Step: Sendable, Equatable {
    /// Its number, from 0, as ``Figure/Node/step`` and ``Figure/Edge/step`` count.
    public var number: Int
    /// The pass it belongs to.
    public var pass: Pass
    /// The node whose value, or at the start of the way back whose derivative, becomes known; an index
    /// in ``Figure/trace``.
    public var node: Int?
    /// The edge over which a derivative comes back, an index in ``Figure/trace``.
    public var edge: Int?
    /// The step in words: `u = b·c = 3 · 2 = 6`.
    public var text: MathText

    /// The same as plain text.
    public var sentence: String { text.plain }

    /// A way through the graph.
    public enum Pass: String, Sendable, CaseIterable {
      /// From inputs to the output.
      case forward
      /// From the output to the inputs.
      case backward
    }
  }
}

extension Figure {
  /// The last step as one that shows everything, with other words.
  package func lastStep(saying text: MathText) -> Step {
    Step(number: lastStep, pass: .backward, node: nil, edge: nil, text: text)
  }
}
