import GradCore
import Testing

@testable import GradFigure

@Suite struct FoldTreeTests {
  private static let chain =
    "x = 0.5\nh0 = x\n" + (1...400).map { "h\($0) = sin(h\($0 - 1)) * 1.01\n" }.joined()

  private func tree(_ program: String, most: Int?, _ style: Style = .lecture) throws -> FoldTree {
    var options = FigureOptions()
    (options.maxNodes, options.style) = (most, style)
    return try FoldTree(Reading(trace(program), options))
  }

  @Test func wholeFiguresHaveNoBoxes() throws {
    #expect(try tree(lecture, most: 150).boxes.isEmpty)
    #expect(try tree(Self.chain, most: nil).boxes.isEmpty)
  }

  @Test(arguments: [Style.lecture.name, Style.circuit.name])
  func everyNodeIsDrawnOnce(_ style: String) throws {
    let style = try #require(Style.all.first { $0.name == style })
    let tree = try tree(Self.chain, most: 50, style)
    let whole = Figure(tree.reading, hasAids: false)
    var drawn: [Int] = []
    for index in [nil] + tree.boxes.indices.map(Optional.init) {
      let reading = tree.reading(inside: index)
      let figure =
        index.map { whole.inside(tree.boxes[$0].fold, reading) } ?? Figure(reading, hasAids: false)
      #expect(figure.nodes.count <= 110)
      // A box is not the node that it is known by.
      drawn += figure.nodes.filter { node in
        node.isMain && !node.data.contains { $0.key == .fold }
      }.map(\.traceNode)
    }
    #expect(drawn.sorted() == Array(tree.reading.trace.nodes.indices))
  }

  @Test func closedCallsOpenToo() throws {
    let body = "def f(a, b):\n  c = a*b\n  d = sin(c)\n  return d + a\n"
    let calls = (1...30).map { "h\($0) = f(h\($0 - 1), w)\n" }.joined()
    var options = FigureOptions()
    (options.maxNodes, options.detail) = (60, .calls)
    let tree = try FoldTree(Reading(trace(body + "w = 0.5\nh0 = 1\n" + calls), options))
    #expect(!tree.boxes.isEmpty)
    let inside = Set(tree.boxes.flatMap(\.fold.nodes))
    let names = inside.map { tree.reading.name(of: $0).plain }
    #expect(names.contains { $0.hasPrefix("c") } && names.contains { $0.hasPrefix("d") })
  }
}
