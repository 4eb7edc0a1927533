import GradFigure
import Testing

@testable import GradDrawing

@Suite struct EdgePairTests {
  /// The backward pass retraces the forward pass: its line is the forward line reversed and moved by
  /// the distance of the rows.
  @Test(arguments: FigureOptions.Direction.allCases)
  func backwardIsForwardReversedAndMoved(_ direction: FigureOptions.Direction) throws {
    let drawing = try drawing(lecture) { $0.direction = direction }
    for (index, edge) in drawing.figure.edges.enumerated() {
      let forward = try #require(way(.forward(index), drawing))
      let backward = try #require(way(.backward(index), drawing)).reversed
      let (source, target) = (
        try rows(edge.source, drawing), try rows(edge.target, drawing)
      )
      let isRight = direction == .right
      // From value to value and from derivative to derivative, at the sides of the boxes.
      for (line, rows) in [(forward.start, source.value), (backward.start, source.derivative)] {
        #expect(isRight ? abs(line.y - rows.y) < 0.6 : abs(line.x - rows.x) < 0.6)
      }
      for (line, rows) in [(forward.end, target.value), (backward.end, target.derivative)] {
        #expect(isRight ? abs(line.y - rows.y) < 0.6 : abs(line.x - rows.x) < 0.6)
      }
      // Moved across the flow only.
      let pairs = zip(forward.polyline(steps: 8).points, backward.polyline(steps: 8).points)
      for (a, b) in pairs {
        #expect(isRight ? abs(a.x - b.x) < 1e-6 : abs(a.y - b.y) < 1e-6)
        #expect(isRight ? b.y > a.y : b.x > a.x)
      }
    }
  }

  private func way(_ owner: Drawing.Owner, _ drawing: Drawing) -> Curve? {
    drawing.parts.first { $0.owner == owner }?.way
  }

  /// The middles of the value and the derivative of a node.
  private func rows(
    _ node: Int, _ drawing: Drawing
  ) throws -> (value: Point, derivative: Point) {
    let part = try #require(drawing.parts.first { $0.owner == .node(node) })
    let texts = part.shapes.compactMap { shape -> Drawing.TextLine? in
      if case .text(let line) = shape { line } else { nil }
    }
    func middle(_ kind: Figure.Cell.Kind) throws -> Point {
      let line = try #require(texts.first { $0.kind == .cell(kind) })
      return Point(line.anchor.x, line.anchor.y - line.size * FontMetrics.capitalHeight / 2)
    }
    return try (middle(.value), middle(.derivative))
  }

  @Test func arrowheadsEndWhereTheWayEnds() {
    let lines = LinePair(
      forward: Curve(from: Point(0, 0), to: Point(100, 0)),
      backward: Curve(from: Point(0, 20), to: Point(100, 20)))
    let pair = EdgePair(lines)
    #expect(pair.forwardHead[0] == Point(100, 0))
    #expect(pair.backwardHead[0] == Point(0, 20))
    #expect(pair.forward.end.x < 100 && pair.forward.end.x > 90)
    #expect(pair.backward.end.x > 0 && pair.backward.end.x < 10)
    #expect(pair.moved(by: Point(0, 5)).backwardHead[0] == Point(0, 25))
    #expect(EdgePair(lines.transposed).forwardHead[0] == Point(0, 100))
  }

  @Test func aPairIsCloserInTheMiddleOfAWayPastOtherThings() {
    let pair = LinePair(
      along: Curve(from: Point(0, 0), to: Point(400, 0)), source: Point(0, 30),
      target: Point(0, 40))
    let points = pair.forward.polyline(steps: 8).points
    #expect(abs(points[0].y + 15) < 1e-9)
    #expect(abs((points.last?.y ?? 0) + 20) < 1e-9)
    let middle = points.filter { $0.x > 60 && $0.x < 340 }
    #expect(middle.allSatisfy { abs($0.y + EdgePair.closest / 2) < 0.5 })
  }

  @Test func placesDoNotDependOnTheFlowThatIsShown() throws {
    for style in Style.all {
      let drawings = try FigureOptions.Show.allCases.map { show in
        try drawing(lecture) { ($0.style, $0.show) = (style, show) }
      }
      #expect(Set(drawings.map { "\($0.size)" }).count == 1)
      let places = drawings[0].parts.filter { $0.box != nil }
      for drawing in drawings {
        for part in drawing.parts where part.box != nil {
          #expect(places.contains { $0.owner == part.owner && $0.box == part.box })
        }
      }
    }
  }
}
