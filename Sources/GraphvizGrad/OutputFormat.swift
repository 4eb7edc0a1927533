public import GradDrawing
public import GraphvizRenderer

/// Anything that a figure can be written as: the project's own formats and those of Graphviz's
/// renderers, in one catalog.
public struct OutputFormat: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The extension of its files, without the dot.
  public let fileExtension: String
  /// Whether its files are text, which a terminal can show.
  public let isText: Bool
  /// Whether its letters come from the machine's fonts.
  public let usesFonts: Bool
  /// Writes a drawing; the second operand is the number of pixels a point.
  let write: @Sendable (Drawing, Format.Options, Double) throws(GraphvizError) -> [UInt8]

  /// A format that this project writes itself.
  public init(_ format: Format) {
    name = format.name
    fileExtension = format.fileExtension
    isText = true
    usesFonts = false
    write = { drawing, options, _ in Array(format.write(drawing, options).utf8) }
  }

  /// A format that Graphviz's renderers write.
  public init(_ format: RasterFormat) {
    name = format.name
    fileExtension = format.name
    isText = false
    usesFonts = true
    write = { (drawing, _, scale) throws(GraphvizError) in
      try drawing.bytes(format, scale: scale)
    }
  }
}

extension OutputFormat {
  /// Every format, in the order `--help` lists them.
  public static let all =
    Format.all.map(OutputFormat.init) + RasterFormat.all.map(OutputFormat.init)

  /// Scalable pictures for pages and slides.
  public static let svg = OutputFormat(Format.svg)
  /// Pixels.
  public static let png = OutputFormat(RasterFormat.png)
  /// A page of the figure's size.
  public static let pdf = OutputFormat(RasterFormat.pdf)
  /// Encapsulated PostScript.
  public static let eps = OutputFormat(RasterFormat.eps)

  /// The format called `name`.
  public static func named(_ name: String) -> OutputFormat? { all.first { $0.name == name } }

  /// The format of files with the extension `fileExtension`, in upper or lower case.
  public static func ofFiles(_ fileExtension: String) -> OutputFormat? {
    all.first { $0.fileExtension == fileExtension.lowercased() }
  }
}
