public import GradDrawing
public import GradFigure
public import GraphvizRenderer

import GradCore

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

extension Reading {
  /// The figure with everything in its place.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too deep to lay out.
  public func drawing(_ options: PictureOptions = PictureOptions()) throws(GraphvizError) -> Drawing
  {
    try refuseIfTooDeep()
    let figure = Figure(self)
    return Drawing(figure, try Layout.best(figure).arrangement, options)
  }

  /// The figure as a file without a stamp.
  ///
  /// ```swift
  /// let svg = try reading.picture(.svg).text
  /// ```
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too deep to lay out
  ///   or too large for pixels.
  public func picture(
    _ format: OutputFormat = .svg, _ options: PictureOptions = PictureOptions()
  ) throws(GraphvizError) -> Picture {
    let bytes: [UInt8]
    let drawing: Drawing?
    switch format.input {
    case .reading(let write): (bytes, drawing) = try write(self, options)
    case .drawing(let write):
      let placed = try self.drawing(options)
      (bytes, drawing) = (try write(placed, options), placed)
    }
    let warnings =
      drawing.map { PictureWarning.all(for: $0, usesFonts: format.kind.usesFonts) } ?? []
    return Picture(format: format, bytes: bytes, warnings: warnings)
  }

  /// Refuses a chain that cannot be laid out before its text is composed, which would take long.
  func refuseIfTooDeep() throws(GraphvizError) {
    guard trace.nodes.count > Layout.deepestChain else { return }
    var depths = [Int](repeating: 1, count: trace.nodes.count)
    for edge in trace.edges {
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
}

extension PictureOptions {
  /// Pixels a point of a drawing.
  func scale(of drawing: Drawing) -> Double { resolution.scale(ofWidth: drawing.size.width) }

  /// The theme, whose paper has the colour of the background.
  var themeWithBackground: Theme {
    var theme = theme
    if case .color(let color) = background { theme.colors[.paper] = color }
    return theme
  }
}
