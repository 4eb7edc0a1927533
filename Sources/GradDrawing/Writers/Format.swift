/// A way to write a drawing down.
///
/// To add one, add a file to `Writers/Formats/` and name it in ``all``.
public struct Format: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The extension of its files, without the dot.
  public let fileExtension: String
  /// Whether it says where things are; one that does not takes a drawing without places.
  public var hasPlaces = true
  /// Writes a drawing.
  public let write: @Sendable (Drawing, Options) -> String

  /// What a writer may be told.
  public struct Options: Sendable {
    /// What ids begin with; `nil` for a hash of the drawing.
    public var idPrefix: String?
    /// Pixels a point of the picture that an image map lies on; above 0.
    public var scale = 1.0

    /// The defaults.
    public init() {}
  }
}

extension Format {
  /// Every format that needs no Graphviz, in the order `--help` lists them.
  public static let all: [Format] = [svg, tikz, dot, json, cmapx]
}
