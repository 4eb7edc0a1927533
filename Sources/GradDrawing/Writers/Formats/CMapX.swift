import GradBase
import GradFigure

extension Drawing {
  /// An image map for the pixels of the same drawing: an HTML `<map>` with an area for each node.
  ///
  /// Areas say what a node says on a page, and lead to themselves: so they can be reached with the
  /// keyboard, are read aloud, and count for programs that keep areas with links alone. A map has one
  /// line for each tag, as those of Graphviz have.
  ///
  /// <https://graphviz.org/docs/outputs/cmapx/>
  ///
  /// - Parameters:
  ///   - idPrefix: What ids begin with; `nil` for a hash of the drawing.
  ///   - scale: Pixels a point of the picture that the map lies on; above 0.
  /// - Returns: The map.
  public func imageMap(idPrefix: String? = nil, scale: Double = 1) -> String {
    let id = mapID(idPrefix)
    let label = XML.attribute(heading)
    return "<map id=\"\(id)\" name=\"\(id)\" aria-label=\"\(label)\">\n"
      + imageAreas(idPrefix: idPrefix, scale: scale) + "</map>\n"
  }

  /// The areas of the map alone, a line for each.
  public func imageAreas(idPrefix: String? = nil, scale: Double = 1) -> String {
    let id = mapID(idPrefix)
    return parts.compactMap { part -> String? in
      guard case .node(let index) = part.owner, let box = part.box else { return nil }
      let area = "\(id)_n\(index + 1)"
      let words = XML.attribute(part.tooltip)
      return
        "<area shape=\"rect\" id=\"\(area)\" href=\"#\(area)\" title=\"\(words)\" alt=\"\(words)\" "
        + "coords=\"\(Self.coordinates(of: box, scale: scale))\"/>\n"
    }.joined()
  }

  private func mapID(_ idPrefix: String?) -> String {
    SVGWriter(self, idPrefix: idPrefix).prefix + "_map"
  }

  /// The upper left and the lower right corner, in whole pixels.
  private static func coordinates(of box: Rect, scale: Double) -> String {
    [box.origin.x, box.origin.y, box.maxX, box.maxY]
      .map { "\(Int(($0 * scale).rounded()))" }.joined(separator: ",")
  }
}
