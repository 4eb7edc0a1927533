import GradCore
import GradFigure
import GradLanguage
import Testing

@testable import GradDrawing

/// Lines run straight where nothing is between two boxes, start at their boxes, and take the nearest way.
@Suite struct StraightLineTests {
  private func layout(
    _ text: String, _ change: (inout FigureOptions) -> Void
  ) throws -> (figure: Figure, placing: Placing) {
    let trace = try Program(Source("test.grad", text: text)).trace().trace
    var options = FigureOptions()
    change(&options)
    let figure = Figure(Reading(trace, options))
    return (figure, Placing(figure.placingTask) { nil })
  }

  /// Boxes of a chain have numbers of several widths, side by side; the lines between them have no bend.
  @Test(arguments: [Style.lecture, .record])
  func aChainThatLeadsDownIsStraight(_ style: Style) throws {
    let (_, placing) = try layout("x = 0.5; y = exp(x); z = y*30; a = sin(z); L = a**2") {
      $0.direction = .down
      $0.style = style
    }
    for line in placing.lines.flatMap({ [$0.forward, $0.backward] }) {
      let across = line.points.map(\.x)
      #expect((across.max() ?? 0) - (across.min() ?? 0) < 0.01, "\(across)")
    }
  }

  /// What follows a box with a title of two lines stands beside its numbers, not beside its middle.
  @Test func numbersStandBesideNumbers() throws {
    let terms = (1...12).map { "x\($0)" }
    let (_, placing) = try layout(
      terms.map { "\($0) = 1; " }.joined() + "S = " + terms.joined(separator: " + ") + "; L = S**2"
    ) { $0.detail = .statements }
    let last = try #require(placing.lines.last)
    for line in [last.forward, last.backward] {
      #expect(abs(line.points[0].y - line.points[line.points.count - 1].y) < 0.01)
    }
  }

  /// The numbers of a box that derivatives come together in are not in its middle; its lines are.
  @Test func linesStartAtTheirBoxes() throws {
    let functions = ["x**2", "sin(x)", "exp(x)", "log(x)", "3*x", "sqrt(x)", "tanh(x)", "1/x"]
    let names = functions.indices.map { "y\($0 + 1)" }
    let statements =
      zip(names, functions).map { "\($0) = \($1)" } + [
        "L = " + names.joined(separator: " + ")
      ]
    let (figure, placing) = try layout(
      "x = 0.6; " + statements.joined(separator: "; ")
    ) { $0.direction = .down }
    for (edge, pair) in zip(figure.edges, placing.lines) {
      for line in [pair.forward, pair.backward] {
        for (node, point) in [(edge.source, line.points[0]), (edge.target, line.points.last)] {
          let room = placing.boxes[node]
          let across = try #require(point).x
          #expect(across > room.origin.x && across < room.maxX)
        }
      }
    }
  }

  /// A line that nothing is below leaves its row at once, and one that nothing is above enters the next row right
  /// before its box: it is nowhere level in one direction and then back in the other.
  @Test func linesReturnBetweenRowsByTheNearestWay() {
    let box = PlacingTask.Box(
      size: Size(width: 100, height: 75), rows: .init(forward: 38, backward: 62))
    var links = (1..<8).map { PlacingTask.Link(source: $0 - 1, target: $0, isPair: true) }
    links.append(.init(source: 0, target: 7, isPair: true))
    var task = PlacingTask(boxes: Array(repeating: box, count: 8), links: links)
    task.rows = .number(2)
    let placing = Placing(task) { nil }
    func length(_ line: Curve) -> Double {
      zip(line.points, line.points.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
    }
    let right = placing.boxes.reduce(0) { max($0, $1.maxX) }
    // By the ends of both rows it would go over the figure three times.
    for line in [placing.lines[7].forward, placing.lines[7].backward] {
      #expect(length(line) < 2.5 * right)
    }
    #expect(placing.crossings == 0)
  }

  /// The cell of an LSTM has four gates, each with two weights, of which one is used later than the others.
  @Test func gatesOfACellStandInOrder() throws {
    let (figure, placing) = try layout(
      """
      x = 0.5; h = 0.1; c = 0.3
      Wf = 0.7; Uf = 0.2; Wi = 0.5; Ui = -0.3; Wg = 0.9; Ug = 0.4; Wo = 0.6; Uo = 0.1
      f = sigmoid(Wf*x + Uf*h); i = sigmoid(Wi*x + Ui*h)
      g = tanh(Wg*x + Ug*h); o = sigmoid(Wo*x + Uo*h)
      c1 = f*c + i*g
      h1 = o*tanh(c1)
      L = (h1 - 1)**2
      """
    ) { $0.style = .circuit }
    let heights = try ["f", "i", "g", "o"].map { name in
      let node = try #require(figure.trace.nodes.firstIndex { $0.id == name })
      let index = try #require(figure.nodes.firstIndex { $0.traceNode == node })
      return placing.boxes[index].center.y
    }
    #expect(heights == heights.sorted(), "\(heights)")
  }
}
