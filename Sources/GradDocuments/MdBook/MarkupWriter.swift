import GradBase
import GradDrawing
import GraphvizGrad

/// Writes figures into pages of Markdown, as HTML or as images.
struct MarkupWriter {
  /// Whether the page becomes HTML; other formats get a plain image.
  let isHTML: Bool
  /// What is worth a word about the figures.
  private(set) var warnings: [Diagnostic] = []

  init(isHTML: Bool) { self.isHTML = isHTML }

  /// A figure in one line, which nothing in Markdown takes for something else.
  ///
  /// - Parameter figure: What is asked for.
  /// - Returns: The line, without its end.
  /// - Throws: `FigureError` for a figure that cannot be drawn.
  mutating func markup(_ figure: DocumentFigure) throws(FigureError) -> String {
    let picture = try figure.figure.picture(.svg)
    warnings.add(picture.warnings)
    warnings += figure.figure.warnings
    let address = picture.format.kind.link(to: picture.bytes)
    if !isHTML { return "![\(Self.escaped(figure.alternative))](\(address))" }
    let sizes = [("width", figure.width), ("height", figure.height)].compactMap { name, value in
      value.map { "\(name):\(Self.length($0))" }
    }
    let style = sizes.isEmpty ? "" : " style=\"\(XML.attribute(sizes.joined(separator: ";")))\""
    let identifier = figure.identifier
    let name = identifier.isEmpty ? "" : " id=\"\(XML.attribute(identifier))\""
    let caption = figure.caption.map { "<figcaption>\(CaptionText.html($0))</figcaption>" } ?? ""
    let words = XML.attribute(figure.alternative)
    return
      "<figure\(name) class=\"graphviz-grad\"><img src=\"\(address)\" alt=\"\(words)\"\(style)>"
      + "\(caption)</figure>"
  }

  /// A number alone is in pixels.
  private static func length(_ text: String) -> String { Double(text) == nil ? text : "\(text)px" }

  /// Words of Markdown that mean themselves.
  private static func escaped(_ words: String) -> String {
    words.map { "\\`*_[]<>&".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
