public import GradBase

/// Why Graphviz could not lay out or draw a figure.
public struct GraphvizError: ReadableError, Equatable, Sendable {
  /// A step on the way from a figure to a picture.
  public enum Stage: String, Sendable {
    /// Starting Graphviz and finding its plugins.
    case context
    /// Finding places for nodes and ways for edges.
    case layout
    /// Drawing.
    case render
    /// The figure is larger than Graphviz can take; its user can do something about it.
    case limit
    /// Running another program, without which the format cannot be written.
    case tool
  }

  /// The step that failed.
  public let stage: Stage

  /// What went wrong, one line a message.
  public let messages: [String]

  package init(stage: Stage, messages: [String]) {
    self.stage = stage
    self.messages = messages
  }
}

extension GraphvizError {
  /// One line for a person: `Graphviz layout: Error: …`.
  public var description: String {
    let text = messages.isEmpty ? "no message" : messages.joined(separator: "; ")
    return stage == .limit || stage == .tool ? text : "Graphviz \(stage.rawValue): \(text)"
  }
}
