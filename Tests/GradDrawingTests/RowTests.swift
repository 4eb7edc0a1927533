import GradCore
import GradFigure
import GradLanguage
import Testing

@testable import GradDrawing

/// A flow that is too long is broken into rows, each of which leads forward.
@Suite struct RowTests {
  private func box() -> PlacingTask.Box {
    PlacingTask.Box(
      size: Size(width: 100, height: 75), rows: .init(forward: 38, backward: 62))
  }

  private func chain(_ count: Int, _ rows: PlacingTask.RowChoice) -> PlacingTask {
    var task = PlacingTask(
      boxes: (0..<count).map { _ in box() },
      links: (1..<count).map { .init(source: $0 - 1, target: $0, isPair: true) })
    task.rows = rows
    return task
  }

  private func placed(_ task: PlacingTask) -> Placing { Placing(task) { nil } }

  private func fitting(_ width: Double, _ height: Double, ifLong: Bool) -> PlacingTask.RowChoice {
    .fitting(
      .init(
        page: Size(width: width, height: height), surroundings: Size(width: 16, height: 16)),
      ifLong: ifLong)
  }

  /// The lefts of boxes, row by row from above.
  private func rows(_ placing: Placing) -> [[Double]] {
    var rows: [Double: [Double]] = [:]
    for box in placing.boxes { rows[box.origin.y.rounded(), default: []].append(box.origin.x) }
    return rows.sorted { $0.key < $1.key }.map(\.value)
  }

  @Test(arguments: 1...7)
  func aChainHasAsManyRowsAsAreAsked(_ number: Int) {
    let found = rows(placed(chain(20, .number(number))))
    #expect(found.count == number)
    #expect(found.allSatisfy { $0 == $0.sorted() && abs($0[0] - found[0][0]) < 0.5 })
    let lengths = found.map(\.count)
    #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 2)
  }

  @Test func thereAreNoMoreRowsThanRanks() {
    #expect(rows(placed(chain(4, .number(9)))).count == 4)
  }

  @Test func aPageChoosesTheNumberOfRows() {
    #expect(rows(placed(chain(4, fitting(16, 9, ifLong: true)))).count == 1)
    let wide = rows(placed(chain(60, fitting(16, 9, ifLong: true)))).count
    let high = rows(placed(chain(60, fitting(210, 297, ifLong: false)))).count
    #expect(wide > 3 && high > wide)
  }

  /// The weights of a recurrent layer stand in each of its rows; the layer's state alone returns.
  @Test func inputsAreDrawnAgainInLaterRows() throws {
    let text = """
      w = 0.5; u = 0.8; b = 0.1; h0 = 0; x1 = 1; x2 = -0.5; x3 = 0.3; x4 = 0.9
      h1 = tanh(w*x1 + u*h0 + b); h2 = tanh(w*x2 + u*h1 + b)
      h3 = tanh(w*x3 + u*h2 + b); h4 = tanh(w*x4 + u*h3 + b)
      L = h4**2
      """
    let trace = try Program(Source("test.grad", text: text)).trace().trace
    var options = FigureOptions()
    options.rows = .number(2)
    var reading = Reading(trace, options)
    let figure = Figure(reading)
    let layout = Layout(inOwnOrder: figure)
    reading.laterUses = layout.laterUses
    let again = Figure(reading)
    #expect(layout.laterUses.count >= 3 && again.edges.count == figure.edges.count)
    #expect(again.nodes.count == figure.nodes.count + 3)
    #expect(again.nodes.filter { $0.isRepeated }.count == 3)
    let other = Layout(inOwnOrder: again)
    #expect(other.laterUses.isEmpty && other.easeOfReading > layout.easeOfReading)
  }

  /// The lines of a pair stay beside each other, and no line crosses another.
  @Test func linesReturnInOrder() throws {
    var task = chain(9, .number(3))
    for step in [2, 3, 4] {
      task.links.append(.init(source: step - 2, target: step + 3, isPair: true))
    }
    let placing = placed(task)
    #expect(rows(placing).flatMap(\.self).count == 9)
    var one = task
    one.rows = .one
    #expect(crossings(placing.lines) == crossings(placed(one).lines))
    for pair in placing.lines {
      let (forward, backward) = (pair.forward.polyline().points, pair.backward.polyline().points)
      for point in forward {
        #expect(backward.contains { ($0 - point).length < 40 })
      }
    }
  }

