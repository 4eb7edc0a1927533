import GradFigure
import Testing

@testable import GradDrawing
@testable import GraphvizRenderer

@Suite struct LayoutTests {
  @Test(arguments: Style.all.indices, FigureOptions.Direction.allCases)
  func boxesAreApartAndValuesFlowOneWay(
    _ style: Int, _ direction: FigureOptions.Direction
  ) throws {
    let figure = try figure(neuron) { ($0.style, $0.direction) = (Style.all[style], direction) }
    let layout = try Layout(figure)
    let boxes = zip(figure.nodes, layout.centers).map { Rect(center: $1, size: $0.size) }
    for (index, box) in boxes.enumerated() {
      for other in boxes[..<index] { #expect(!box.inset(by: -4).overlaps(other)) }
      #expect(box.origin.x >= -0.5 && box.maxX <= layout.size.width + 0.5)
      #expect(box.origin.y >= -0.5 && box.maxY <= layout.size.height + 0.5)
    }
    for edge in figure.edges {
      let (a, b) = (boxes[edge.source], boxes[edge.target])
      #expect(direction == .right ? a.maxX < b.origin.x : a.maxY < b.origin.y)
    }
    for (edge, way) in zip(figure.edges, layout.ways) where figure.nodes[edge.source].hasSides {
      #expect(
        direction == .right
          ? abs(way.start.x - boxes[edge.source].maxX) < 1e-6
          : abs(way.start.y - boxes[edge.source].maxY) < 1e-6)
    }
  }

  @Test func theSameFigureHasTheSameLayout() throws {
    let layouts = try (0..<3).map { _ in try Layout(figure(neuron)) }
    #expect(layouts[0] == layouts[1] && layouts[1] == layouts[2])
    let shows = try FigureOptions.Show.allCases.map { show in
      try Layout(figure(neuron) { $0.show = show })
    }
    #expect(shows[0] == shows[1] && shows[1] == shows[2])
  }

  @Test func aDeepChainIsRefusedWithTheLimit() throws {
    let error = #expect(throws: GraphvizError.self) { try Layout(chain(30_000)) }
    #expect(error?.stage == .limit)
    #expect(error?.description.contains("\(Layout.deepestChain)") == true)
    #expect(error?.description.contains("30000 nodes deep") == true)
  }

  @Test func aLongChainIsLaidOut() throws {
    let figure = chain(3_000)
    let layout = try Layout(figure)
    let places = layout.centers.map(\.x)
    #expect(places == places.sorted())
    #expect(Set(layout.centers.map { ($0.y * 10).rounded() }).count == 1)
  }
}
