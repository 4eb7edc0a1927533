import GradCore
import GradLanguage
import Testing

@testable import GradFigure

/// Boxes that stand for many nodes.
@Suite struct FoldTests {
  private func reading(
    _ program: String, most: Int?, _ change: (inout FigureOptions) -> Void = { _ in }
  ) throws -> Reading {
    var options = FigureOptions()
    options.maxNodes = most
    change(&options)
    return try Reading(trace(program), options)
  }

  /// A recurrent network over so many times.
  private func recurrent(_ count: Int) -> String {
    "wx=0.3; wh=0.8; h0=0\n"
      + (1...count).map {
        "x\($0) = 0.\($0 % 7)\nz\($0) = wx*x\($0) + wh*h\($0 - 1); h\($0) = tanh(z\($0))\n"
      }.joined() + "J = h\(count)**2"
  }

  private let stack =
    "def layer(h, w):\n    z = w*h\n    return tanh(z)\nx = 0.5\n"
    + (1...24).map { "w\($0) = 0.\($0)\n" }.joined()
    + (1...24).map { "h\($0) = layer(\($0 == 1 ? "x" : "h\($0 - 1)"), w\($0))\n" }.joined()
    + "J = h24**2"

  /// Calls of a function of two results, one after the other.
  private func pairs(_ count: Int) -> String {
    "w = 0.5\ndef cell(x, h, c):\n    c = w*x + h + c\n    y = tanh(c)\n"
      + "    return y, c\nh = 0.1\nc = 0.2\n"
      + "for x in [\((1...count).map { "0.\($0)" }.joined(separator: ", "))]:\n    h, c = cell(x, h, c)\n"
      + "L = (h - 0.4)**2"
  }

