import GradCore
import GradFigure
import Testing

@testable import GradDrawing

/// What belongs together stands together: branches beside their chain, what is used late where it is used,
/// and frames clear of the numbers between them.
@Suite struct BranchTests {
  private func placed(_ count: Int, _ links: [(Int, Int)]) -> Placing {
    let box = PlacingTask.Box(
      size: Size(width: 60, height: 50), rows: .init(forward: 20, backward: 35))
    return Placing(
      PlacingTask(
        boxes: Array(repeating: box, count: count),
        links: links.map { .init(source: $0.0, target: $0.1, isPair: true) })
    ) { nil }
  }

  /// A sum of many products, term by term: boxes 3n, 3n + 1 and 3n + 2 are an input, its product and the sum.
  @Test func branchesOfOneLengthStandInOneRow() {
    let count = 20
    var links: [(Int, Int)] = []
    for term in 0..<count {
      links += [(3 * term, 3 * term + 1), (3 * term + 1, 3 * term + 2)]
      if term > 0 { links.append((3 * term - 1, 3 * term + 2)) }
    }
    let boxes = placed(3 * count, links).boxes
    for part in 0..<3 {
      let heights = (3..<count).map { boxes[3 * $0 + part].center.y }
      #expect((heights.max() ?? 0) - (heights.min() ?? 0) < 8, "\(heights)")
    }
  }

  /// Two inputs of which one is used again at the same place: where they are drawn again, neither they nor
  /// what is made of them stands early.
  @Test func copiesStandBesideTheirUses() {
    let links = [(0, 2), (1, 2), (1, 3), (4, 5), (5, 6), (6, 7), (7, 3), (2, 8), (3, 8)]
      .map { (source: $0.0, target: $0.1) }
    let copies = (0..<9).map { $0 < 2 }
    #expect(LayerRanks.found(copies, links) == [3, 3, 4, 4, 0, 1, 2, 3, 5])
    let plain = [Bool](repeating: false, count: 9)
    #expect(LayerRanks.found(plain, links) == [0, 0, 1, 4, 0, 1, 2, 3, 5])
  }

  /// Data that the output does not use, and what is computed of it, stands right below the rest.
  @Test(arguments: [Style.lecture, .circuit, .record])
  func whatIsNotUsedStandsBelow(_ style: Style) throws {
    let text = "seed=3; n=10; k=7; x=0.5; w=2; u=n*seed; s=w*x; y=tanh(s); L=y**2"
    let figure = try figure(text) { $0.style = style }
    let layout = Layout(inOwnOrder: figure)
    let boxes = zip(figure.nodes, layout.boxes)
    let aside = boxes.filter(\.0.isFaded).map(\.1)
    let rest = boxes.filter { !$0.0.isFaded }.map(\.1)
    #expect(aside.count >= 4)
    for box in aside {
      let beside = rest.filter { $0.origin.x < box.maxX && box.origin.x < $0.maxX }
      #expect(beside.allSatisfy { $0.maxY <= box.origin.y })
    }
    let alone = try #require(
      figure.nodes.firstIndex { figure.trace.nodes[$0.traceNode].id == "k" })
    let above = (rest + aside).map { layout.boxes[alone].origin.y - $0.maxY }.filter { $0 >= 0 }
    #expect(above.min() ?? .infinity < 30)
  }

  /// A crossing more is better than numbers out of order.
  @Test func numberedSiblingsStandInOrder() throws {
    let text = """
      x1 = 1; x2 = 3; x3 = 8; gamma = 1.5; beta = 0.2
      mu = (x1 + x2 + x3)/3
      d1 = x1 - mu; d2 = x2 - mu; d3 = x3 - mu
      s = 1/sqrt((d1**2 + d2**2 + d3**2)/3)
      n1 = d1*s; n2 = d2*s; n3 = d3*s
      y1 = gamma*n1 + beta; y2 = gamma*n2 + beta; y3 = gamma*n3 + beta
      L = y1**2 + 2*y2 + y3
      """
    let figure = try figure(text) { $0.style = .circuit }
    let layout = Layout(inOwnOrder: figure)
    for stem in ["x", "d", "n", "y"] {
      let heights = try (1...3).map { number in
        let index = try #require(
          figure.nodes.firstIndex {
            $0.isMain && figure.trace.nodes[$0.traceNode].id == "\(stem)\(number)"
          })
        return layout.boxes[index].center.y
      }
      #expect(heights == heights.sorted(), "\(stem): \(heights)")
    }
  }

  @Test(arguments: FigureOptions.Direction.allCases, [1, 2, 3])
  func noNumberStandsOnAFrame(_ direction: FigureOptions.Direction, _ rows: Int) throws {
    let text = """
      def lin(x, w, b):
        return w*x + b
      def act(x):
        return tanh(x)
      def layer(x, w, b):
        z = lin(x, w, b)
        a = act(z)
        return a
      def net(x, w1, b1, w2, b2):
        h = layer(x, w1, b1)
        y = layer(h, w2, b2)
        return y
      x = 0.4; w1 = 1.3; b1 = -0.2; w2 = 0.7; b2 = 0.1
      y = net(x, w1, b1, w2, b2)
      L = (y - 1)**2
      """
    let figure = try figure(text) {
      ($0.style, $0.direction, $0.rows) = (.circuit, direction, .number(rows))
    }
    let layout = Layout(inOwnOrder: figure)
    let frames = layout.callBoxes.flatMap(\.self)
    #expect(frames.count >= 7)
    for label in layout.labels.joined().compactMap(\.self) {
      for frame in frames {
        let isInside = frame.union(label) == frame
        #expect(isInside || !frame.overlaps(label), "\(label) is on the border of \(frame)")
      }
    }
    // Neither does a number stand in a name.
    for title in layout.titles.joined() {
      #expect(!layout.labels.joined().contains { $0?.overlaps(title.box) ?? false })
    }
  }
}
