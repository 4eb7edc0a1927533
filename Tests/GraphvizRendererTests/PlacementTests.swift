import GradCore
import GradFigure
import Testing

@testable import GradDrawing
@testable import GraphvizRenderer

/// No text on a line that is not its own, none on another or over a border, no line through a box, no two
/// arrowheads in one point, and no crossings but those of the order; measured in the finished drawing.
@Suite struct PlacementTests {
  /// A style in a direction.
  struct Kind: CustomTestStringConvertible, Sendable {
    var style: Style
    var direction: FigureOptions.Direction
    var testDescription: String { "\(style.name) \(direction)" }

    static let all = Style.all.flatMap { style in
      FigureOptions.Direction.allCases.map { Kind(style: style, direction: $0) }
    }
  }

  @Test func thereAreSamples() {
    #expect(Samples.names.count >= 14)
  }

  @Test(arguments: Samples.names, Kind.all)
  func nothingIsInTheWayInASample(_ name: String, _ kind: Kind) throws {
    let text = try Samples.text(of: name)
    // The other styles do not write the derivative's name into every box.
    let notations = kind.style.name == "lecture" ? Notation.all : [.leibniz]
    for notation in notations {
      try check("\(name), \(notation.name)", text, kind) { $0.notation = notation }
    }
    if kind.style.name == "lecture" {
      try check("\(name), operations", text, kind) { $0.detail = .operations }
    }
  }

  @Test(arguments: Samples.names)
  func nothingIsInTheWayOfWideLabels(_ name: String) throws {
    let kind = Kind(style: .lecture, direction: .right)
    try check(name, try Samples.text(of: name), kind) { $0.edgeLabels = .product }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>, Kind.all)
  func nothingIsInTheWayByChance(_ seed: UInt64, _ kind: Kind) throws {
    try check("seed \(seed)", randomProgram(seed: seed), kind) { _ in }
  }

  @Test(arguments: Kind.all) func nothingIsInTheWayOfRows(_ kind: Kind) throws {
    for (index, name) in Samples.names.enumerated() {
      let count = index.isMultiple(of: 2) ? 2 : 4
      try check("\(name), \(count) rows", try Samples.text(of: name), kind) {
        $0.rows = .number(count)
      }
    }
    for (count, seed) in [(2, 1), (4, 2), (2, 3), (4, 4), (3, 5), (3, 6)] as [(Int, UInt64)] {
      try check("seed \(seed), \(count) rows", randomProgram(seed: seed), kind) {
        $0.rows = .number(count)
      }
    }
  }

  /// Words stand in oblongs, with the name of the statement beside them.
  @Test(arguments: Kind.all) func nothingIsInTheWayOfLongGates(_ kind: Kind) throws {
    let program = "h = 0.4; p = 6.626e-34/h; q = max(0, p*h); r = 2.998e8*q; z = r*p + q*h"
    try check("long gates", program, kind) { _ in }
  }

  /// The label of a table's last input reaches out of the table, beside which another line leads on.
  @Test func nothingIsInTheWayOfTheLabelsOfATable() throws {
    let program = """
      q = 0.01
      rr = 0.5
      P0 = 1
      m0 = 0
      z1 = 1.1
      z2 = 0.9
      z3 = 1.4
      Pp1 = P0 + q
      K1 = Pp1/(Pp1 + rr)
      m1 = m0 + K1*(z1 - m0)
      P1 = (1 - K1)*Pp1
      Pp2 = P1 + q
      K2 = Pp2/(Pp2 + rr)
      m2 = m1 + K2*(z2 - m1)
      P2 = (1 - K2)*Pp2
      Pp3 = P2 + q
      K3 = Pp3/(Pp3 + rr)
      m3 = m2 + K3*(z3 - m2)
      nll = 1/2*(log(Pp3 + rr) + (z3 - m2)**2/(Pp3 + rr)) + 1/2*(m3 - 1)**2
      """
    for kind in Kind.all where kind.style.hasTables {
      try check("a filter", program, kind) { ($0.inputs, $0.rows) = (.table, .number(1)) }
    }
  }

  @Test func nothingIsInTheWayOfFrames() throws {
    let program = """
      def g(x):
        h = x * x
        return h + 1
      def f(x, y):
        s = g(x) * y
        return s + g(y)
      a = 2
      b = 3
      J = f(a, b) * g(b)
      """
    for kind in Kind.all {
      for rows in 1...4 {
        try check("frames", program, kind) { ($0.detail, $0.rows) = (.calls, .number(rows)) }
      }
    }
  }

