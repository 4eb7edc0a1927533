public import GradCore
public import GradLesson
public import GraphvizRenderer

import GradDrawing
import GradFigure

extension Trace {
  /// An exercise sheet with the trace's figure: questions, and the answers on another page.
  ///
  /// - Parameters:
  ///   - options: How the figure is drawn; `figure.blanks` says what is asked.
  ///   - link: Where the picture is, for formats that point at it; `nil` to put it into the page.
  ///   - seed: Which variant of the exercise it is; `nil` for the program as it stands.
  /// - Returns: The sheet, the picture as SVG, and what is worth a word about the picture.
  /// - Throws: ``GraphvizRenderer/GraphvizError`` for a figure that cannot be drawn.
  public func exercise(
    _ options: PictureOptions, link: String?, seed: Int? = nil
  ) throws(GraphvizError) -> (sheet: Sheet, svg: String, warnings: [PictureWarning]) {
    let drawing = try drawing(options)
    var written = Format.Options()
    written.idPrefix = options.idPrefix
    let svg = Format.svg.write(drawing, written)
    let tikz = Format.tikz.write(drawing, written)
    let picture = Sheet.Picture(
      alternative: drawing.heading, link: link ?? DataLink.svg(svg), tikz: tikz.tikzPicture)
    return (
      .exercise(self, options.figure, picture: picture, seed: seed), svg,
      PictureWarning.all(for: drawing, usesFonts: false)
    )
  }
}

extension String {
  /// The picture of a LaTeX document, without the document around it.
  fileprivate var tikzPicture: String {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    let first = lines.firstIndex { $0.hasPrefix("\\begin{tikzpicture}") } ?? lines.startIndex
    let last = lines.lastIndex { $0.hasPrefix("\\end{tikzpicture}") } ?? lines.endIndex - 1
    return lines[first...last].joined(separator: "\n")
  }
}
