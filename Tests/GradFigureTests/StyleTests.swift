import GradCore
import Testing

@testable import GradFigure

@Suite struct StyleTests {
  /// The circuit of the cs231n notes, "Backpropagation, Intuitions", to two decimals.
  @Test func theCircuitThatIsPublished() throws {
    let figure = try figure(neuron) {
      $0.style = .circuit
      $0.numbers = NumberText(decimals: 2)
    }
    func labels(_ name: String) -> [[String]] {
      figure.edges.filter { figure.trace.nodes[figure.nodes[$0.source].traceNode].id == name }
        .map { $0.labels.map(\.content.text.plain) }
    }
    #expect(labels("w0") == [["2.00", "−0.20"]])
    #expect(labels("x0") == [["−1.00", "0.39"]])
    #expect(labels("w1") == [["−3.00", "−0.39"]])
    #expect(labels("x1") == [["−2.00", "−0.59"]])
    #expect(labels("w2") == [["−3.00", "0.20"]])
    #expect(labels("f") == [["0.73", "1.00"]])
    let wires = ["t4", "t5", "t6", "t7", "f"].flatMap(labels)
    #expect(wires.map { $0[0] } == ["1.00", "−1.00", "0.37", "1.37", "0.73"])
    #expect(wires.map { $0[1] } == ["0.20", "−0.20", "−0.53", "−0.53", "1.00"])
  }

  @Test func gatesOfACircuit() throws {
    let figure = try figure(neuron) { $0.style = .circuit }
    #expect(figure.texts(.gate) == ["×", "×", "+", "×−1", "exp", "+1", "1/x"])
    #expect(figure.nodes.filter { $0.shape == .circle }.count == 7)
    #expect(figure.edges.allSatisfy { $0.line == .wire })
    #expect(figure.labelTexts.count == 2 * figure.edges.count)
  }

  @Test(
    arguments: [
      ("x * 2", "×2"), ("2 * x", "×2"), ("x - 3", "−3"), ("3 - x", "3 − x"), ("x / 4", "÷4"),
      ("4 / x", "4/x"), ("x + -1", "+(−1)"), ("x ** 3", "x³"), ("sigmoid(x)", "σ"),
      ("max(x, 0)", "max(x, 0)"), ("relu(x)", "ReLU"), ("x * x", "×"), ("x / y", "÷"),
      ("x - y", "−"),
      ("max(x, y)", "max"), ("-x", "×−1"), ("abs(x)", "|x|"), ("x ** y", "x^(y)"),
    ] as [(String, String)])
  func gatesWithConstants(_ program: String, _ gate: String) throws {
    let figure = try figure("x = 0.5; y = 2; J = \(program)") { $0.style = .circuit }
    #expect(figure.texts(.gate) == [gate])
  }

  /// Where values flow down, a value takes the room of its own text, however long the sum beside it is.
  @Test func aValueBesideALongSumIsNarrow() throws {
    let figure = try figure("x = 1.5; a = 0.123456*x; y = a*x**2") {
      ($0.direction, $0.detail) = (.down, .statements)
    }
    let cells = figure.nodes[0].rows.joined().filter { $0.kind != .title }
    #expect(cells.map(\.size.width)[0] < 60)
    #expect(cells.map(\.size.width)[1] > 120)
    let title = figure.nodes[0].rows[0][0].size.width
    #expect(cells.reduce(0) { $0 + $1.size.width } == title)
  }

  /// On a full page numbers are smaller, and names with indices are not.
  @Test func numbersAreSmallWhereAPageIsFull() throws {
    func sizes(_ program: String, _ style: Style) throws -> Set<Double> {
      var options = FigureOptions()
      options.style = style
      var reading = try Reading(trace(program), options)
      reading.isTight = true
      return Set(
        Figure(reading).nodes.flatMap { $0.rows.joined() }.filter { $0.kind == .value }.map(
          \.fontSize))
    }
    #expect(try sizes("x1 = 2; J = x1**2", .record) == [10])
    #expect(try sizes("x = 2; J = x*x", .record) == [12])
  }

