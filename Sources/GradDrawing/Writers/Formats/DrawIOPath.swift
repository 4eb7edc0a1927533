import GradFigure

/// Lines and places in the words of draw.io.
enum DrawIOPath {
  /// The ends of a line, and the points on its way.
  static func geometry(_ points: [Point]) -> String {
    func text(_ point: Point, _ name: String? = nil) -> String {
      "<mxPoint x=\"\(coordinateText(point.x))\" y=\"\(coordinateText(point.y))\""
        + (name.map { " as=\"\($0)\"" } ?? "") + "/>"
    }
    let way = points.dropFirst().dropLast().map { text($0) }.joined()
    return "<mxGeometry relative=\"1\" as=\"geometry\">"
      + "\(text(points[0], "sourcePoint"))\(text(points[points.count - 1], "targetPoint"))"
      + (way.isEmpty ? "" : "<Array as=\"points\">\(way)</Array>") + "</mxGeometry>"
  }

  /// A few points of a way: two of one that is straight.
  static func points(of way: Curve) -> [Point] {
    let line = way.polyline(steps: 4).points
    let chord = way.end - way.start
    let isStraight = line.allSatisfy { point in
      let part = point - way.start
      return abs(part.x * chord.y - part.y * chord.x) < 0.5 * max(chord.length, 1)
    }
    return isStraight ? [way.start, way.end] : line
  }

  static func points(of path: Drawing.Path) -> [Point] {
    var points: [Point] = []
    for step in path.steps {
      switch step {
      case .move(let a), .line(let a): points.append(a)
      case .curve(let a, let b, let c):
        let start = points.last ?? a
        points += Self.points(of: Curve([start, a, b, c])).dropFirst()
      case .close: if let first = points.first { points.append(first) }
      }
    }
    return points.count > 1 ? points : points + points
  }

  /// The lines that a path is made of, each from a move to the next.
  static func pieces(of path: Drawing.Path) -> [Drawing.Path] {
    var pieces: [[Drawing.Path.Step]] = []
    for step in path.steps {
      if case .move = step { pieces.append([]) }
      if !pieces.isEmpty { pieces[pieces.count - 1].append(step) }
    }
    return pieces.filter { $0.count > 1 }.map { Drawing.Path(steps: $0) }
  }

  /// The rectangles that a path is made of.
  static func boxes(of path: Drawing.Path) -> [Rect] {
    var boxes: [[Point]] = []
    for step in path.steps {
      switch step {
      case .move(let a): boxes.append([a])
      case .line(let a): if !boxes.isEmpty { boxes[boxes.count - 1].append(a) }
      case .curve, .close: break
      }
    }
    return boxes.filter { !$0.isEmpty }.map { Rect(around: $0) }
  }

  static func distance(_ point: Point, _ box: Rect) -> Double {
    let x = max(box.origin.x - point.x, 0, point.x - box.maxX)
    let y = max(box.origin.y - point.y, 0, point.y - box.maxY)
    return Point(x, y).length
  }

  /// The point of a line that is nearest to another, and which part of the line lies before it.
  static func nearest(to point: Point, on line: [Point]) -> (Point, share: Double) {
    var best = (point: line[0], before: 0.0, distance: Double.infinity)
    var length = 0.0
    for (a, b) in zip(line, line.dropFirst()) {
      let way = b - a
      let part = point - a
      let along = (part.x * way.x + part.y * way.y) / max(way.length * way.length, 1e-9)
      let t = min(1, max(0, along))
      let place = Point.between(a, b, t)
      let distance = (place - point).length
      if distance < best.distance { best = (place, length + way.length * t, distance) }
      length += way.length
    }
    return (best.point, length > 0 ? best.before / length : 0.5)
  }

  /// A number of four digits: hundredths are too coarse for a part of a length.
  static func share(_ number: Double) -> String {
    let thousands = (number * 10_000).rounded() / 10_000
    return thousands == thousands.rounded() ? "\(Int(thousands))" : "\(thousands)"
  }
}
