public import GradLesson

import GradDrawing
import GradFigure
import GraphvizRenderer

extension RequestedFigure {
  /// An exercise sheet: the figure with its blanks, questions, and the answers on another page.
  ///
  /// - Parameter link: Where the picture is, for formats that point at it; `nil` to put it into the
  ///   sheet.
  /// - Returns: The sheet, the picture as SVG, and what is worth a word about the picture.
  /// - Throws: ``FigureError`` for a figure that cannot be drawn.
  public func exercise(
    link: String?
  ) throws(FigureError) -> (sheet: Sheet, svg: String, warnings: [PictureWarning]) {
    let drawing = try drawn { () throws(GraphvizError) in try reading.drawing(options) }
    let svg = drawing.svg(idPrefix: options.idPrefix)
    let picture = Sheet.Picture(
      alternative: drawing.heading, link: link ?? FileKind.svg.link(to: Array(svg.utf8)),
      tikz: drawing.tikzPicture())
    return (
      .exercise(reading, picture: picture, seed: request.variant), svg,
      PictureWarning.all(for: drawing, usesFonts: false)
    )
  }
}
