import GradFigure
import Testing

@testable import GradDrawing

@Suite struct GeometryTests {
  private let box = Rect(origin: Point(10, 20), size: Size(width: 30, height: 40))

  @Test func corners() {
    #expect(box.center == Point(25, 40))
    #expect(box.maxX == 40 && box.maxY == 60)
    #expect(Rect(center: box.center, size: box.size) == box)
    #expect(box.inset(by: 5).inset(by: -5) == box)
    #expect(box.turned(true).turned(true) == box)
    #expect(box.moved(by: Point(1, 2)).origin == Point(11, 22))
    #expect(box.union(Rect(origin: Point(0, 0), size: Size(width: 1, height: 1))).maxY == 60)
  }

  @Test func neighboursDoNotOverlap() {
    let right = Rect(origin: Point(40, 20), size: box.size)
    #expect(!box.overlaps(right))
    #expect(box.overlaps(right.moved(by: Point(-0.1, 0))))
  }

  @Test(arguments: [
    (Point(0, 40), Point(50, 40), true), (Point(0, 20), Point(50, 20), false),
    (Point(25, 0), Point(25, 100), true), (Point(0, 0), Point(9, 100), false),
    (Point(0, 50), Point(20, 80), false), (Point(20, 30), Point(21, 31), true),
    (Point(0, 40), Point(9, 40), false),
  ])
  func linesThroughABox(_ a: Point, _ b: Point, _ meets: Bool) {
    #expect(box.meets(a, b) == meets)
    #expect(box.meets(b, a) == meets)
  }

  @Test(
    arguments: [
      (0, "0"), (-0.001, "0"), (1.5, "1.5"), (1.05, "1.05"), (-2.345, "-2.35"), (0.999, "1"),
      (-0.25, "-0.25"), (1234.5678, "1234.57"),
    ] as [(Double, String)])
  func lengthsAsText(_ length: Double, _ text: String) {
    #expect(coordinateText(length) == text)
  }
}
