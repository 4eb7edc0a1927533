public import GradCore
public import GradDrawing
public import GradFigure
public import GraphvizRenderer

/// A figure as the bytes of a file.
public struct Picture: Sendable {
  /// What the bytes are.
  public let format: OutputFormat
  /// The file.
  public let bytes: [UInt8]
  /// What is worth a word although there is a picture.
  public let warnings: [PictureWarning]

  /// The file as text; only for formats that are.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Trace {
  /// The figure of the trace: what is drawn, without places.
  public func figure(_ options: FigureOptions = FigureOptions()) -> Figure {
    Figure(self, options)
  }

  /// The figure of the trace with everything in its place.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too deep to lay out.
  public func drawing(_ options: PictureOptions = PictureOptions()) throws(GraphvizError) -> Drawing
  {
    let figure = Figure(self, options.figure)
    let layout = try Layout(figure)
    var theme = options.theme
    if case .color(let color) = options.background { theme.colors[.paper] = color }
    return Drawing(figure, layout, theme: theme, hasBackground: options.background != .none)
  }

  /// The figure of the trace as a file.
  ///
  /// ```swift
  /// let svg = try trace.picture(.svg).text
  /// ```
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too deep to lay out
  ///   or too large for pixels.
  public func picture(
    _ format: OutputFormat = .svg, _ options: PictureOptions = PictureOptions()
  ) throws(GraphvizError) -> Picture {
    let drawing = try drawing(options)
    var written = Format.Options()
    written.idPrefix = options.idPrefix
    let scale = options.resolution.scale(ofWidth: drawing.size.width)
    let bytes = try format.write(drawing, written, scale)
    return Picture(
      format: format, bytes: bytes,
      warnings: format.usesFonts ? PictureWarning.fonts(for: drawing) : [])
  }
}
