import GradFigure
import Testing

@testable import GradDrawing
@testable import GraphvizRenderer

@Suite struct LayoutTests {
  @Test(arguments: Style.all.indices, FigureOptions.Direction.allCases)
  func boxesAreApartAndValuesFlowOneWay(
    _ style: Int, _ direction: FigureOptions.Direction
  ) throws {
    let figure = try figure(neuron) {
      ($0.style, $0.direction, $0.rows) = (Style.all[style], direction, .number(1))
    }
    let layout = try Layout(figure)
    for (index, box) in layout.boxes.enumerated() {
      #expect(box.size.width >= figure.nodes[index].size.width - 1e-9)
      #expect(box.size.height >= figure.nodes[index].size.height - 1e-9)
      for other in layout.boxes[..<index] { #expect(!box.inset(by: -4).overlaps(other)) }
      #expect(layout.bounds.inset(by: -0.5).encloses(box))
    }
    for edge in figure.edges {
      let (a, b) = (layout.boxes[edge.source], layout.boxes[edge.target])
      #expect(direction == .right ? a.maxX < b.origin.x : a.maxY < b.origin.y)
    }
    for (edge, pair) in zip(figure.edges, layout.pairs) where figure.nodes[edge.source].hasSides {
      let (start, box) = (pair.forwardWay.start, layout.boxes[edge.source])
      #expect(
        direction == .right ? abs(start.x - box.maxX) < 1e-6 : abs(start.y - box.maxY) < 1e-6)
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

  /// Deeper than any recursion would reach, on the smallest stack.
  @Test func aLongChainIsLaidOut() throws {
    var figure = chain(6_000)
    figure.rows = .number(1)
    let layout = try Layout(figure)
    let places = layout.boxes.map(\.center.x)
    #expect(places == places.sorted())
    #expect(Set(layout.boxes.map { ($0.center.y * 10).rounded() }).count == 1)
  }
}
