import GradFigure

/// Outlines in the words of TikZ.
enum TikZPath {
  static func text(_ point: Point) -> String {
    "(\(coordinateText(point.x)),\(coordinateText(point.y)))"
  }

  static func text(_ box: Rect) -> String {
    "\(text(box.origin)) rectangle \(text(Point(box.maxX, box.maxY)))"
  }

  /// A path; curves that are straight lines are written as such, and those without length not at all.
  static func text(_ path: Drawing.Path) -> String {
    var words: [String] = []
    var place = Point(0, 0)
    for step in path.steps {
      switch step {
      case .move(let a):
        words.append(text(a))
        place = a
      case .line(let a):
        words.append("-- \(text(a))")
        place = a
      case .curve(let a, let b, let c):
        if [a, b, c].contains(where: { ($0 - place).length > 0.005 }) {
          words.append(
            isStraight(place, a, b, c)
              ? "-- \(text(c))" : ".. controls \(text(a)) and \(text(b)) .. \(text(c))")
        }
        place = c
      case .close: words.append("-- cycle")
      }
    }
    return words.joined(separator: " ")
  }

  /// Whether a curve never leaves the line between its ends.
  private static func isStraight(_ start: Point, _ a: Point, _ b: Point, _ end: Point) -> Bool {
    let way = end - start
    return [a, b].allSatisfy { point in
      let part = point - start
      let along = (part.x * way.x + part.y * way.y) / max(way.length, 0.01)
      let aside = abs(part.x * way.y - part.y * way.x) / max(way.length, 0.01)
      return aside < 0.005 && along >= 0 && along <= way.length
    }
  }
}
