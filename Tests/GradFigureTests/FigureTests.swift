import GradCore
import GradLanguage
import Testing

@testable import GradFigure

@Suite struct FigureTests {
  @Test func theLecture() throws {
    let figure = try figure(lecture)
    #expect(figure.texts(.title) == ["a", "b", "c", "u = b·c", "v = a + u", "J = 3·v"])
    #expect(figure.texts(.value) == ["5", "3", "2", "6", "11", "33"])
    #expect(
      figure.texts(.derivative) == ["da = 3", "db = 6", "dc = 9", "du = 3", "dv = 3", "dJ = 1"])
    #expect(figure.labelTexts == ["×2", "×3", "×1", "×1", "×3"])
    #expect(figure.nodes.map(\.role) == [.input, .input, .input, .operation, .operation, .output])
  }

  @Test(arguments: FigureOptions.EdgeLabels.allCases)
  func labelsOfBackwardEdges(_ labels: FigureOptions.EdgeLabels) throws {
    let texts = try figure("a=5; b=-3; J=a*b") { $0.edgeLabels = labels }.labelTexts
    switch labels {
    case .partial: #expect(texts == ["×−3", "×5"])
    case .contribution: #expect(texts == ["−3", "5"])
    case .product: #expect(texts == ["1·(−3) = −3", "1·5 = 5"])
    case .none: #expect(texts.isEmpty)
    }
  }

  // MARK: Detail

  @Test func aSingleStatementShowsItsOperations() throws {
    let gates = try figure(neuron)
    #expect(gates.nodes.count == 5 + 7)
    #expect(gates.texts(.title)[5...6] == ["t₁ = w₀·x₀", "t₂ = w₁·x₁"])
    let statements = try figure(neuron) { $0.detail = .statements }
    #expect(statements.nodes.count == 6)
    #expect(
      statements.nodes[5].titleRows.map { $0[0].content.text.plain } == [
        "f = 1 / (1 + exp(−(w₀·x₀ + w₁·x₁ + w₂)))"
      ])
  }

  @Test func severalStatementsAreANodeEach() throws {
    let program = "x=3; y=-4; s=1/(1+exp(-y)); f=s*(x+y)**2"
    #expect(try figure(program).nodes.count == 4)
    #expect(try figure(program) { $0.detail = .operations }.nodes.count == 2 + 4 + 3)
  }

  @Test func thePartialOfAStatementIsThatOfTheWhole() throws {
    let figure = try figure(neuron) { $0.detail = .statements }
    let slope = 0.19661193324148188
    let partials = figure.edges.map { figure.trace.edges[$0.traceEdge ?? 0].partial }
    for (partial, factor) in zip(partials, [-1, 2, -2, -3, 1] as [Double]) {
      #expect(abs(partial - slope * factor) < 1e-12)
    }
  }

  @Test func callsAreOpenedInFrames() throws {
    let program = "def f(x):\n  y = x * x\n  return y + 1\na = 2\nJ = f(a) * 3\n"
    #expect(try figure(program).nodes.count == 2)
    let open = try figure(program) { $0.detail = .calls }
    #expect(open.callBoxes.map(\.title.plain) == ["f"])
    #expect(open.callBoxes[0].nodes.allSatisfy { open.nodes[$0].scope == 0 })
    #expect(open.texts(.title).contains { $0.hasPrefix("y = ") })
    for name in ["a", "J"] {
      let folded = try figure(program).trace[name]
      #expect(open.trace[name]?.derivative == folded?.derivative)
    }
  }

  @Test func constantsGetNoNode() throws {
    let figure = try figure("v = 11; J = 3 * v + 2 * pi") { $0.detail = .operations }
    #expect(!figure.trace.nodes.contains { $0.kind == .constant })
    #expect(figure.texts(.title) == ["v", "t₁ = 3·v", "J = t₁ + 2·π"])
  }

  // MARK: Words

  /// A tooltip stands at every line of its node, and a line of a hundred terms is read by nobody.
  @Test func tooltipsOfManyTermsLeaveOutTheMiddle() throws {
    let lines = (1...40).map { "y\($0) = \($0)*x" }
    let sum = (1...40).map { "y\($0)" }.joined(separator: " + ")
    let figure = try figure("x = 2\n\(lines.joined(separator: "\n"))\nJ = \(sum)")
    #expect(
      figure.nodes[0].tooltip == """
        x = 2
        dx = dy₁ · ∂y₁/∂x + dy₂ · ∂y₂/∂x + dy₃ · ∂y₃/∂x + dy₄ · ∂y₄/∂x + … + dy₄₀ · ∂y₄₀/∂x \
        = 1 · 1 + 1 · 2 + 1 · 3 + 1 · 4 + … + 1 · 40 = 1 + 2 + 3 + 4 + … + 40 = 820
        """)
    let output = try #require(figure.nodes.last)
    #expect(output.tooltip.hasPrefix("J = y₁ + y₂ +") && output.tooltip.count < 320)
    #expect(output.tooltip.contains("+ … + ") && output.tooltip.contains("+ y₄₀ = 1640"))
    #expect(figure.summary.contains("1 · 20 + 1 · 21"))
  }

  @Test(
    arguments: [
      (
        lecture,
        "J = 33, computed from a, b and c; the largest of its 3 derivatives by inputs is dc = 9."
      ),
      ("x = 3; y = x*x", "y = 9, computed from x; its derivative is dx = 6."),
      (
        "x = 3; b = 2; u = 7; y = x*b",
        "y = 6, computed from x and b; the largest of its 2 derivatives by inputs is db = 3."
      ),
      (
        "a=1; b=1; c=1; d=1; e=1; f=1; g=1; y = a+b-2*c+d+e+f+g",
        "y = 4, computed from 7 inputs; the largest of its 7 derivatives by inputs is dc = −2."
      ),
      ("x = 3", "x = 3."),
    ])
  func aSentenceSumsUp(_ text: String, _ sentence: String) throws {
    #expect(try figure(text).summary.hasPrefix("\(sentence) Forward, "))
    let forward = try figure(text) { $0.show = .forward }.summary
    #expect(!forward.contains("derivative"))
  }

  @Test(
    "The description of a very large figure is its first sentence; that of a large one says every number"
  )
  func descriptionOfLargeFigures() throws {
    func summary(_ count: Int) throws -> String {
      let lines = (1..<count).map { "y\($0) = y\($0 - 1) + 1" }
      return try figure(lines.reduce("y0 = 1") { "\($0)\n\($1)" }) { $0.maxNodes = nil }.summary
    }
    let large = try summary(300)
    #expect(large.contains("y₁₅₀ = y₁₄₉ + 1 = 151") && large.contains("dy₁₅₀ = "))
    let larger = try summary(301)
    #expect(larger.contains("y₃₀₀ = 301") && !larger.contains("y₁₅₀"))
    #expect(larger.count < 200)
  }

  @Test func aSentenceSumsUpWhatIsMarked() throws {
    let summary = try figure("w = 2; x = 3; y = w*x") { $0.wrt = ["w"] }.summary
    #expect(summary.hasPrefix("y = 6, computed from w and x; its derivative is dw = 3. "))
  }

  @Test func tooltipsSayTheChainRule() throws {
    let figure = try figure(lecture)
    #expect(figure.nodes[1].tooltip == "b = 3\ndb = du · ∂u/∂b = 3 · 2 = 6")
    #expect(figure.nodes[5].tooltip == "J = 3·v = 33\ndJ = 1")
    #expect(figure.edges[0].tooltip == "db = du · ∂u/∂b = 3 · 2 = 6")
    let shared = try GradFigureTests.figure(colah)
    #expect(
      shared.nodes[1].tooltip
        == "b = 1\ndb = dc · ∂c/∂b + dd · ∂d/∂b = 2 · 1 + 3 · 1 = 2 + 3 = 5")
    #expect(shared.edges[1].tooltip == "db = … + dc · ∂c/∂b = 2 · 1 = 2")
  }

  @Test func aNegativeTermIsSubtracted() throws {
    let three = try figure("x = 2; y = x * x - 9 * x")
    #expect(three.texts(.derivative)[0] == "dx = 2 + 2 − 9 = −5")
    let two = try figure("x = 2; u = x * 3; v = x * -4; y = u + v")
    #expect(two.texts(.derivative)[0] == "dx = 3 − 4 = −1")
  }

  @Test func ofMoreThanThreeTermsTheFirstAndTheLastAreWritten() throws {
    let figure = try figure("x=2; a=x*1; b=x*2; c=x*3; d=x*4; y=a+b+c+d")
    #expect(figure.texts(.derivative)[0] == "dx = 1 + … + 4 = 10")
    #expect(figure.nodes[0].tooltip.hasSuffix("1 + 2 + 3 + 4 = 10"))
  }

  @Test(arguments: Style.all.indices)
  func theSummarySaysEveryNumber(_ style: Int) throws {
    let figure = try figure(neuron) { $0.style = Style.all[style] }
    #expect(figure.heading == "Computation graph of f")
    for node in figure.trace.nodes {
      #expect(figure.summary.contains(" = \(NumberText()(node.value))"), "\(node.id)")
      #expect(figure.summary.contains(" = \(NumberText()(node.derivative))"), "d\(node.id)")
    }
    for edge in figure.trace.edges {
      let partial = NumberText().text(edge.partial).beginning(.signed).plain
      #expect(figure.summary.contains(" · \(partial)"))
    }
  }

  @Test func theForwardPassAloneSaysNoDerivative() throws {
    let forward = try figure(lecture) { $0.show = .forward }
    #expect(!forward.summary.contains("db"))
    #expect(forward.summary.contains("J = 3·v = 33"))
    #expect(try figure(lecture) { $0.title = "Three" }.heading == "Three")
  }

  @Test func stepsFollowTheProgramAndComeBack() throws {
    let figure = try figure(lecture)
    #expect(figure.nodes.map(\.step) == [0, 0, 0, 1, 2, 3])
    #expect(figure.edges.map(\.step) == [8, 9, 6, 7, 5])
    #expect(figure.lastStep == 9)
    #expect(figure.nodes.map(\.derivativeStep) == [6, 8, 9, 7, 5, 4])
  }

  @Test func aLongTitleIsCutAndToldInFull() throws {
    let names = (1...30).map { "x\($0)" }
    let program =
      names.map { "\($0) = 1" }.joined(separator: "; ") + "; y = 1; z = y + "
      + names.joined(separator: " + ") + "; w = z * y"
    let figure = try figure(program)
    let node = try #require(figure.nodes.first { $0.tooltip.hasPrefix("z = ") })
    #expect(node.rows[0][0].content.text.plain.contains("…"))
    #expect(node.rows[0][0].content.text.count <= 42)
    #expect(node.tooltip.contains("x₃₀ = 31"))
  }

  @Test func everyTextFitsItsCell() throws {
    for style in Style.all {
      for direction in FigureOptions.Direction.allCases {
        let figure = try figure(neuron) { ($0.style, $0.direction) = (style, direction) }
        for cell in figure.nodes.flatMap({ $0.rows.joined() }) {
          let width = cell.content.text.width(size: cell.fontSize, bold: cell.isBold)
          #expect(width <= cell.size.width - 4, "\(cell.content.text.plain) in \(style.name)")
          #expect(cell.fontSize * 1.1 <= cell.size.height)
        }
      }
    }
  }

  /// A constant, which is drawn at no other place, is where it is the output.
  @Test func aConstantIsDrawnAsTheOutput() throws {
    let program = Program(Source("test.grad", text: "x=3; y=2*x; z=exp(y)+y; w=sin(z)"))
    let reading = Reading(try program.trace(of: "k1").trace, FigureOptions())
    #expect(reading.name(of: reading.trace.output).plain == "k₁")
    #expect(Figure(reading).texts(.value).contains("2"))
  }
}
