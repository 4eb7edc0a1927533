import GradFigure

extension Curve {
  /// A way along x through `stops`, flat at each of them, so that two such ways between the same
  /// columns cross at most once.
  init(flatAt stops: [Point]) {
    var points = [stops[0]]
    for (a, b) in zip(stops, stops.dropFirst()) {
      let pull = Point((b.x - a.x) / (a.y == b.y ? 3 : 2), 0)
      points += [a + pull, b - pull, b]
    }
    self.init(points)
  }

  /// A way along x through `stops`, which bends as little as it can without overshooting any.
  ///
  /// Monotone cubic interpolation: F. N. Fritsch and J. Butland, SIAM J. Sci. Stat. Comput. 5 (1984),
  /// 300; flat at both ends.
  init(smoothThrough stops: [Point]) {
    let slopes = zip(stops, stops.dropFirst()).map { ($1.y - $0.y) / max(0.01, $1.x - $0.x) }
    var tangents = [0.0]
    for (before, after) in zip(slopes, slopes.dropFirst()) {
      let isTurn = before * after <= 0
      tangents.append(isTurn ? 0 : 2 * before * after / (before + after))
    }
    tangents.append(0)
    var points = [stops[0]]
    for index in slopes.indices {
      let (a, b) = (stops[index], stops[index + 1])
      let pull = (b.x - a.x) / 3
      points += [
        a + Point(pull, pull * tangents[index]), b - Point(pull, pull * tangents[index + 1]), b,
      ]
    }
    self.init(points)
  }

  /// With x and y exchanged.
  var transposed: Curve { Curve(points.map(\.transposed)) }

  /// Where the chain is at each of `places`, which rise along x; of the first piece that reaches it.
  ///
  /// O(pieces + places) for a chain that runs along x.
  func heights(at places: [Double]) -> [Double] {
    let line = polyline(steps: 12).points
    let isForward = line.isForward
    var first = 0
    return places.map { x in
      if isForward { while first < line.count - 2, line[first + 1].x < x { first += 1 } }
      for index in first..<line.count - 1 {
        let (a, b) = (line[index], line[index + 1])
        if min(a.x, b.x) <= x, x <= max(a.x, b.x) {
          return a.x == b.x ? a.y : a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
        }
        if isForward, a.x > x { break }
      }
      return x < start.x ? start.y : end.y
    }
  }
}

extension Point {
  /// With x and y exchanged.
  var transposed: Point { Point(y, x) }
}

extension Rect {
  /// With x and y exchanged.
  var transposed: Rect {
    Rect(
      origin: origin.transposed, size: Size(width: size.height, height: size.width))
  }
}
