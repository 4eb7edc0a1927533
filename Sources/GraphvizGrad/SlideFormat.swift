public import GradDrawing
public import GraphvizRenderer

/// A way to write frames down for a slide system.
///
/// To add one, add a file to `SlideFormats/` and name it in ``all``.
public struct SlideFormat: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The extension of its files, without the dot.
  public let fileExtension: String
  /// Whether its files are text, which a terminal can show.
  public var isText = false
  /// Whether its letters come from the machine's fonts.
  public var usesFonts = false
  /// How a single frame is written; `nil` if all frames go into one file.
  public var single: OutputFormat?
  /// Writes all frames into one file; `nil` if each has a file of its own.
  var all: (@Sendable (Frames, Options) throws(GraphvizError) -> [UInt8])?
  /// Whether one file for all frames is written only where it is to move.
  public var isForMotion = false

  /// Whether all frames can go into one file.
  public var takesAll: Bool { all != nil }

  /// What a writer may be told.
  public struct Options: Sendable {
    /// What ids begin with; `nil` for a hash of the drawing.
    public var idPrefix: String?
    /// The size of what is made of pixels.
    public var resolution = PictureOptions.Resolution.scale(2)
    /// How long a frame stays where frames follow each other by themselves.
    public var milliseconds = 1_200

    /// The defaults.
    public init() {}
  }

  /// Writes one frame.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a picture too large for pixels.
  public func bytes(
    of frames: Frames, at position: Int, _ options: Options = Options()
  ) throws(GraphvizError) -> [UInt8] {
    guard let single else { preconditionFailure("\(name) puts all frames into one file") }
    var written = Format.Options()
    written.idPrefix = options.idPrefix
    let drawing = frames.drawing(at: position)
    return try single.write(drawing, written, options.resolution.scale(ofWidth: drawing.size.width))
  }

  /// Writes all frames into one file.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a picture too large for pixels.
  public func bytes(
    of frames: Frames, _ options: Options = Options()
  ) throws(GraphvizError) -> [UInt8] {
    guard let all else { preconditionFailure("\(name) has a file for each frame") }
    return try all(frames, options)
  }
}

extension SlideFormat {
  /// Every format, in the order `--help` lists them.
  public static let all: [SlideFormat] = [
    svg, png, pdf, eps, gif, powerPoint, reveal, slidev, json,
  ]

  /// The format called `name`.
  public static func named(_ name: String) -> SlideFormat? { all.first { $0.name == name } }

  /// The format of files with the extension `fileExtension`, in upper or lower case.
  public static func ofFiles(_ fileExtension: String) -> SlideFormat? {
    all.first { $0.fileExtension == fileExtension.lowercased() }
  }
}
