extension Trace {
  /// The figure of the trace as a file.
  ///
  /// ```swift
  /// let svg = try trace.picture(.svg).text
  /// ```
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too large for pixels.
  public func picture(
    _ format: OutputFormat = .svg, _ options: PictureOptions = PictureOptions()
  ) throws(GraphvizError) -> Picture {
    try Reading(self, options.figure).picture(format, options)
  }

  /// The figure of the trace with everything in its place.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError`` where Graphviz is asked and cannot answer.
  public func drawing(_ options: PictureOptions = PictureOptions()) throws(GraphvizError) -> Drawing
  {
    try Reading(self, options.figure).drawing(options)
  }

  /// The figure of the trace one step at a time.
  ///
  /// ```swift
  /// let frames = try trace.frames()
  /// let pages = try SlideFormat.pdf.bytes(of: frames)[0]
  /// ```
  ///
  /// - Parameters:
  ///   - options: How the figure is drawn.
  ///   - frames: Which frames, and how they look; they must leave one at least.
  /// - Returns: The frames, laid out once for all of them.
  /// - Throws: ``GraphvizRenderer/GraphvizError`` where Graphviz is asked and cannot answer.
  public func frames(
    _ options: PictureOptions = PictureOptions(), _ frames: Frames.Options = Frames.Options()
  ) throws(GraphvizError) -> Frames {
    try Reading(self, options.figure).frames(options, frames)
  }
}
