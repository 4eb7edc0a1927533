import GradCore
public import GradDrawing
public import GraphvizRenderer

/// Anything that a figure can be written as: the project's own formats, those of Graphviz's renderers
/// the page and the bundle for notebooks, in one catalog.
public struct OutputFormat: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The extension of its files, without the dot.
  public let fileExtension: String
  /// Whether its files are text, which a terminal can show.
  public let isText: Bool
  /// Whether its letters come from the machine's fonts.
  public let usesFonts: Bool
  /// Whether it says where things are, so that a figure is laid out for it.
  public let hasPlaces: Bool
  private let writer: Writer

  private enum Writer: Sendable {
    /// From a drawing; the last operand is the number of pixels a point.
    case drawing(@Sendable (Drawing, Format.Options, Double) throws(GraphvizError) -> [UInt8])
    /// From a trace of operations, with the drawing that it makes.
    case trace(@Sendable (Trace, PictureOptions) throws(GraphvizError) -> Written)
  }

  /// A file, and the drawing in it.
  typealias Written = (bytes: [UInt8], drawing: Drawing)

  /// A format that this project writes itself.
  public init(_ format: Format) {
    name = format.name
    fileExtension = format.fileExtension
    isText = true
    usesFonts = false
    hasPlaces = format.hasPlaces
    writer = .drawing { drawing, options, _ in Array(format.write(drawing, options).utf8) }
  }

  /// A format that Graphviz's renderers write.
  public init(_ format: CairoFormat) {
    name = format.name
    fileExtension = format.name
    isText = false
    usesFonts = true
    hasPlaces = true
    writer = .drawing { (drawing, _, scale) throws(GraphvizError) in
      try drawing.bytes(format, scale: scale)
    }
  }

  /// A format of text that needs more than a drawing.
  init(
    name: String, fileExtension: String, usesFonts: Bool = false,
    write: @escaping @Sendable (Trace, PictureOptions) throws(GraphvizError) -> Written
  ) {
    self.name = name
    self.fileExtension = fileExtension
    isText = true
    self.usesFonts = usesFonts
    hasPlaces = true
    writer = .trace(write)
  }

  /// Writes one drawing, `scale` pixels a point; not for a page, which needs a trace.
  func write(
    _ drawing: Drawing, _ options: Format.Options, _ scale: Double
  ) throws(GraphvizError) -> [UInt8] {
    guard case .drawing(let write) = writer else {
      preconditionFailure("\(name) is not written from a drawing")
    }
    return try write(drawing, options, scale)
  }

  /// Writes the figure of a trace of operations.
  func write(_ trace: Trace, _ options: PictureOptions) throws(GraphvizError) -> Written {
    if case .trace(let write) = writer { return try write(trace, options) }
    var written = Format.Options()
    written.idPrefix = options.idPrefix
    guard hasPlaces else {
      let drawing = Drawing(withoutPlaces: trace.figure(options.figure), options)
      return (try write(drawing, written, 1), drawing)
    }
    let drawing = try trace.drawing(options)
    let scale = options.resolution.scale(ofWidth: drawing.size.width)
    written.scale = scale
    return (try write(drawing, written, scale), drawing)
  }
}

extension OutputFormat {
  /// Every format, in the order `--help` lists them.
  public static let all =
    Format.all.map(OutputFormat.init) + [html] + CairoFormat.all.map(OutputFormat.init)
    + [mimebundle]

  /// Scalable pictures for pages and slides.
  public static let svg = OutputFormat(Format.svg)
  /// Pixels.
  public static let png = OutputFormat(CairoFormat.png)
  /// A page of the figure's size.
  public static let pdf = OutputFormat(CairoFormat.pdf)
  /// Encapsulated PostScript.
  public static let eps = OutputFormat(CairoFormat.eps)

  /// The format called `name`.
  public static func named(_ name: String) -> OutputFormat? { all.first { $0.name == name } }

  /// The format of files with the extension `fileExtension`, in upper or lower case.
  public static func ofFiles(_ fileExtension: String) -> OutputFormat? {
    all.first { $0.fileExtension == fileExtension.lowercased() }
  }
}
