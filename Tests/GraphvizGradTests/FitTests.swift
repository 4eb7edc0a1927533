import GraphvizGrad
import Testing

/// A figure that is to fit a page is placed so that its text is large there.
@Suite struct FitTests {
  /// Statements in a row, each of the one before.
  private func chain(_ count: Int) -> String {
    "x = 0.5\n" + (1...count).map { "y\($0) = sin(\($0 == 1 ? "x" : "y\($0 - 1)"))\n" }.joined()
  }

  private func drawing(
    _ text: String, _ change: (inout FigureOptions) -> Void
  ) throws -> Drawing {
    var options = PictureOptions()
    change(&options.figure)
    return try Computation(parsing: text).trace.drawing(options)
  }

  /// Pixels a point on a page that is 16 wide and 9 high.
  private func scale(_ drawing: Drawing) -> Double {
    min(16 / drawing.size.width, 9 / drawing.size.height)
  }

  @Test func pagesAreRead() throws {
    for (text, page) in [
      "16:9": PageShape.slide, "4:3": PageShape(width: 4, height: 3),
      "a4": PageShape(width: 210, height: 297), "A4": PageShape(width: 210, height: 297),
      "800x600": PageShape(width: 800, height: 600),
    ] {
      #expect(PageShape(parsing: text) == page)
    }
  }

  @Test(arguments: ["", "16", "16:", "0:9", "-16:9", "1:1000", "axb", "16:9:4", "inf:1", "nan:1"])
  func whatIsNoPageIsRefused(_ text: String) {
    #expect(PageShape(parsing: text) == nil)
    var options = PictureOptions()
    #expect(throws: FigureOption.Mistake.self) {
      try #require(FigureOption.named("fit")).apply(text, &options, .system)
    }
  }

  @Test func aLongChainFillsThePage() throws {
    let row = try drawing(chain(24)) { $0.rows = .number(1) }
    let plain = try drawing(chain(24)) { _ in }
    let slide = try drawing(chain(24)) { $0.fit = .slide }
    #expect(row.size.width > 20 * row.size.height)
    for fitted in [plain, slide] { #expect(scale(fitted) > 3 * scale(row)) }
    let high = try drawing(chain(60)) { $0.fit = PageShape(parsing: "a4") }
    #expect(high.size.height > high.size.width)
  }

  @Test func aShortChainStaysInOneRow() throws {
    let plain = try drawing(chain(3)) { _ in }
    for fit in [PageShape.slide, PageShape(width: 1, height: 2)] {
      #expect(try drawing(chain(3)) { $0.fit = fit }.size.height <= plain.size.height + 400)
    }
    #expect(try drawing(chain(3)) { $0.fit = .slide }.size == plain.size)
  }

  @Test func theFlowTurnsWhereItFitsAndIsNotAsked() throws {
    // A chain fits a narrow page from above to below.
    let page = PageShape(width: 1, height: 6)
    let free = try drawing(chain(6)) { ($0.fit, $0.rows) = (page, .number(1)) }
    #expect(free.figure.direction == .down)
    let asked = try drawing(chain(6)) {
      ($0.fit, $0.rows, $0.direction) = (page, .number(1), .right)
    }
    #expect(asked.figure.direction == .right)
    #expect(try drawing(chain(6)) { $0.rows = .number(1) }.figure.direction == .right)
  }

  @Test func tooSmallTextIsSaidWithWhatHelps() throws {
    let inputs = (1...28).map { "x\($0) = \($0)\n" }.joined()
    let text = inputs + "y = " + (1...28).map { "x\($0)*x\($0 % 28 + 1)" }.joined(separator: " + ")
    var options = PictureOptions()
    let computation = try Computation(parsing: text)
    #expect(
      !(try computation.trace.picture(.json, options).warnings.contains { $0.code == "small-text" })
    )
    options.figure.fit = .slide
    let warning = try #require(
      computation.trace.picture(.json, options).warnings.first { $0.code == "small-text" })
    #expect(warning.message.contains("px high"))
    #expect(warning.help.contains("--edge-labels none") && warning.help.contains("def"))
    options.figure.edgeLabels = .none
    let other = try computation.trace.picture(.json, options).warnings
    #expect(!other.contains { $0.help.contains("--edge-labels") })
  }

  @Test func whatIsRepeatedFoldsWhereTextIsSmall() throws {
    var options = PictureOptions()
    options.figure.fit = .slide
    let trace = try Computation(parsing: chain(140)).trace
    let warning = try #require(
      trace.picture(.json, options).warnings.first { $0.code == "small-text" })
    #expect(warning.help.contains("--max-nodes 40 folds what is repeated"))
    options.figure.maxNodes = 40
    #expect(try trace.picture(.json, options).warnings.isEmpty)
  }

  @Test func allFramesHaveOneLayout() throws {
    var options = PictureOptions()
    options.figure.fit = .slide
    let frames = try Computation(parsing: chain(12)).trace.frames(options)
    #expect(Set(frames.drawings.map(\.size.width)).count == 1)
    #expect(scale(frames.drawing) >= scale(try drawing(chain(12)) { $0.rows = .number(1) }))
  }

  /// What is too small to be read otherwise has its inputs drawn again where they are used.
  @Test func inputsAreDrawnAgainWhereThatHelps() throws {
    let text = """
      a = 1.5; b = 2.5; c = -0.7; d = 0.3
      y = (a*b + sin(c)*exp(d))/(1 + a**2 + b**2) - log(a + b)*sqrt(b - c) + a*d/(c - b)
      z = tanh(y)*cos(a*y + b) + (y - d)**3/(1 + exp(-(a*y + b*c)))
      """
    func fitted(_ repeats: Bool) throws -> Drawing {
      try drawing(text) {
        ($0.style, $0.direction) = (.circuit, .right)
        $0.repeatsInputs = repeats
        $0.fit = .slide
      }
    }
    #expect(try fitted(false).size == fitted(true).size)
    #expect(try fitted(false).figure.nodes.contains(where: \.isRepeated))
    #expect(try !drawing(chain(24)) { $0.fit = .slide }.figure.nodes.contains(where: \.isRepeated))
  }

  /// Rows are tried by their number, with inputs drawn again in them: an option's price is read in two rows, and
  /// only what is computed leads from one to the other.
  @Test func rowsAreTriedWithInputsDrawnAgain() throws {
    let text = """
      S = 100; K = 105; r = 0.02; sigma = 0.25; T = 0.5
      d1 = (log(S/K) + (r + sigma**2/2)*T)/(sigma*sqrt(T))
      d2 = d1 - sigma*sqrt(T)
      N1 = 0.5*(1 + erf(d1/sqrt(2)))
      N2 = 0.5*(1 + erf(d2/sqrt(2)))
      Call = S*N1 - K*exp(-r*T)*N2
      """
    let fitted = try drawing(text) { $0.fit = .slide }
    #expect(scale(fitted) > 1.15 * scale(try drawing(text) { $0.rows = .number(1) }))
    // Both rows have what they are given beside it; T is given to two nodes.
    let figure = fitted.figure
    let copies = figure.nodes.filter(\.isRepeated).map { figure.trace.nodes[$0.traceNode].id }
    #expect(copies.sorted() == ["K", "S", "T", "T", "r", "sigma"])
  }
}
