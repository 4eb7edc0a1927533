import GradFigure
import Testing

@testable import GradDrawing

@Suite struct CurveTests {
  private let arc = Curve([
    Point(0, 0), Point(40, 0), Point(60, 30), Point(100, 30), Point(140, 30), Point(160, 80),
    Point(200, 80),
  ])

  @Test func aPolylineFollowsTheCurve() {
    let line = arc.polyline(steps: 64)
    #expect(line.points.first == arc.start)
    #expect(line.points.last == arc.end)
    #expect(line.points[64] == Point(100, 30))
    #expect(line.lengths == line.lengths.sorted())
    #expect(line.length > (arc.end - arc.start).length)
    #expect(abs(line.length - arc.polyline(steps: 16).length) < 0.5)
    let (point, direction) = line.at(line.length)
    #expect(point == arc.end)
    #expect(abs(direction.length - 1) < 1e-9)
    #expect(line.at(-5).point == arc.start)
    #expect(line.nearest(to: Point(100, 31)) == line.lengths[64])
  }

  @Test(arguments: [2, 10, 60, 150] as [Double])
  func shorteningTakesFromTheEnd(_ length: Double) {
    let whole = arc.polyline(steps: 64).length
    let short = arc.shortened(by: length)
    #expect(short.start == arc.start)
    #expect(abs(short.polyline(steps: 64).length - max(whole * 0.3, whole - length)) < 0.6)
    // What remains lies on the curve.
    let line = arc.polyline(steps: 256).points
    for point in short.polyline(steps: 8).points {
      #expect(line.contains { ($0 - point).length < 0.6 })
    }
  }

  @Test func shiftingMovesEveryPoint() {
    let moved = arc.shifted { _, _ in Point(3, -4) }
    let (before, after) = (arc.polyline(steps: 64), moved.polyline(steps: 64))
    #expect(moved.start == arc.start + Point(3, -4))
    #expect(moved.end == arc.end + Point(3, -4))
    #expect(abs(before.length - after.length) < 0.1)
    let grown = arc.shifted { distance, length in Point(0, distance / length * 10) }
    #expect(grown.start == arc.start)
    #expect(abs(grown.end.y - arc.end.y - 10) < 1e-9)
  }

  @Test func boundsHoldEveryPoint() {
    let bounds = arc.bounds
    for point in arc.polyline().points {
      #expect(point.x >= bounds.origin.x && point.x <= bounds.maxX)
      #expect(point.y >= bounds.origin.y && point.y <= bounds.maxY)
    }
    #expect(arc.reversed.reversed == arc)
    #expect(arc.transposed.transposed == arc)
    #expect(arc.moved(by: Point(1, 2)).start == Point(1, 2))
  }

  /// Ways along the flow never turn back, whatever they pass.
  @Test(arguments: [
    [Point(0, 0), Point(100, 50)], [Point(0, 0), Point(20, 300), Point(60, 310), Point(200, -50)],
    [Point(0, 5), Point(50, 5), Point(90, 5)],
  ])
  func waysRunAlongTheFlow(_ stops: [Point]) {
    for way in [Curve(flatAt: stops), Curve(smoothThrough: stops)] {
      let points = way.polyline(steps: 32).points
      for (a, b) in zip(points, points.dropFirst()) { #expect(a.x < b.x) }
      for (stop, y) in zip(stops, way.heights(at: stops.map(\.x))) {
        #expect(abs(y - stop.y) < 0.01)
      }
      let (least, most) = (stops.map(\.y).min() ?? 0, stops.map(\.y).max() ?? 0)
      #expect(points.allSatisfy { $0.y >= least - 1e-9 && $0.y <= most + 1e-9 })
    }
  }
}
