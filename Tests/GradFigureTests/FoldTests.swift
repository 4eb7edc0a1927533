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

  @Test func theDescriptionSaysWhatIsFolded() throws {
    let summary = try reading(recurrent(500), most: 40).summary
    #expect(summary.contains(". 1,992 of 2,001 operations in 1 box;"))
    #expect(summary.contains("h₂ … h₄₉₉ (498 × 4 operations): values "))
    #expect(!summary.contains("h₂₀₀"))
  }
}
