public import GradCore
public import GradDrawing
public import GradFigure
public import GraphvizRenderer

/// A figure with its steps, composed once, of which frames can be drawn.
public struct Walk: Sendable {
  /// The steps, from what is given to the last derivative.
  public let steps: [Figure.Step]
  private let figure: Figure
  private let options: PictureOptions

  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too deep to lay out.
  init(_ trace: Trace, _ options: PictureOptions) throws(GraphvizError) {
    try trace.refuseIfTooDeep(options.figure)
    let reading = Reading(trace, options.figure)
    figure = Figure(reading)
    steps = reading.steps
    self.options = options
  }

  /// Lays the figure out, once for all frames.
  ///
  /// - Parameter frames: Which frames, and how they look; they must leave one at least.
  /// - Returns: The frames.
  /// - Throws: ``GraphvizRenderer/GraphvizError`` for a figure that cannot be laid out.
  public func frames(
    _ frames: Frames.Options = Frames.Options()
  ) throws(GraphvizError) -> Frames {
    Frames(Drawing(figure, try Layout.best(figure).arrangement, options), steps, frames)
  }
}

extension Trace {
  /// The figure of the trace with its steps.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too deep to lay out.
  public func walk(_ options: PictureOptions = PictureOptions()) throws(GraphvizError) -> Walk {
    try Walk(self, options)
  }

  /// The figure of the trace one step at a time.
  ///
  /// ```swift
  /// let frames = try trace.frames()
  /// let pages = try SlideFormat.pdf.bytes(of: frames)
  /// ```
  ///
  /// - Parameters:
  ///   - options: How the figure is drawn.
  ///   - frames: Which frames, and how they look; they must leave one at least.
  /// - Returns: The frames, laid out once for all of them.
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too deep to lay out.
  public func frames(
    _ options: PictureOptions = PictureOptions(), _ frames: Frames.Options = Frames.Options()
  ) throws(GraphvizError) -> Frames {
    try walk(options).frames(frames)
  }
}
