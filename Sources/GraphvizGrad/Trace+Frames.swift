public import GradCore
public import GradDrawing
public import GraphvizRenderer

extension Trace {
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
    Frames(try drawing(options), steps(options.figure), frames)
  }
}
