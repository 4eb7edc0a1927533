public import GradDrawing
public import GradFigure
public import GradLanguage

import GraphvizRenderer

/// A figure that can be drawn: nothing is wrong with what was asked for.
///
/// It is read once; every picture, frame, sheet and description is made of that one reading.
public struct RequestedFigure: Sendable {
  /// What was asked for.
  public private(set) var request: FigureRequest
  /// The program with its numbers.
  public let computation: Computation
  /// How the figure is drawn.
  public private(set) var options: PictureOptions
  /// What there is to be read in it.
  public let reading: Reading

  init(
    request: FigureRequest, computation: Computation, options: PictureOptions, reading: Reading
  ) {
    self.request = request
    self.computation = computation
    self.options = options
    self.reading = reading
  }

  /// What is worth a word although the program could be recorded.
  public var warnings: [Diagnostic] {
    computation.warnings
      + (options.figure.nudge.map { computation.warnings(after: $0) } ?? [])
  }

  /// The same figure in the colours of a theme, with ids of its own if it shares a page with others.
  public func inTheme(_ theme: Theme, idPrefix: String? = nil) -> RequestedFigure {
    var other = self
    other.options.idPrefix = idPrefix ?? options.idPrefix
    other.request = request.inTheme(theme)
    other.options.theme = theme
    return other
  }

  /// The figure as a file that carries its stamp.
  ///
  /// - Throws: ``FigureError`` for a figure that cannot be drawn.
  public func picture(_ format: OutputFormat) throws(FigureError) -> Picture {
    try drawn { () throws(GraphvizError) in
      let stamp = try Stamp(request, format)
      var picture = try reading.picture(format, options)
      stamp.put(on: &picture.bytes, format.kind)
      return picture
    }
  }

  /// The figure as a file that tells who made it, but not what it comes from; or without a stamp.
  public func picture(
    _ format: OutputFormat, isSigned: Bool
  ) throws(FigureError) -> Picture {
    try drawn { () throws(GraphvizError) in
      let picture = try reading.picture(format, options)
      if !isSigned { return picture }
      return Picture(
        format: format, bytes: Stamp.signed(picture.bytes, format.kind),
        warnings: picture.warnings)
    }
  }

  /// What a file is in the light of the picture that would be drawn now.
  ///
  /// - Throws: ``FigureError`` if Graphviz is not there.
  public func finding(
    at path: String, _ format: OutputFormat
  ) throws(FigureError) -> Stamp.Finding {
    try drawn { () throws(GraphvizError) in try Stamp(request, format).finding(at: path) }
  }

  /// Frames of the figure in files of a format.
  ///
  /// - Throws: ``FigureError`` for a picture too large for pixels, and for a descent that no page can go.
  public func files(
    _ format: SlideFormat, of frames: Frames, areSeveral: Bool = false, milliseconds: Int? = nil
  ) throws(FigureError) -> [[UInt8]] {
    var options = options
    if let milliseconds { options.milliseconds = milliseconds }
    if case .page = format.files { return [try page(of: frames)] }
    return try drawn { [options] () throws(GraphvizError) in
      try format.bytes(
        of: frames, options, areSeveral: areSeveral, isMoving: milliseconds != nil)
    }
  }

  /// The figure one step at a time.
  ///
  /// - Parameter chosen: Which frames, and how they look; they must leave one at least.
  /// - Returns: The frames, laid out once for all of them.
  /// - Throws: ``FigureError`` for a figure that cannot be drawn.
  public func frames(_ chosen: Frames.Options) throws(FigureError) -> Frames {
    try drawn { () throws(GraphvizError) in try reading.frames(options, chosen) }
  }
}

extension FigureRequest {
  /// The same request with a theme.
  public func inTheme(_ theme: Theme) -> FigureRequest {
    var other = self
    other.options.append(OptionText("theme", theme.name))
    return other
  }
}