  private func crossings(_ lines: [LinePair]) -> Int {
    let lines = lines.flatMap { [$0.forward, $0.backward] }.map { $0.polyline().points }
    func side(_ a: Point, _ b: Point, _ c: Point) -> Double {
      (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }
    var count = 0
    for (index, line) in lines.enumerated() {
      for other in lines[..<index] {
        for (a, b) in zip(line, line.dropFirst()) {
          for (c, d) in zip(other, other.dropFirst())
          where side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0 {
            count += 1
          }
        }
      }
    }
    return count
  }

  @Test func aFrameIsCutOnlyWhereItMustBe() {
    var task = chain(8, .number(2))
    task.clusters = [.init(members: [1, 2, 3], parent: nil, title: Size(width: 20, height: 12))]
    var placing = placed(task)
    #expect(placing.clusters[0].count == 1)
    #expect(rows(placing).count == 2)
    task.clusters[0].members = Array(0..<8)
    placing = placed(task)
    #expect(placing.clusters[0].count == 2)
    for (frame, row) in zip(placing.clusters[0], rows(placing)) {
      #expect(row.allSatisfy { frame.origin.x < $0 && $0 < frame.maxX })
    }
  }

  /// The numbers at a wire that leads down are wider than the gates that it joins.
  @Test(arguments: [true, false]) func aFrameHoldsWhatItsWiresBear(_ isDown: Bool) {
    var task = chain(3, .one)
    task.isDown = isDown
    task.boxes = task.boxes.map { box in
      var box = box
      (box.size, box.outline) = (Size(width: 22, height: 22), .circle(diameter: 22))
      box.rows = .init(forward: 11, backward: 11)
      return box
    }
    let number = Size(width: 48, height: 14)
    for link in task.links.indices {
      task.links[link].isPair = false
      task.links[link].labels = [
        .init(size: number, place: .before), .init(size: number, place: .after),
      ]
    }
    task.clusters = [.init(members: [0, 1, 2], parent: nil, title: Size(width: 20, height: 12))]
    let placing = placed(task)
    let labels = placing.labels.joined().compactMap(\.self)
    #expect(labels.count == 4)
    for label in labels { #expect(placing.clusters[0][0].union(label) == placing.clusters[0][0]) }
  }

  /// A chain in which each box but the first has an input of its own as well, numbered behind the chain.
  private func fedChain(_ count: Int, _ rows: PlacingTask.RowChoice) -> PlacingTask {
    var task = chain(count, rows)
    for target in 1..<count {
      task.links.append(.init(source: task.boxes.count, target: target, isPair: true))
      task.boxes.append(box())
    }
    return task
  }

  /// Not at the end of the row before, from where their lines would return.
  @Test(arguments: 2...4) func inputsStandInTheRowThatUsesThem(_ number: Int) {
    let task = fedChain(12, .number(number))
    let placing = placed(task)
    #expect(placing.returns == Array(repeating: 1, count: number - 1))
    for link in task.links where link.source >= 12 {
      let (input, user) = (placing.boxes[link.source], placing.boxes[link.target])
      #expect(input.maxX < user.origin.x && abs(input.center.y - user.center.y) < 160)
    }
  }

  /// What is added to a chain leads into it from the side, and does not bend it.
  @Test func aChainIsStraightBesideItsInputs() {
    let heights = placed(fedChain(30, .one)).boxes[2..<30].map(\.center.y)
    for (height, next) in zip(heights, heights.dropFirst()) { #expect(abs(next - height) < 3) }
    #expect((heights.max() ?? 0) - (heights.min() ?? 0) < 10)
  }

  /// What is computed of an input for one box alone stands before that box, not at the beginning.
  @Test func whatOneBoxAloneUsesStandsBesideIt() {
    var task = fedChain(12, .one)
    for link in task.links.indices where task.links[link].source >= 12 {
      let middle = task.boxes.count
      task.boxes.append(box())
      task.links.append(.init(source: middle, target: task.links[link].target, isPair: true))
      task.links[link].target = middle
    }
    let placing = placed(task)
    for link in task.links where link.source >= 12 {
      let distance = placing.boxes[link.target].origin.x - placing.boxes[link.source].maxX
      #expect(distance > 0 && distance < 160)
    }
  }

  /// Of two ways that could change places the upper one is that of the first input, be it long or short.
  @Test(arguments: [[0, 1], [1, 0]]) func inputsOfDifferentRanksAreInOrder(_ inputs: [Int]) {
    let (long, short) = (inputs[0], inputs[1])
    let links = [(long, 2), (2, 3), (3, 4), (4, 6), (5, 6), (short, 6)]
    // Box 5 is an input as well, so that the last of the way is one of three.
    let task = PlacingTask(
      boxes: (0..<7).map { _ in box() },
      links: links.map { .init(source: $0, target: $1, isPair: true) })
    let placing = placed(task)
    #expect(placing.crossings == 0)
    #expect(placing.boxes[0].center.y < placing.boxes[1].center.y)
  }

  @Test func aFrameInSeveralRowsSaysThatItGoesOn() throws {
    let body = (1...9).map { "    x = sin(x)*\($0)\n" }.joined()
    let drawing = try drawing("def f(x):\n\(body)    return x\na = 2\ny = f(a)\n") {
      ($0.detail, $0.rows) = (.calls, .number(3))
    }
    let titles = drawing.parts.flatMap(\.shapes).compactMap { shape -> String? in
      if case .text(let line) = shape, line.kind == .callTitle { line.text.plain } else { nil }
    }
    #expect(titles == ["f", "f (continued)", "f (continued)"])
  }

  @Test func whatLeadsDownStandsInColumns() {
    var task = chain(12, .number(3))
    task.isDown = true
    let columns = Dictionary(grouping: placed(task).boxes) { $0.origin.x.rounded() }
    #expect(columns.count == 3)
  }

  /// Where rows may end is looked for near where rows of one length would, so that it is found at once.
  @Test func aVeryLongChainIsBroken() {
    let found = rows(placed(chain(3_000, fitting(16, 9, ifLong: true))))
    #expect(found.count > 20 && found.count < 80)
  }
}
