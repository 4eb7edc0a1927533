import GradFigure
import Testing

@testable import GradDrawing

@Suite struct EdgePairTests {
  /// The backward pass retraces the forward pass beside it: below it, or to its right.
  @Test(arguments: FigureOptions.Direction.allCases)
  func backwardIsBesideForward(_ direction: FigureOptions.Direction) throws {
    let drawing = try drawing(lecture) { $0.direction = direction }
    let isRight = direction == .right
    func across(_ point: Point) -> Double { isRight ? point.y : point.x }
    for (index, edge) in drawing.figure.edges.enumerated() {
      let forward = try #require(way(.forward(index), drawing))
      let backward = try #require(way(.backward(index), drawing)).reversed
      // A lone edge leads from value to value and from derivative to derivative.
      if drawing.figure.edges.count(where: { $0.source == edge.source }) == 1 {
        let rows = try rows(edge.source, drawing)
        #expect(abs(across(forward.start) - across(rows.value)) < 0.6)
        #expect(abs(across(backward.start) - across(rows.derivative)) < 0.6)
      }
      if drawing.figure.edges.count(where: { $0.target == edge.target }) == 1 {
        let rows = try rows(edge.target, drawing)
        #expect(abs(across(forward.end) - across(rows.value)) < 0.6)
        #expect(abs(across(backward.end) - across(rows.derivative)) < 0.6)
      }
      #expect(across(forward.start) < across(backward.start))
      #expect(across(forward.end) < across(backward.end))
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