  @Test(arguments: Samples.names, Kind.all)
  func nothingIsInTheWayOfTables(_ name: String, _ kind: Kind) throws {
    try check(name, try Samples.text(of: name), kind) { $0.inputs = .table }
  }

  @Test(arguments: FigureOptions.Direction.allCases)
  func theLinesOfAnInputLeaveFromItsRow(_ direction: FigureOptions.Direction) throws {
    let program = "b=1; x=2; y=3; z=4; J = max(x, z, x, b, x) * y"
    let figure = try figure(program) { ($0.inputs, $0.direction) = (.table, direction) }
    let layout = try Layout(figure)
    #expect(figure.tables.map(\.nodes) == [[0, 1, 3]])
    var ends: Set<[Int]> = []
    for (edge, pair) in zip(figure.edges, layout.pairs) {
      for end in [pair.forwardWay.start, pair.backwardWay.end] {
        let box = layout.boxes[edge.source]
        #expect(box.inset(by: -0.01).contains(end))
        ends.insert([Int(end.x * 10), Int(end.y * 10)])
      }
    }
    #expect(ends.count == 2 * figure.edges.count)
    // Rows stand one behind the other, inside the table and behind its heads.
    let rows = figure.tables[0].nodes.map { layout.boxes[$0] }
    let table = layout.tables[0]
    for (row, next) in zip(rows, rows.dropFirst()) {
      #expect(direction == .right ? row.maxY == next.origin.y : row.maxX == next.origin.x)
    }
    #expect(direction == .right ? table.maxY == rows[2].maxY : table.maxX == rows[2].maxX)
    let head = figure.tables[0].headRoom
    let (start, first) = (table.origin, rows[0].origin)
    #expect(direction == .right ? start.y + head == first.y : start.x + head == first.x)
  }

  private func check(
    _ name: String, _ text: String, _ kind: Kind, _ change: (inout FigureOptions) -> Void
  ) throws {
    let figure = try figure(text) {
      ($0.style, $0.direction) = (kind.style, kind.direction)
      change(&$0)
    }
    let layout = try Layout(figure)
    let drawing = Drawing(figure, layout, theme: .light)
    let report = PlacementReport(drawing)
    #expect(report.conflicts == [], "\(name), \(kind.testDescription)")
    #expect(drawing.missingLabels == 0)
    // Where two edges cross, each line of one crosses each of the other, and nothing else crosses; but at
    // a box the lines of a pair may be farther apart than those of its neighbours.
    let most = layout.crossings
    #expect(
      report.crossings.forward <= most + most / 4 + 2,
      "\(name), \(kind.testDescription): \(report.crossings) of \(most)")
    #expect(report.crossings.mixed <= 2 * report.crossings.forward + 2)
    #expect(report.crossings.inPairs == 0)
  }

  /// The report is not blind: it finds what is put in the way.
  @Test func whatIsPutInTheWayIsFound() throws {
    var drawing = try drawing(neuron)
    #expect(PlacementReport(drawing).conflicts == [])
    let label = try #require(drawing.parts.firstIndex { $0.owner == .label(0, .partial) })
    let node = try #require(drawing.parts.firstIndex { $0.owner == .node(0) })
    let line = try #require(drawing.parts.first { $0.owner == .forward(3) }?.way)
    let clean = drawing
    drawing.move(textOf: label, to: line.polyline().at(line.polyline().length / 2).point)
    #expect(PlacementReport(drawing).textsOnLines.count == 1)
    drawing = clean
    drawing.move(textOf: label, to: try #require(clean.parts[node].box).center)
    #expect(!PlacementReport(drawing).textsOnNodes.isEmpty)
    #expect(!PlacementReport(drawing).textsOnTexts.isEmpty)
    drawing = clean
    drawing.move(textOf: node, to: Point(-20, 0))
    #expect(!PlacementReport(drawing).textsOutside.isEmpty)
    drawing = clean
    drawing.parts[node].box = line.bounds.inset(by: -3)
    #expect(!PlacementReport(drawing).linesThroughNodes.isEmpty)
  }
}

extension Rect {
  fileprivate func contains(_ point: Point) -> Bool {
    (origin.x...maxX).contains(point.x) && (origin.y...maxY).contains(point.y)
  }
}

extension Drawing {
  /// Puts the first text of a part somewhere else.
  fileprivate mutating func move(textOf part: Int, to place: Point) {
    for (index, shape) in parts[part].shapes.enumerated() {
      guard case .text(var line) = shape else { continue }
      line.anchor = place
      parts[part].shapes[index] = .text(line)
      return
    }
  }
}
