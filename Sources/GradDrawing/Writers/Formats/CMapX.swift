import GradBase
import GradFigure

extension Format {
  /// An image map for the pixels of the same drawing: an HTML `<map>` with an area for each node.
  ///
  /// Areas say what a node says on a page, and lead to themselves: so they can be reached with the
  /// keyboard, are read aloud, and count for programs that keep areas with links alone. A map has one
  /// line for each tag, as those of Graphviz have.
  ///
  /// <https://graphviz.org/docs/outputs/cmapx/>
  public static let cmapx = Format(name: "cmapx", fileExtension: "cmapx") { drawing, options in
    let id = "\(SVGWriter(drawing, options).prefix)_map"
    let label = XML.attribute(drawing.heading)
    let areas = drawing.parts.compactMap { part -> String? in
      guard case .node(let index) = part.owner, let box = part.box else { return nil }
      let area = "\(id)_n\(index + 1)"
      let words = XML.attribute(part.tooltip)
      return
        "<area shape=\"rect\" id=\"\(area)\" href=\"#\(area)\" title=\"\(words)\" alt=\"\(words)\" "
        + "coords=\"\(coordinates(of: box, scale: options.scale))\"/>"
    }
    let lines = ["<map id=\"\(id)\" name=\"\(id)\" aria-label=\"\(label)\">"] + areas + ["</map>"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The upper left and the lower right corner, in whole pixels.
  private static func coordinates(of box: Rect, scale: Double) -> String {
    [box.origin.x, box.origin.y, box.maxX, box.maxY]
      .map { "\(Int(($0 * scale).rounded()))" }.joined(separator: ",")
  }
}