  /// A circle around a word would be larger than all else.
  @Test func aGateWithALongNameIsNoCircle() throws {
    let figure = try figure("x = 0.5; J = arctan(x) + 6.626e-34/x") { $0.style = .circuit }
    for cell in figure.nodes.flatMap({ $0.rows.joined() }) where cell.kind == .gate {
      #expect(cell.size.height <= 54)
      #expect(cell.size.width == cell.size.height || cell.size.height == 28)
    }
    #expect(
      figure.nodes.contains { $0.rows.joined().contains { $0.kind == .gate && $0.size.width > 54 } }
    )
  }

  @Test func aForkInACircuitSaysItsSum() throws {
    let figure = try figure(colah) { $0.style = .circuit }
    #expect(figure.texts(.derivative) == ["2 + 3 = 5"])
  }

  @Test func gatesOfACircuitSaySumsAndNames() throws {
    let program = "x = 2; u = x * 3; J = u * (u + 1)"
    for direction in FigureOptions.Direction.allCases {
      let figure = try figure(program) { ($0.style, $0.direction) = (.circuit, direction) }
      #expect(figure.texts(.title) == ["x", "u", "J"])
      #expect(figure.texts(.derivative) == ["6 + 7 = 13"])
      let gate = try #require(figure.nodes.first { $0.rows.joined().count == 3 })
      let middle = try #require(gate.middle)
      #expect(gate.rows[middle.row][middle.column].content.text.plain == "×3")
      // Texts stand above and below, or at both sides, and the gate in the middle of its room.
      let texts = gate.rows.joined().filter { $0.kind != .gate }.map(\.size)
      let diameter = gate.rows[middle.row][middle.column].size.width
      #expect(
        direction == .right
          ? gate.size.height == diameter + 2 * (texts.map(\.height).max() ?? 0)
          : gate.size.width == diameter + 2 * (texts.map(\.width).max() ?? 0))
    }
  }

  @Test func manyTermsOfASumAreNotWrittenOut() throws {
    let figure = try figure("x = 1; J = x + 2*x + 3*x + 4*x") { $0.style = .circuit }
    #expect(figure.texts(.derivative) == ["Σ = 10"])
  }

  @Test func longSumsAreNotWrittenOut() throws {
    let figure = try figure("x = 0.3333; J = sin(x) + x*x/7") { $0.style = .circuit }
    #expect(figure.texts(.derivative).allSatisfy { $0.hasPrefix("Σ = ") })
    #expect(!figure.texts(.derivative).isEmpty)
  }

  @Test func recordsWithNamesAndOperations() throws {
    let figure = try figure(lecture) { $0.style = .record }
    #expect(figure.texts(.value) == ["data 5", "data 3", "data 2", "data 6", "data 11", "data 33"])
    #expect(
      figure.texts(.derivative) == ["grad 3", "grad 6", "grad 9", "grad 3", "grad 3", "grad 1"])
    #expect(figure.texts(.title) == ["a", "b", "c", "u", "v", "J"])
    #expect(figure.texts(.gate) == ["×", "+", "×3"])
    #expect(figure.edges.count == 5)
    #expect(figure.nodes[3].rows.map(\.count) == [2, 1, 1])
  }

  @Test func recordsThatLeadDownHaveTheirNumbersBesideEachOther() throws {
    let figure = try figure(lecture) { ($0.style, $0.direction) = (.record, .down) }
    #expect(figure.nodes[3].rows.map(\.count) == [2, 2])
    #expect(figure.nodes[3].rows[1][0].size.width == figure.nodes[3].rows[1][1].size.width)
  }

  @Test(arguments: Style.all.indices)
  func whatIsShownDoesNotChangeSizes(_ style: Int) throws {
    let sizes = try FigureOptions.Show.allCases.map { show in
      try figure(colah) { ($0.style, $0.show) = (Style.all[style], show) }.nodes.map(\.size)
    }
    #expect(sizes[0] == sizes[1] && sizes[1] == sizes[2])
  }
}
