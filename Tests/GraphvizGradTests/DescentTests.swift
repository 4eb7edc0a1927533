import GraphvizGrad
import TestSupport
import Testing

/// Descent of programs: the numbers of courses and of PyTorch, and the frames.
@Suite struct ProgramDescentTests {
  private static let logistic = """
    w = np.array([[1.0], [2.0]])
    b = 2.0
    X = np.array([[1.0, 2.0, -1.0], [3.0, 4.0, -3.2]])
    Y = np.array([[1, 0, 1]])
    Z = w.T @ X + b
    A = sigmoid(Z)
    L = -(Y*np.log(A) + (1 - Y)*np.log(1 - A))
    J = np.mean(L)
    """

  private func figure(
    _ text: String, wrt: String? = nil, _ options: [OptionText] = []
  ) throws -> RequestedFigure {
    var request = FigureRequest(Source("program.py", text: text))
    request.options = options + (wrt.map { [OptionText("wrt", $0)] } ?? [])
    return try request.figure()
  }

  private func wanted(
    _ optimizer: Optimizer? = nil, rate: Double? = nil, count: Int? = nil, shown: [Int]? = nil
  ) -> DescentRequest {
    var request = DescentRequest()
    (request.optimizer, request.rate, request.count, request.shown) = (
      optimizer, rate, count, shown
    )
    return request
  }

  private func descent(
    _ text: String, wrt: String? = nil, _ request: DescentRequest
  ) throws -> Descent {
    try figure(text, wrt: wrt).descent(request).descent
  }

  /// The numbers of `optimize` in the assignment of week 2 of "Neural Networks and Deep Learning".
  @Test func theAssignmentOfTheCourse() throws {
    let descent = try descent(
      Self.logistic, wrt: "w,b", wanted(.sgd, rate: 0.009, count: 100))
    let (last, before) = (descent.steps[100], descent.steps[99])
    #expect(isClose(last.parameters[0].entries, [0.19033591, 0.12259159], within: 6e-9))
    #expect(isClose(last.parameters[1].entries, [1.92535983008], within: 6e-12))
    #expect(isClose(before.derivatives[0].entries, [0.67752042, 1.41625495], within: 6e-9))
    #expect(isClose(before.derivatives[1].entries, [0.219194504541], within: 6e-13))
  }

  /// What `torch.optim.SGD(momentum=0.9)` and `torch.optim.Adam` give in 50 steps.
  @Test(arguments: [
    (
      Optimizer.momentum, 0.009, [-0.26286569473570287, -0.5595371098984817, 2.2537849295544286],
      0.3424953910846962
    ),
    (
      .adam, 0.1, [-1.4646238932785256, -0.2262656036156095, 3.3052672457330767],
      0.24909976197350672
    ),
  ])
  func optimizersGoWherePyTorchGoes(
    _ optimizer: Optimizer, _ rate: Double, _ end: [Double], _ loss: Double
  ) throws {
    let descent = try descent(
      Self.logistic, wrt: "w,b", wanted(optimizer, rate: rate, count: 50))
    #expect(isClose(descent.steps[50].parameters.flatMap(\.entries), end, within: 1e-12))
    #expect(isClose([descent.steps[49].loss], [loss]))
  }

