import GradCore
import Testing

@testable import GradFigure

@Suite struct TableTests {
  private let sum = "a=1; b=2; c=3; d=4; J = a*b + c*d + a"

  /// The inputs in tables, table by table.
  private func tables(
    _ text: String, _ inputs: FigureOptions.Inputs = .table, _ style: Style = .lecture,
    _ detail: Detail = .statements
  ) throws -> [[String]] {
    let figure = try figure(text) {
      ($0.inputs, $0.style, $0.detail) = (inputs, style, detail)
    }
    return figure.tables.map { table in
      table.nodes.map { figure.trace.nodes[figure.nodes[$0].traceNode].id }
    }
  }

  @Test func fourInputsOfOneNodeAreATable() throws {
    #expect(try tables(sum, .auto) == [["a", "b", "c", "d"]])
    #expect(try tables(sum, .boxes) == [])
    #expect(try tables("a=1; b=2; c=3; J=a*b*c", .auto) == [])
    #expect(try tables("a=1; b=2; c=3; J=a*b*c", .table) == [["a", "b", "c"]])
    #expect(try tables("a=1; J=a*a", .table) == [])
  }

  @Test func whatFeedsAnotherNodeTooHasABox() throws {
    #expect(try tables("a=1; b=2; c=3; u=a*b; J=u*c*b") == [])
    #expect(
      try tables("a=1; b=2; c=3; d=4; e=5; u=a*b*e; J=u*c*d") == [["a", "b", "e"], ["c", "d"]])
    // What nothing is computed from is in none of them.
    #expect(try tables("a=1; b=2; c=3; J=a*b") == [["a", "b"]])
  }

  @Test func whatNothingIsComputedFromIsATable() throws {
    let text = "a=1; b=2; c=3; d=4; p=5; q=6; J=a*b"
    #expect(try tables(text, .auto) == [["c", "d", "p", "q"]])
    #expect(try tables(text) == [["a", "b"], ["c", "d", "p", "q"]])
    #expect(try tables(text, .boxes) == [])
  }

  @Test func rowsStandInProgramOrder() throws {
    #expect(try tables("w=1; x=2; b=3; z=b+x*w; J=z*z") == [["w", "x", "b"]])
  }

  @Test func recordsHaveTablesAndCircuitsHaveNone() throws {
    let program = "w=2; x=3; b=1; J=w*x+b"
    #expect(try tables(program, .table, .record) == [["w", "x"]])
    #expect(try tables(program, .table, .circuit) == [])
    let record = try figure(program) { ($0.inputs, $0.style) = (.table, .record) }
    #expect(record.tables[0].heads.isEmpty)
    #expect(record.texts(.value).prefix(2) == ["data 2", "data 3"])
  }

  /// Beside the heads, numbers and arrays stand at the same heights in all columns.
  @Test func cellsOfATableThatLeadsDownStandBesideTheirHeads() throws {
    let figure = try figure("A = np.ones((2,2)); v = np.array([1, 2.5]); y = np.sum(A@v)") {
      ($0.inputs, $0.direction) = (.table, .down)
    }
    let table = try #require(figure.tables.first)
    #expect(table.nodes.count == 2)
    for node in table.nodes {
      #expect(figure.nodes[node].rows.map(\.height) == table.columns)
    }
  }

  @Test func aRowHasTheNameTheValueAndTheDerivative() throws {
    let figure = try figure(sum) { $0.detail = .statements }
    #expect(figure.tables[0].heads.map(\.plain) == ["input", "value", "derivative"])
    #expect(figure.texts(.title).prefix(4) == ["a", "b", "c", "d"])
    #expect(figure.texts(.derivative) == ["3", "1", "4", "3", "dJ = 1"])
    for column in 0..<3 {
      let widths = Set(figure.tables[0].nodes.map { figure.nodes[$0].rows[0][column].size.width })
      #expect(widths == [figure.tables[0].columns[column]])
    }
  }

  private static func table(
    _ text: String, _ change: (inout FigureOptions) -> Void = { _ in }
  ) throws -> Figure {
    try figure(text) {
      ($0.detail, $0.inputs) = (.statements, .table)
      change(&$0)
    }
  }

  @Test func dataHasNoDerivativeInItsRow() throws {
    let figure = try Self.table(sum) { $0.wrt = ["b"] }
    #expect(figure.nodes.prefix(4).map { $0.rows[0].count } == [2, 3, 2, 2])
    #expect(figure.tables[0].columns.count == 3)
    #expect(figure.edges.prefix(4).count { $0.isPair } == 1)
  }

  @Test func tangentsHaveTheirOwnHead() throws {
    let figure = try Self.table(sum) { ($0.mode, $0.wrt) = (.forward, ["a"]) }
    #expect(figure.tables[0].heads.last?.plain == "tangent")
    #expect(figure.texts(.derivative).prefix(4) == ["1", "0", "0", "0"])
  }

  @Test func blanksAndAidsAreThoseOfTheBoxes() throws {
    let blank = try Self.table(sum) { $0.blanks.names = ["db"] }
    let blanks = blank.nodes.map { $0.rows.joined().contains(where: \.content.isBlank) }
    #expect(blanks == [false, true, false, false, false])
    let focus = try Self.table(sum) { $0.focus = "b" }
    #expect(focus.nodes.map(\.isFaded) == [true, false, true, true, false])
    #expect(focus.nodes[1].explanation == ["b = 2", "db = dJ · ∂J/∂b = 1 · 1 = 1"])
  }

  @Test func rowsAreColumnsWhereValuesFlowDown() throws {
    let figure = try Self.table(sum) { $0.direction = .down }
    for index in figure.tables[0].nodes {
      #expect(figure.nodes[index].rows.count == 3)
      #expect(Set(figure.nodes[index].rows.map { $0[0].size.width }).count == 1)
    }
  }

  @Test func aFigureIsMadeWithOtherTablesThanItsOptionsSay() throws {
    var reading = try Reading(trace(sum))
    let figure = Figure(reading)
    reading.inputs = .table
    #expect(Figure(reading).tables.count > figure.tables.count)
    #expect(Figure(reading).nodes.count == figure.nodes.count)
  }

  @Test func foldedInputsAreInNoTable() throws {
    let names = (1...12).map { "x\($0)" }
    let program = names.map { "\($0) = 2; " }.joined() + "S = " + names.joined(separator: " + ")
    let figure = try figure(program) { ($0.detail, $0.maxNodes) = (.statements, 6) }
    #expect(figure.nodes.count == 4)
    #expect(figure.tables.isEmpty)
    let table = try Self.table(program) { $0.maxNodes = 6 }
    #expect(table.tables.map(\.nodes) == [[0, 2]])
  }
}
