public import GradDrawing
public import GraphvizRenderer

/// A way to write frames down for a slide system.
///
/// To add one, add a file to `Formats/` and name it in ``all``.
public struct SlideFormat: Sendable {
  /// What its files are.
  public let kind: FileKind
  /// Which files there are, and how they are written.
  public let files: Division
  /// Whether its files are tables, in which no figure is drawn.
  public internal(set) var isTable = false

  /// How frames are divided among files.
  public enum Division: Sendable {
    /// A file for each frame.
    case each(OutputFormat.DrawingWriter)
    /// One file for all frames.
    case together(FramesWriter)
    /// One file for all frames, which moves.
    case animation(FramesWriter)
    /// One file for all frames, or one for each if several are asked for.
    case either(each: OutputFormat.DrawingWriter, together: FramesWriter)
    /// A page made from what is read, by ``RequestedFigure/files(_:of:areSeveral:milliseconds:)``.
    case page
    /// A file for each frame, or one that moves.
    case moving(each: OutputFormat.DrawingWriter, together: FramesWriter)
  }

  /// Writes all frames into one file.
  public typealias FramesWriter =
    @Sendable (Frames, PictureOptions) throws(GraphvizError) -> [UInt8]

  /// What the command line calls it.
  public var name: String { kind.name }
  /// The extension of its files, without the dot.
  public var fileExtension: String { kind.fileExtension }
  /// Whether its files are text, which a terminal can show.
  public var isText: Bool { kind.isText }

  /// Whether frames can move in one file.
  public var canMove: Bool {
    switch files {
    case .moving, .animation: true
    case .each, .together, .either, .page: false
    }
  }

  /// Whether every frame has a file of its own.
  ///
  /// - Parameters:
  ///   - areSeveral: Whether files for several frames are named.
  ///   - isMoving: Whether a picture is to move.
  /// - Returns: Whether there is a file for each frame.
  public func isDivided(areSeveral: Bool, isMoving: Bool) -> Bool {
    switch files {
    case .each: true
    case .together, .animation, .page: false
    case .either: areSeveral
    case .moving: areSeveral || !isMoving
    }
  }

  /// Writes frames.
  ///
  /// - Parameters:
  ///   - frames: The frames.
  ///   - options: The size, the ids and the pace; the frames have all else already.
  ///   - areSeveral: Whether each frame gets a file if both can be.
  ///   - isMoving: Whether one picture is to move if it can.
  /// - Returns: One file, or one for each frame.
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a picture too large for pixels.
  public func bytes(
    of frames: Frames, _ options: PictureOptions = PictureOptions(), areSeveral: Bool = false,
    isMoving: Bool = false
  ) throws(GraphvizError) -> [[UInt8]] {
    let isDivided = isDivided(areSeveral: areSeveral, isMoving: isMoving)
    switch files {
    case .each(let write): return try Self.each(of: frames, options, write)
    case .either(let write, _) where isDivided, .moving(let write, _) where isDivided:
      return try Self.each(of: frames, options, write)
    case .together(let write), .animation(let write), .either(_, let write),
      .moving(_, let write):
      return [try write(frames, options)]
    case .page: preconditionFailure("a page is made from what is read")
    }
  }

  private static func each(
    of frames: Frames, _ options: PictureOptions, _ write: OutputFormat.DrawingWriter
  ) throws(GraphvizError) -> [[UInt8]] {
    var files: [[UInt8]] = []
    for position in frames.frames.indices {
      files.append(try write(frames.drawing(at: position), options))
    }
    return files
  }
}

extension SlideFormat {
  /// Every format, in the order `--help` lists them.
  public static let all: [SlideFormat] = [
    svg, png, pdf, eps, typ, webp, jpg, gif, mp4, webm, powerPoint, reveal, slidev, json, csv,
  ]

  /// Every format of a descent: those of all frames, and the page on which a reader goes on.
  public static let ofDescent: [SlideFormat] = all + [html]

  /// The format called `name`.
  public static func named(_ name: String) -> SlideFormat? { all.first { $0.name == name } }

  /// The format of files with the extension `fileExtension`, in upper or lower case.
  public static func ofFiles(_ fileExtension: String) -> SlideFormat? {
    all.first { $0.fileExtension == fileExtension.lowercased() }
  }
}
