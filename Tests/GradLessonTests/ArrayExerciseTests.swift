import GradCore
import GradFigure
import Testing

@testable import GradLesson

/// Exercises on arrays: whole ones and entries are left out, asked for and graded.
@Suite struct ArrayExerciseTests {
  private let norm =
    "W=np.array([[0.1, 0.5], [-0.3, 0.8]]); x=np.array([0.2, 0.4]); q=W@x; f=np.sum(q**2)"

  private func reading(_ blank: String..., program: String? = nil) throws -> Reading {
    let options = FigureOptions.with { options in
      for word in blank {
        if let kind = Blanks.Kind(rawValue: word) {
          options.blanks.kinds.insert(kind)
        } else {
          options.blanks.names.insert(word)
        }
      }
    }
    return Reading(try trace(program ?? norm), options)
  }

  private func items(_ blank: String...) throws -> [String] {
    let picture = Sheet.Picture(alternative: "graph", link: "sheet.svg", tikz: "")
    let options = FigureOptions.with { $0.blanks.names = Set(blank) }
    return Sheet.exercise(Reading(try trace(norm), options), picture: picture).items
  }

  @Test func arraysAndEntriesAreAskedFor() throws {
    #expect(
      try items("dW", "q[0]", "dq[-1]", "f") == [
        "q[0] = ____________", "f = ____________", "dq[1] = ____________",
        "dW (2×2) = ____________", "q[0] = (W x)[0] = 0.22", "f = sum(q²) = 0.116",
        "dq[1] = (df · 2·q)[1] = 0.52", "dW = dq · xᵀ = [[0.088, 0.176], [0.104, 0.208]]",
      ])
  }

  @Test func blanksAreBoxesInTheirPlaces() throws {
    let reading = try reading("dW", "q[0]")
    #expect(reading.blankAnswers.map(\.key) == ["q[0]", "dW"])
    let figure = Figure(reading)
    let cells = figure.nodes.flatMap { $0.rows.joined() }.filter(\.content.hasBlank)
    #expect(
      cells.map(\.content.line.plain) == ["dW = [[□, □], [□, □]]", "[□, 0.26]"])
    let solution = Figure(try self.reading())
    #expect(figure.nodes.map(\.size) == solution.nodes.map(\.size))
    #expect(!figure.summary.contains("0.088"))
    #expect(figure.nodes.allSatisfy { !$0.tooltip.contains("0.088") && $0.data.count == 1 })
  }

  @Test func aDerivativeHasItsNamesInAllNotations() throws {
    for name in ["dW[0,1]", "df/dW[0, 1]", "∂f/∂W[0,1]", "W.grad[0,1]", "W.grad[0,-1]"] {
      #expect(try reading(name).blankAnswers.map(\.key) == ["dW[0, 1]"], "\(name)")
    }
  }

  @Test func largeArraysAreAskedForByEntriesAlone() throws {
    let program = "w=np.ones(30); x=np.arange(30); z=w*x; J=np.sum(z)"
    #expect(try reading("derivatives", program: program).blankAnswers.map(\.key) == ["dJ"])
    #expect(try reading("dw[3]", program: program).blankAnswers.map(\.key) == ["dw[3]"])
  }

  private func grading(
    _ given: [String: NumberArray], _ blank: String..., tolerance: Double = 1e-3
  ) throws -> Grading {
    let options = FigureOptions.with { $0.blanks.names = Set(blank) }
    return Grading(given, Reading(try trace(norm), options), tolerance: tolerance)
  }

  @Test func wrongEntriesAreNamedByTheirPlace() throws {
    let grading = try grading(
      ["dW": NumberArray([[0.088, 0.17], [0.10401, 0.208]]), "dq[1]": NumberArray(0.52)])
    #expect(
      grading.marks.map(\.key) == ["dq[1]", "dW[0, 0]", "dW[0, 1]", "dW[1, 0]", "dW[1, 1]"])
    #expect(grading.marks.map(\.isRight) == [true, true, false, true, true])
    #expect(grading.marks[2].difference == -0.006)
    #expect(GradingFormat.table.write(grading).contains("dW[0, 1]"))
    #expect(GradingFormat.table.write(grading).hasSuffix("4 of 5 right.\n"))
  }

  @Test func entriesMakeAnArrayAndWhatIsMissingIsNamed() throws {
    let given = ["dW[0,0]": NumberArray(0.088), "W.grad[-1, -1]": NumberArray(0.208)]
    let grading = try grading(given, "dW")
    #expect(grading.marks.map(\.given) == [0.088, nil, nil, 0.208])
    #expect(grading.unknown.isEmpty && !grading.isPassed)
    let json = GradingFormat.json.write(grading)
    #expect(json.contains("{\"name\": \"dW[0, 1]\", \"right\": 0.176"))
    #expect(json.contains("\"verdict\": \"missing\""))
  }

  @Test func anotherShapeIsWrong() throws {
    let grading = try grading(["dW": NumberArray([1, 2, 3]), "dx": NumberArray(1)], "dW", "dx")
    #expect(
      grading.marks.map(\.fault) == [
        "a number instead of shape (2,)", "shape (3,) instead of shape (2, 2)",
      ])
    #expect(GradingFormat.table.write(grading).contains("wrong, shape (3,) instead of"))
    #expect(GradingFormat.json.write(grading).contains("\"verdict\": \"wrong\", \"fault\":"))
  }

  @Test func anArrayOfOneIsANumber() throws {
    #expect(try grading(["f": NumberArray([0.116])]).isPassed)
    #expect(try grading(["f": NumberArray([0.116, 1])]).isPassed == false)
  }

  @Test func whatNobodyAskedForIsUnknown() throws {
    for name in ["dq[2]", "dq[0, 0]", "dz[0]", "f[0]"] {
      #expect(try grading([name: NumberArray(1)]).unknown == [name])
    }
  }
}
