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
  }

  @Test(arguments: [0.05, 0.4, 3])
  func straightPiecesStayNear(_ tolerance: Double) {
    // As steep as a line between boxes that stand far above each other.
    let steep = Curve([Point(0, 0), Point(60, 0), Point(70, 500), Point(130, 500)])
    for curve in [arc, steep] {
      let corners = curve.flattened(within: tolerance)
      let distances = curve.polyline(steps: 1000).points.map { point in
        zip(corners, corners.dropFirst()).map { distance(of: point, from: $0, to: $1) }.min()!
      }
      #expect(distances.max()! <= tolerance + 1e-3)
      #expect(corners.first == curve.start && corners.last == curve.end)
    }
    #expect(Curve(from: Point(0, 0), to: Point(90, 30)).flattened(within: tolerance).count == 2)
  }

  private func distance(of point: Point, from a: Point, to b: Point) -> Double {
    let (way, reach) = (b - a, point - a)
    let t = (way.x * reach.x + way.y * reach.y) / (way.x * way.x + way.y * way.y)
    return (point - Point.between(a, b, min(1, max(0, t)))).length
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

  @Test func boundsHoldEveryPoint() {
    let bounds = arc.bounds
    for point in arc.polyline().points {
      #expect(point.x >= bounds.origin.x && point.x <= bounds.maxX)
      #expect(point.y >= bounds.origin.y && point.y <= bounds.maxY)
    }
    #expect(arc.reversed.reversed == arc)
    #expect(arc.turned(true).turned(true) == arc)
    #expect(arc.moved(by: Point(1, 2)).start == Point(1, 2))
  }
}
