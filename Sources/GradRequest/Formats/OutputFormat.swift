public import GradDrawing
public import GradFigure
public import GraphvizRenderer

/// A way to write a figure down.
///
/// To add one, add a file to `Formats/` and name it in ``all``.
public struct OutputFormat: Sendable {
  /// What its files are.
  public let kind: FileKind
  /// What it is written from.
  public let input: Input
  /// What options ask for that its files cannot keep.
  var refusals: @Sendable (FigureOptions) -> [Refusal] = { _ in [] }

  /// What a figure is written from, and how.
  public enum Input: Sendable {
    /// What is to be read, before anything has a place; with the drawing, if the writer makes one.
    case reading(
      @Sendable (Reading, PictureOptions) throws(GraphvizError) -> (
        bytes: [UInt8], drawing: Drawing?
      ))
    /// The figure with everything in its place.
    case drawing(DrawingWriter)
  }

  /// Writes one drawing.
  public typealias DrawingWriter =
    @Sendable (Drawing, PictureOptions) throws(GraphvizError) -> [UInt8]

  /// Something that is asked for in vain.
  struct Refusal: Sendable {
    /// What is wrong, without a full stop.
    var message: String
    /// What to do instead.
    var help: String
  }

  /// What the command line calls it.
  public var name: String { kind.name }
  /// The extension of its files, without the dot.
  public var fileExtension: String { kind.fileExtension }
  /// Whether its files are text, which a terminal can show.
  public var isText: Bool { kind.isText }
}

extension OutputFormat {
  /// Every format, in the order `--help` lists them.
  public static let all: [OutputFormat] = [
    svg, tikz, typ, mermaid, drawio, dot, json, cmapx, html, png, webp, jpg, pdf, eps, mimebundle,
  ]

  /// The format called `name`.
  public static func named(_ name: String) -> OutputFormat? { all.first { $0.name == name } }

  /// The format of files with the extension `fileExtension`, in upper or lower case.
  public static func ofFiles(_ fileExtension: String) -> OutputFormat? {
    all.first { $0.fileExtension == fileExtension.lowercased() }
  }
}