  @Test func callsOfSeveralResultsFoldBetweenTheFirstAndTheLast() throws {
    #expect(Figure(try reading(pairs(3), most: nil)).callBoxes.isEmpty)
    let reading = try reading(pairs(8), most: 16)
    try #require(reading.folds.count == 1)
    #expect(reading.folds[0].kind == .calls(function: "cell", count: 6))
    #expect(reading.title(of: reading.folds[0]).plain == "cell ×6")
    let figure = Figure(reading)
    #expect(figure.callBoxes.map(\.title.plain) == ["cell", "cell"])
    // Each call has five operations, one of them the name that the caller gives its result; two are left.
    #expect(
      figure.notes.map(\.plain) == [
        "30 of 42 operations in 1 box; every operation in exactly one box."
      ])
  }

  @Test func callsOfOneResultAreKnownByTheirFunction() throws {
    let program = pairs(8).replacing("return y, c", with: "return y")
      .replacing("h, c = cell", with: "h = cell")
    let reading = try reading(program, most: 8)
    #expect(reading.folds.map(\.kind) == [.calls(function: "cell", count: 6)])
  }

  /// Random operations, each of which uses earlier nodes.
  private func random(_ count: Int) -> String {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    return "n0 = 0.5; n1 = 0.25\n"
      + (2..<count).map { "n\($0) = n\(next($0)) \(["+", "-", "*"][next(3)]) n\(next($0))\n" }
      .joined()
  }

  @Test func fewNodesStayAsTheyAre() throws {
    #expect(try reading(recurrent(5), most: 150).folds.isEmpty)
    #expect(try reading(recurrent(500), most: nil).folds.isEmpty)
  }

  @Test func repeatsBecomeOneBoxBetweenTheFirstAndTheLast() throws {
    let reading = try reading(recurrent(500), most: 40)
    try #require(reading.folds.count == 1)
    #expect(reading.folds[0].kind == .repeats(count: 498))
    #expect(reading.title(of: reading.folds[0]).plain == "h₂ … h₄₉₉")
    let figure = Figure(reading)
    #expect(figure.nodes.count <= 40)
    // 498 of 500 links have five operations each; one is left for the square.
    #expect(
      figure.notes.map(\.plain) == [
        "1,992 of 2,001 operations in 1 box; every operation in exactly one box. "
          + "498 of 503 inputs in 1 box."
      ])
    #expect(figure.excess == nil)
  }

  @Test func callsInARowAreOneBoxWithTheFirstAndTheLastOpen() throws {
    let reading = try reading(stack, most: 30)
    #expect(reading.folds.map(\.kind) == [.calls(function: "layer", count: 22)])
    #expect(reading.title(of: reading.folds[0]).plain == "layer ×22")
    let figure = Figure(reading)
    #expect(figure.callBoxes.map { reading.trace.calls[$0.call].id } == ["layer#1", "layer#24"])
    #expect(figure.texts(.title).contains("layer ×22"))
  }

  @Test func callsThatTheReaderClosesStayClosed() throws {
    let reading = try reading(stack, most: 30) { $0.folding.folded = ["layer"] }
    #expect(Figure(reading).callBoxes.isEmpty)
  }

  @Test func openCallsAreClosedBeforeAnythingIsFolded() throws {
    let reading = try reading(stack, most: 60) { $0.detail = .operations }
    #expect(reading.folds.isEmpty)
    #expect(reading.trace.nodes.count <= 60)
  }

  @Test func inputsOfOneNodeAreOneBox() throws {
    let sum = (1...60).map { "x\($0)" }.joined(separator: " + ")
    let reading = try reading(
      (1...60).map { "x\($0) = \($0)\n" }.joined() + "J = \(sum)", most: 20
    ) {
      $0.detail = .statements
    }
    #expect(reading.folds.map(\.kind) == [.inputs])
    let figure = Figure(reading)
    #expect(figure.nodes.count == 4)
    #expect(figure.texts(.value).contains("2 … 59"))
    #expect(figure.texts(.derivative).contains("1"))
    #expect(figure.notes.map(\.plain) == ["58 of 60 inputs in 1 box."])
  }

  @Test func aBoxOfDataHasNoDerivative() throws {
    let sum = (1...60).map { "x\($0)" }.joined(separator: " + ")
    let reading = try reading(
      (1...60).map { "x\($0) = \($0)\n" }.joined() + "w = 2\nJ = w*(\(sum))", most: 20
    ) {
      $0.wrt = ["w"]
      $0.detail = .statements
    }
    try #require(reading.folds.map(\.kind) == [.inputs])
    let figure = Figure(reading)
    let box = try #require(figure.nodes.first { $0.data.first?.key == .fold })
    #expect(box.rows.joined().allSatisfy { $0.kind != .derivative })
    #expect(box.explanation == ["x₂ … x₅₉ (58 inputs): values 2 … 59"])
    #expect(!reading.summary.contains("derivatives"))
  }

  @Test func whatFeedsThePathInFocusIsOneBox() throws {
    let reading = try reading(random(300) + "late = n299 * 2; J = late + late*late", most: 20) {
      $0.focus = "late"
    }
    #expect(reading.folds.map(\.kind) == [.offPath])
    let figure = Figure(reading)
    #expect(figure.nodes.count == 3)
    #expect(figure.texts(.title).contains("off the paths of late"))
  }

  /// A node that is drawn by itself off the path, and what only says that the backward pass stands behind
  /// the output, lead into no box that stands before them.
  @Test func aBoxOffThePathStandsBeforeWhatIsKept() throws {
    let nudged = try reading("x=1; u=1; y=x; z=y; w=z; v = w", most: 3) {
      $0.focus = "u"
      $0.nudge = Nudge("z", by: 1)
    }
    let twice = try reading("x=1; y=x**3; z=y; w=z", most: 3) {
      $0.focus = "w"
      $0.style = .circuit
      $0.detail = .operations
      $0.backward = .graph
    }
    for reading in [nudged, twice] {
      let figure = Figure(reading)
      var isBefore = figure.nodes.indices.map { [$0] as Set }
      for _ in figure.nodes {
        for edge in figure.edges { isBefore[edge.target].formUnion(isBefore[edge.source]) }
      }
      for edge in figure.edges {
        #expect(!isBefore[edge.source].contains(edge.target), "\(figure.summary)")
      }
    }
  }

  @Test func whatCannotBeFoldedIsAllDrawnAndCounted() throws {
    let figure = try Figure(reading(random(200), most: 100))
    #expect(figure.nodes.count == 200)
    #expect(figure.excess == 200)
  }

  /// No box stands both before and behind another, nothing is drawn twice, and no edge is lost.
  @Test(arguments: Style.all) func foldedFiguresAreGraphsWithoutCycles(style: Style) throws {
    for program in [recurrent(60), stack, random(120) + "J = n119 * n3"] {
      for focus in [nil, program.contains("n30 =") ? "n30" : "J"] {
        let reading = try reading(program, most: 25) {
          $0.style = style
          $0.focus = focus
        }
        let owners = reading.foldOfNode
        #expect(reading.folds.flatMap(\.nodes).count == Set(reading.folds.flatMap(\.nodes)).count)
        let figure = Figure(reading)
        var degree = [Int](repeating: 0, count: figure.nodes.count)
        for edge in figure.edges {
          #expect(edge.source != edge.target)
          degree[edge.target] += 1
        }
        var ready = figure.nodes.indices.filter { degree[$0] == 0 }
        var done = 0
        while let node = ready.popLast() {
          done += 1
          for edge in figure.edges where edge.source == node {
            degree[edge.target] -= 1
            if degree[edge.target] == 0 { ready.append(edge.target) }
          }
        }
        #expect(done == figure.nodes.count)
        let crossing = reading.trace.edges.filter {
          owners[$0.source] != owners[$0.target]
            && (owners[$0.source] >= 0 || owners[$0.target] >= 0)
        }
        let isFolded = Set(
          figure.nodes.indices.filter { figure.nodes[$0].data.first?.key == .fold })
        let drawn = figure.edges.filter {
          isFolded.contains($0.source) || isFolded.contains($0.target)
        }
        #expect(crossing.isEmpty == drawn.isEmpty)
      }
    }
  }

  @Test func eachBoxHasOneStepForwardAndOneBack() throws {
    let reading = try reading(recurrent(500), most: 40)
    let steps = reading.steps
    #expect(steps.map(\.number) == Array(0...reading.schedule.last))
    let box = "h₂ … h₄₉₉ (498 × 4 operations)"
    #expect(steps.filter { $0.sentence.hasPrefix(box) }.map(\.pass) == [.forward, .backward])
    let figure = Figure(reading)
    #expect(figure.nodes.allSatisfy { $0.step <= $0.derivativeStep })
  }

  /// A module of two layers with a parameter each, as a recording tells it.
  private func module() throws -> Trace {
    func layer(_ name: String, _ source: String) -> (nodes: String, edges: String) {
      let call = "\"call\": [\"net#1\", \"net.\(name)#1\"]"
      return (
        """
        {"id": "\(name).W", "value": [[1, 2], [3, 4]], \(call)},
        {"id": "net#1.\(name)", "name": "\(name)", "operation": "matmul", \(call),
         "value": \(name == "a" ? "[3, 7]" : "[17, 37]")}
        """,
        """
        {"from": "\(name).W", "to": "net#1.\(name)", "map": {"is": "matmul-left"}},
        {"from": "\(source)", "to": "net#1.\(name)", "map": {"is": "matmul-right"}}
        """
      )
    }
    let (a, b) = (layer("a", "x"), layer("b", "net#1.a"))
    return try Trace(
      json: """
        {"detail": "calls",
         "nodes": [{"id": "x", "value": [1, 1]}, \(a.nodes), \(b.nodes),
          {"id": "J", "operation": "sum", "value": 54}],
         "edges": [\(a.edges), \(b.edges),
          {"from": "net#1.b", "to": "J", "map": {"is": "sum", "axes": [0]}}]}
        """)
  }

  @Test func parametersGoWithTheirModuleWhereThatIsClosed() throws {
    var options = FigureOptions()
    options.maxNodes = 5
    let reading = try Reading(module(), options)
    // Open are the module's two layers no more, whose parameters are in their boxes.
    #expect(reading.trace.nodes.map(\.id) == ["x", "net#1.a", "net#1.b", "J"])
    let summary = "2 inputs are in the boxes of the calls that they belong to."
    #expect(reading.foldSummary?.plain == summary)
    #expect(reading.trace.nodes[1].arrayDerivative?.entries == [4, 6])
    options.maxNodes = 6
    let all = try Reading(module(), options)
    #expect(all.trace.nodes.count == 6)
    #expect(all.foldSummary == nil)
  }

  @Test func aClosedModuleHasItsParametersAndAnOpenOneShowsThem() throws {
    var options = FigureOptions()
    options.folding.folded = ["net.a"]
    let reading = try Reading(module(), options)
    #expect(reading.trace.nodes.map(\.id) == ["x", "net#1.a", "b.W", "net#1.b", "J"])
    #expect(reading.foldSummary?.plain == "1 input is in the box of the call that it belongs to.")
    #expect(try Reading(module()).trace.nodes.count == 6)
  }

  @Test func eachResultOfAClosedModuleIsANode() throws {
    let call = "\"call\": [\"net#1\"]"
    let trace = try Trace(
      json: """
        {"detail": "calls",
         "nodes": [{"id": "x", "value": 2}, {"id": "t1", "operation": "square", "value": 4, \(call)},
          {"id": "net#1.h", "name": "h", "operation": "negate", "value": -4, \(call)},
          {"id": "J", "operation": "multiply", "value": -16}],
         "edges": [{"from": "x", "to": "t1"}, {"from": "t1", "to": "net#1.h"},
          {"from": "t1", "to": "J"}, {"from": "net#1.h", "to": "J"}]}
        """)
    var options = FigureOptions()
    options.folding.folded = ["net"]
    let reading = Reading(trace, options)
    #expect(reading.trace.nodes.map(\.id) == ["x", "t1", "net#1.h", "J"])
    #expect([1, 2].map { reading.formula(of: $0).plain } == ["net(x)", "net(x)"])
    // What is used twice is a node, rather than written twice, in an open module, too.
    #expect(Reading(trace).trace.nodes.count == 4)
  }

  @Test func modulesAreClosedWhereThereAreManyParameters() throws {
    var given = try TraceDescription(module())
    // Layer upon layer, each a module with a parameter.
    for number in 0..<12 {
      let (weight, layer) = ("w\(number)", "l\(number)")
      var input = TraceDescription.Node.input(weight, 1)
      input.calls = ["net#1", "\(layer)#1"]
      var operation = TraceDescription.Node.operation(layer, "multiply")
      (operation.calls, operation.array) = (input.calls, nil)
      given.nodes += [input, operation]
      given.edges += [
        .init(from: number == 0 ? "J" : "l\(number - 1)", to: layer),
        .init(from: weight, to: layer),
      ]
    }
    given.output = nil
    let trace = try Trace(withoutDerivatives(given))
    var options = FigureOptions()
    options.maxNodes = 150
    let reading = Reading(trace, options)
    #expect(!reading.trace.nodes.contains { $0.id.hasPrefix("w") })
    #expect(reading.trace.nodes.contains { $0.id == "l7" })
    options.folding.opened = ["l7"]
    #expect(Reading(trace, options).trace.nodes.contains { $0.id == "w7" })
    options.maxNodes = nil
    #expect(Reading(trace, options).trace.nodes.count == trace.nodes.count)
  }

  /// The same computation, whose derivatives are to be worked out.
  private func withoutDerivatives(_ given: TraceDescription) -> TraceDescription {
    var given = given
    for node in given.nodes.indices {
      (given.nodes[node].derivative, given.nodes[node].arrayDerivative) = (nil, nil)
    }
    for edge in given.edges.indices {
      (given.edges[edge].contribution, given.edges[edge].arrayContribution) = (nil, nil)
    }
    return given
  }

  @Test func parametersThatOthersUseStay() throws {
    var text = try withoutDerivatives(TraceDescription(module()))
    // The first layer has the second one's weight.
    for edge in text.edges.indices where text.edges[edge].source == "a.W" {
      text.edges[edge].source = "b.W"
    }
    text.nodes[1] = text.nodes.remove(at: 3)
    var options = FigureOptions()
    options.folding.folded = ["net.b"]
    let drawn = try Reading(Trace(text), options).trace.nodes.map(\.id)
    #expect(drawn.contains("b.W"))
  }

  @Test func theDescriptionSaysWhatIsFolded() throws {
    let summary = try reading(recurrent(500), most: 40).summary
    #expect(summary.contains(". 1,992 of 2,001 operations in 1 box;"))
    #expect(summary.contains("h₂ … h₄₉₉ (498 × 4 operations): values "))
    #expect(!summary.contains("h₂₀₀"))
  }
}
