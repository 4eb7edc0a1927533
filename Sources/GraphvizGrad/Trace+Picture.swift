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
    Figure(Reading(self, options))
  }

  /// The figure of the trace with everything in its place.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too deep to lay out.
  public func drawing(_ options: PictureOptions = PictureOptions()) throws(GraphvizError) -> Drawing
  {
    try refuseIfTooDeep(options.figure)
    let figure = Figure(Reading(self, options.figure))
    return Drawing(figure, try Layout.best(figure).arrangement, options)
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
    let (bytes, drawing) = try format.write(self, options)
    return Picture(
      format: format, bytes: bytes,
      warnings: PictureWarning.all(for: drawing, usesFonts: format.usesFonts))
  }

  /// Refuses a chain that cannot be laid out before its text is composed, which would take long.
  func refuseIfTooDeep(_ options: FigureOptions) throws(GraphvizError) {
    guard nodes.count > Layout.deepestChain else { return }
    let drawn = detailed(options.detail ?? suggestedDetail)
    var depths = [Int](repeating: 1, count: drawn.nodes.count)
    for edge in drawn.edges {
      depths[edge.target] = max(depths[edge.target], depths[edge.source] + 1)
    }
    let depth = depths.max() ?? 0
    if depth > Layout.deepestChain {
      throw GraphvizError(
        stage: .limit,
        messages: [
          "the figure is \(depth) nodes deep; at most \(Layout.deepestChain) can be laid out"
        ])
    }
  }
}

extension Drawing {
  /// Draws a figure in its places, in the colours of `options`.
  init(_ figure: Figure, _ arrangement: Arrangement, _ options: PictureOptions) {
    self.init(
      figure, arrangement, theme: options.themeWithBackground,
      hasBackground: options.background != .none)
  }

  /// A figure before anything has a place, in the colours of `options`.
  init(withoutPlaces figure: Figure, _ options: PictureOptions) {
    self.init(
      withoutPlaces: figure, theme: options.themeWithBackground,
      hasBackground: options.background != .none)
  }
}

extension PictureOptions {
  /// The theme, whose paper has the colour of the background.
  fileprivate var themeWithBackground: Theme {
    var theme = theme
    if case .color(let color) = background { theme.colors[.paper] = color }
    return theme
  }
}