  @Test func newtonGoesToWhereTheParabolaTurns() throws {
    let descent = try descent("x = 2; y = x**4 - 2*x**2", wanted(.newton, count: 4))
    let way = descent.steps.map { $0.parameters[0].entries[0] }
    #expect(
      isClose(way, [2, 1.4545454545, 1.1510467894, 1.025325929, 1.0009084519], within: 6e-11))
    // Of a parabola the first step finds the bottom.
    let parabola = try self.descent(
      "x = 3; y = -1; f = (x - 1)**2 + x*y + 2*(y + 1)**2", wanted(.newton, count: 2))
    let zero = parabola.steps[1].derivatives.flatMap(\.entries)
    #expect(isClose(zero, [0, 0]) && isClose([parabola.steps[2].loss], [parabola.steps[1].loss]))
  }

  @Test func newtonShowsItsDivision() throws {
    let figure = try figure("x = 2; y = x**4 - 2*x**2")
    let frames = try figure.frames(of: figure.descent(wanted(.newton, count: 4)).descent)
    let texts = frames.drawing(at: 0).parts.flatMap(\.plainTexts)
    #expect(texts.contains { $0.hasSuffix("= 2 − 24 / 44 = 1.455") }, "\(texts)")
  }

  @Test func newtonNeedsAnInverse() throws {
    let line = try figure("x = 2; y = 3*x")
    let error = #expect(throws: FigureError.self) { try line.descent(wanted(.newton)) }
    #expect(error?.description.contains("--optimizer sgd needs none") == true)
    let bend = try figure("x = 2\nif x > 1:\n  y = x*x\nelse:\n  y = 3*x + 1")
    let (descent, warnings) = try bend.descent(wanted(.newton, count: 5))
    #expect(descent.ending == .singular(step: 1) && descent.traces.last?.step == 1)
    #expect(warnings.map(\.code) == ["singular-hessian", "condition-changes"])
    let large = try figure("w = zeros(21); y = sum(exp(w))")
    let fault = #expect(throws: FigureError.self) { try large.descent(wanted(.newton)) }
    #expect(fault?.description.contains("400 are the most") == true)
  }

  @Test func parametersAreThoseThatTheProgramMarks() throws {
    let text = """
      w = torch.tensor([1.0, -2.0], requires_grad=True)
      x = torch.tensor([3.0, 0.5])
      loss = ((w * x).sum() - 1) ** 2
      loss.backward()
      """
    let descent = try descent(text, wanted(count: 2))
    #expect(descent.names == ["w"] && descent.steps[0].derivatives[0].entries == [6, 1])
    let plain = try self.descent(
      text.replacing(", requires_grad=True", with: ""), wanted(count: 2))
    #expect(plain.names == ["w", "x"])
  }

  @Test func framesKeepTheirPlaces() throws {
    let figure = try figure(Self.logistic, wrt: "w,b")
    let descent = try figure.descent(wanted(rate: 0.009)).descent
    let frames = try figure.frames(of: descent)
    #expect(frames.frames.map(\.descentStep) == [0, 1, 2, 5, 10, 20, 50, 100])
    let drawings = frames.drawings
    let boxes = drawings.map { drawing in
      drawing.parts.compactMap { if case .node = $0.owner { $0.box } else { nil } }
    }
    #expect(boxes.allSatisfy { $0 == boxes[0] } && boxes[0].count == 8)
    #expect(drawings.allSatisfy { $0.size == drawings[0].size })
    for (drawing, (step, trace)) in zip(drawings, descent.traces) {
      let texts = drawing.parts.flatMap(\.plainTexts)
      let loss = NumberText()(trace.nodes[trace.output].value)
      #expect(texts.contains("Step \(step) of 100: J = \(loss)"))
      #expect(texts.contains { $0.hasPrefix("w ← w − 0.009 · dw") })
      #expect(drawing.summary.contains("J = \(loss)") && drawing.summary.contains("dw = "))
    }
    #expect(
      drawings[0].parts.flatMap(\.plainTexts).contains { $0.hasPrefix("b ← b − 0.009 · db = 2 −") })
  }

  @Test func aStepThatComputesSomethingElseHasItsOwnFigure() throws {
    let text = "x = 2\nif x > 1:\n  y = x*x\nelse:\n  u = 3*x\n  y = u + 1"
    let figure = try figure(text)
    let (descent, warnings) = try figure.descent(
      wanted(.sgd, rate: 0.1, count: 5, shown: [0, 3, 4]))
    #expect(descent.change?.step == 4)
    let frames = try figure.frames(of: descent)
    #expect(frames.drawings.map(\.figure.nodes.count) == [2, 2, 3, 3])
    #expect(warnings.map(\.code) == ["condition-changes"])
    #expect(warnings[0].message.contains("step 4") && warnings[0].message.contains("x > 1"))
  }

  @Test(arguments: [
    ("J = 3", "nothing-to-descend"), ("x = 0; y = log(x)", "descent-diverges"),
  ])
  func whatCannotBeginIsRefused(_ text: String, _ code: String) throws {
    let figure = try figure(text)
    let error = #expect(throws: FigureError.self) { try figure.descent(wanted()) }
    #expect(error?.description.contains(code) == true)
  }
}

extension Drawing.Part {
  fileprivate var plainTexts: [String] {
    shapes.compactMap { if case .text(let line) = $0 { line.text.plain } else { nil } }
  }
}

/// Whether numbers agree to `tolerance`, relative to each and at least to that of 1.
private func isClose(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-12) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}
