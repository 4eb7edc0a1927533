public import GradDrawing
public import GradFigure
public import GraphvizRenderer

import GradCore

/// A figure as the bytes of a file.
public struct Picture: Sendable {
  /// What the bytes are.
  public let format: OutputFormat
  /// The file.
  public internal(set) var bytes: [UInt8]
  /// What is worth a word although there is a picture.
  public let warnings: [PictureWarning]

  /// The file as text; only for formats that are.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Reading {
  /// The figure with everything in its place.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError`` where Graphviz is asked and cannot answer.
  public func drawing(_ options: PictureOptions = PictureOptions()) throws(GraphvizError) -> Drawing
  {
    let (_, figure, layout) = try placed { Figure($0) }
    return Drawing(figure, layout, options)
  }

  /// The figure as a file without a stamp.
  ///
  /// ```swift
  /// let svg = try reading.picture(.svg).text
  /// ```
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too large for pixels.
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
}

extension Drawing {
  /// Draws a figure in its places, in the colours of `options`.
  init(_ figure: Figure, _ layout: Layout, _ options: PictureOptions) {
    self.init(
      figure, layout, theme: options.themeWithBackground,
      hasBackground: options.background != .none)
  }
}

extension PictureOptions {
  /// Pixels a point of a drawing.
  func scale(of drawing: Drawing) -> Double { resolution.scale(of: drawing.size) }

  /// The theme, whose paper has the colour of the background.
  var themeWithBackground: Theme {
    var theme = theme
    if case .color(let color) = background { theme.colors[.paper] = color }
    return theme
  }
}
