import GradCore

/// The shape of nodes and edges.
///
/// To add a style, add a file to `Styles/` and name it in ``all``.
public struct Style: Sendable {
  /// What the command line calls it.
  public let name: String
  /// What counts as a node in this style; `nil` if any detail will do.
  let detail: Detail?
  /// Makes the nodes and edges of a figure.
  let compose: @Sendable (Reading) -> (nodes: [Figure.Node], edges: [Figure.Edge])
}

extension Style {
  /// Every style, in the order `--help` lists them.
  public static let all: [Style] = [lecture, circuit, record]
}
