import GradFigure

extension Crossings {
  /// A curve in straight pieces, so that only those near another's are tested.
  struct Line {
    let points: [Point]
    let bounds: Rect
    /// Whether x never falls along the line.
    private let isForward: Bool
    /// The rooms of the curve's pieces; none for a line along x, which needs none.
    private let rooms: [Rect]

    /// Straight pieces in one piece of a curve.
    private static let steps = 10
    /// Rounding may put a crossing just outside of what crosses.
    private static let margin = 1e-6

    init(_ curve: Curve) {
      let points = curve.polyline(steps: Self.steps).points
      let isForward = points.isForward
      self.points = points
      self.isForward = isForward
      bounds = curve.bounds.inset(by: -1)
      rooms = isForward ? [] : Self.rooms(of: points)
    }

    private static func rooms(of points: [Point]) -> [Rect] {
      stride(from: 0, to: points.count - 1, by: steps).map { start in
        Rect(around: points[start...start + steps]).inset(by: -margin)
      }
    }

    /// Gives `body` every two straight pieces of this line and `other` that may cross; returns how
    /// many were looked at.
    func forEachNeighbour(in other: Line, _ body: (Point, Point, Point, Point) -> Void) -> Int {
      isForward && other.isForward ? sweep(other, body) : search(other, body)
    }

    /// Both lines run along x, so that one walk along them meets all pieces above each other.
    private func sweep(_ other: Line, _ body: (Point, Point, Point, Point) -> Void) -> Int {
      var tests = 0
      var first = 0
      let last = other.points.count - 1
      points.withUnsafeBufferPointer { points in
        other.points.withUnsafeBufferPointer { others in
          for index in 1..<points.count {
            let (p, q) = (points[index - 1], points[index])
            while first < last, others[first + 1].x < p.x - Self.margin { first += 1 }
            if first == last { break }
            let (top, bottom) = (min(p.y, q.y) - Self.margin, max(p.y, q.y) + Self.margin)
            var piece = first
            while piece < last, others[piece].x <= q.x + Self.margin {
              let (r, s) = (others[piece], others[piece + 1])
              if max(r.y, s.y) >= top, min(r.y, s.y) <= bottom { body(p, q, r, s) }
              piece += 1
            }
            tests += 1 + piece - first
          }
        }
      }
      return tests
    }

    /// Any two lines: the rooms of their pieces tell which of them are near each other.
    private func search(_ other: Line, _ body: (Point, Point, Point, Point) -> Void) -> Int {
      let rooms = isForward ? Self.rooms(of: points) : rooms
      let others = other.isForward ? Self.rooms(of: other.points) : other.rooms
      var tests = rooms.count * others.count
      for (index, room) in rooms.enumerated() {
        for (position, near) in others.enumerated() where room.overlaps(near) {
          tests += Self.steps * Self.steps
          for a in Self.steps * index..<Self.steps * (index + 1) {
            for b in Self.steps * position..<Self.steps * (position + 1) {
              body(points[a], points[a + 1], other.points[b], other.points[b + 1])
            }
          }
        }
      }
      return tests
    }
  }
}

extension [Point] {
  /// Whether x never falls from one to the next.
  var isForward: Bool { indices.dropFirst().allSatisfy { self[$0 - 1].x <= self[$0].x } }
}
