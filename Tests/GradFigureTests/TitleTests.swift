import GradCore
import Testing

@testable import GradFigure

@Suite struct TitleTests {
  @Test(
    arguments: [
      ("u = b·c", 34, ["u = b·c"]),
      ("S = x₁ + x₂ + x₃ + x₄", 14, ["S = x₁ + x₂", "+ x₃ + x₄"]),
      ("S = a + b − c + d − e + f", 10, ["S = a + b", "− c + d", "− e + f"]),
      ("m = max(alpha, beta, gamma)", 20, ["m = max(alpha,", "beta, gamma)"]),
      (
        "y = (first + second) / (third + fourth)", 24,
        ["y = (first + second)", "/ (third + fourth)"]
      ),
      ("p = alpha·beta·gamma·delta", 16, ["p = alpha·beta", "·gamma·delta"]),
      ("y = log(a + b + c + d)", 16, ["y = log(a", "+ b + c + d)"]),
      ("velocity = acceleration", 18, ["velocity", "= acceleration"]),
    ] as [(String, Int, [String])])
  func aLongTitleIsBrokenAtItsOutermostOperators(
    _ text: String, _ limit: Int, _ lines: [String]
  ) {
    var title = MathText()
    title.append(unicode: text)
    #expect(title.lines(ofAtMost: limit, most: 3)?.map(\.plain) == lines)
  }

  /// Three lines of the usual width are too few for names that are never cut.
  @Test func aTitleOfLongNamesIsBrokenAllTheSame() throws {
    let program = """
      temperature_of_the_reactor = 351; activation_energy_per_mole = 48500; gas_constant_of_all = 8
      pre_exponential_factor = 72000000
      rate_constant_of_reaction = pre_exponential_factor*exp(-activation_energy_per_mole/(gas_constant_of_all*temperature_of_the_reactor))
      """
    let reading = try Reading(trace(program))
    let lines = reading.titleLines(of: reading.trace.output)
    #expect(lines.count > 1 && lines.count <= 4)
    #expect(lines.allSatisfy { $0.count <= 2 * reading.options.titleWidth })
    #expect(
      lines.map(\.plain).joined().filter { $0 != " " }
        == reading.fullTitle(of: reading.trace.output).plain.filter { $0 != " " })
  }

  @Test func whatThreeLinesCannotHoldHasNone() {
    #expect(MathText("S = a + b + c + d + e + f + g").lines(ofAtMost: 8, most: 3) == nil)
    #expect(MathText("a_long_name_that_nobody_can_break").lines(ofAtMost: 12, most: 3) == nil)
  }

  @Test(arguments: [8, 16, 34, 60])
  func linesTogetherAreTheTitle(_ width: Int) throws {
    let program = "p1=1; p2=2; p3=3; y = -(p1*log(p1) + p2*log(p2) + p3*log(p3))/(p1 + p2 + p3)**2"
    let reading = try Reading(trace(program))
    for index in reading.trace.nodes.indices {
      let title = reading.fullTitle(of: index)
      guard let lines = title.lines(ofAtMost: width, most: 3) else { continue }
      #expect(lines.allSatisfy { $0.count <= width })
      #expect(
        lines.map(\.plain).joined().filter { $0 != " " } == title.plain.filter { $0 != " " })
    }
  }

  @Test(arguments: FigureOptions.Direction.allCases)
  func aBoxHasTheLinesAsRows(_ direction: FigureOptions.Direction) throws {
    let program = "w=2; x=-1; v=3; y=4; b=1; z = w*x + v*y + b*w + x*v + y*b + w*v"
    let figure = try GradFigureTests.figure(program) {
      ($0.detail, $0.direction, $0.titleWidth) = (.statements, direction, 28)
    }
    let node = figure.nodes[5]
    #expect(
      node.titleRows.map { $0[0].content.text.plain } == [
        "z = w·x + v·y + b·w", "+ x·v + y·b + w·v",
      ])
    #expect(Set(node.rows.map { $0.reduce(0) { $0 + $1.size.width } }).count == 1)
    // A little too long is no reason for a second line.
    #expect(try self.figure(program, width: 34).nodes[5].titleRows.count == 1)
    let wide = try self.figure(program, width: 60)
    #expect(wide.nodes[5].titleRows.count == 1)
    let narrow = try self.figure(program, width: 10)
    #expect(narrow.nodes[5].titleRows.map { $0[0].content.text.plain } == ["z = w·x", "+ … + w·v"])
  }

  private func figure(_ program: String, width: Int) throws -> Figure {
    try GradFigureTests.figure(program) { ($0.detail, $0.titleWidth) = (.statements, width) }
  }
}
