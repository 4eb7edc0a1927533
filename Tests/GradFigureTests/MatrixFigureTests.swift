import GradCore
import TestSupport
import Testing

@testable import GradFigure

/// Figures of matrices of derivatives: what stands where, and what they say.
@Suite struct MatrixFigureTests {
  private func reading(
    _ options: FigureOptions = FigureOptions(), _ record: (Tape) -> Variable
  ) -> Reading {
    let tape = Tape()
    return Reading(tape.trace(of: record(tape)), options)
  }

  private func rosenbrock(_ tape: Tape) -> Variable {
    let (x, y) = (tape.input(0, "x"), tape.input(2, "y"))
    let (a, b) = (y - x * x, 1 - x)
    return (100 * (a * a) + b * b).named("f")
  }

  private func block(_ matrix: MatrixReading) throws -> Figure.ArrayBlock {
    let figure = Figure(matrix)
    guard case .array(let block)? = figure.nodes.first?.rows.first?.first?.content else {
      throw Failure()
    }
    return block
  }
  private struct Failure: Error {}

  @Test func namesStandBesideTheirNumbers() throws {
    let reading = reading { rosenbrock($0) }
    let matrix = MatrixReading(reading, .hessian, try reading.full.hessian())
    var names: [String: [(x: Double, y: Double)]] = [:]
    var numbers: [String: (x: Double, y: Double)] = [:]
    for case .text(let text, let x, let y, _, let ink) in try block(matrix).items {
      if ink == .name {
        names[text.plain, default: []].append((x, y))
      } else {
        numbers[text.plain] = (x, y)
      }
    }
    // Each name stands at the left and above; −798 is in the row and the column of x.
    let (x, y) = (try #require(names["x"]), try #require(names["y"]))
    #expect(x.count == 2 && y.count == 2)
    #expect(numbers["−798"]?.y == x[0].y && numbers["200"]?.y == y[0].y)
    #expect(abs((numbers["−798"]?.x ?? 0) - x[1].x) < 12)
    #expect(numbers.keys.sorted() == ["0", "200", "−798"])
  }

  @Test func theDescriptionTellsEveryNumber() throws {
    let reading = reading { rosenbrock($0) }
    let matrix = MatrixReading(reading, .hessian, try reading.full.hessian())
    #expect(
      matrix.summary
        == "Hessian of f. f = 401 at x = 0, y = 2. Gradient: dx = −2, dy = 400. Columns: x, y. "
        + "Row x: −798, 0. Row y: 0, 200.")
    #expect(Figure(matrix).notes.map(\.plain) == ["f = 401 at x = 0, y = 2", "dx = −2,  dy = 400"])
    #expect(matrix.heading == "Hessian of f")
  }

  @Test func manyNumbersAreAHeatMapBesideTheNamesOfInputs() throws {
    var options = FigureOptions()
    options.entries = 64
    let reading = reading(options) { tape in
      let w = tape.input(NumberArray([3, 3], (1...9).map(Double.init)), "W")
      let b = tape.input(2, "b")
      return ((w * w * b).sum()).named("J")
    }
    let matrix = MatrixReading(reading, .hessian, try reading.full.hessian())
    let items = try block(matrix).items
    let maps = items.compactMap { if case .heat(let map, _, _, _) = $0 { map } else { nil } }
    #expect(maps.first?.rows == 10 && maps.first?.columns == 10)
    // The scale has every shade once.
    #expect(maps.last?.cells == (-HeatMap.shades...HeatMap.shades).map { $0 })
    let names = items.compactMap { item -> String? in
      if case .text(let text, _, _, _, .name) = item { text.plain } else { nil }
    }
    #expect(names.sorted() == ["W", "W", "b", "b"])
    #expect(matrix.summary.contains("10 rows and 10 columns, numbers from 0 to 18."))
    #expect(matrix.summary.contains("18 in row W[2, 2], column b."), "\(matrix.summary)")
    options.arrays = .entries
    let written = MatrixReading(
      Reading(reading.full, options), .hessian, try reading.full.hessian())
    #expect(try block(written).items.contains { if case .bracket = $0 { true } else { false } })
  }

  @Test func kinksAreNamed() throws {
    let reading = reading { tape in
      let x = tape.input(0, "x")
      return (relu(x).named("h") * x).named("y")
    }
    var matrix = MatrixReading(reading, .hessian, try reading.full.hessian())
    matrix.kinks = ["h"]
    let words = "h has a kink here, at which its second derivative is taken as 0"
    #expect(Figure(matrix).notes.last?.plain == words)
    #expect(matrix.summary.hasSuffix(words + "."))
  }

  @Test func secondDerivativesHaveNames() {
    let (y, x, w) = (MathName.text("y"), MathName.text("x"), MathName.text("w1"))
    #expect(Notation.partial.second(y, x, x).plain == "∂²y/∂x²")
    #expect(Notation.partial.second(y, x, w).plain == "∂²y/∂x∂w₁")
  }
}
