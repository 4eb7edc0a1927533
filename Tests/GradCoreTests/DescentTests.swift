import TestSupport
import Testing

@testable import GradCore

/// Descent of computations recorded from Swift.
@Suite struct DescentTests {
  /// y = x⁴ − 2x².
  private func quartic(_ x: Double) -> Trace {
    let tape = Tape()
    let x = tape.input(x, "x")
    return tape.trace(of: (x * x * x * x - 2 * x * x).named("y"))
  }

  private func descent(_ start: Double, _ options: Descent.Options) -> Descent {
    let first = quartic(start)
    return Descent(from: first, by: first.parameters, options) {
      quartic($0[0]?.entries[0] ?? .nan)
    }
  }

  @Test func plainStepsGoAgainstTheDerivative() {
    let descent = descent(2, Descent.Options(.sgd, rate: 0.01, count: 3))
    var x = 2.0
    for (number, step) in descent.steps.enumerated() {
      #expect(step.number == number && isClose(step.parameters[0].entries, [x]))
      #expect(isClose([step.loss], [x * x * x * x - 2 * x * x]))
      #expect(isClose(step.derivatives[0].entries, [4 * x * x * x - 4 * x]))
      x -= 0.01 * (4 * x * x * x - 4 * x)
    }
    #expect(descent.steps.count == 4 && descent.ending == .complete)
    #expect(descent.names == ["x"] && descent.output == "y" && descent.change == nil)
  }

  @Test func shownStepsKeepTheirComputation() {
    let descent = descent(2, Descent.Options(.sgd, rate: 0.01, count: 30, shown: [0, 7]))
    #expect(descent.traces.map(\.step) == [0, 7, 30])
    for (step, trace) in descent.traces {
      #expect(trace.nodes[trace.output].value == descent.steps[step].loss)
    }
    #expect(Descent.Options(count: 100).shown == [0, 1, 2, 5, 10, 20, 50, 100])
    #expect(Descent.Options(count: 7).shown == [0, 1, 2, 5, 7])
    #expect(Descent.Options(count: 1).shown == [0, 1])
  }

  @Test func itEndsWhereNumbersAreNoLongerFinite() throws {
    let descent = descent(3, Descent.Options(.sgd, rate: 1, count: 100))
    guard case .notFinite(let step, _) = descent.ending else {
      Issue.record("\(descent.ending)")
      return
    }
    #expect(step == descent.steps.count && descent.traces.last?.step == step - 1)
    #expect(descent.steps.allSatisfy { $0.loss.isFinite })
  }

  @Test func anotherGraphIsNoted() {
    func trace(_ x: Double) -> Trace {
      let tape = Tape()
      let variable = tape.input(x, "x")
      return tape.trace(of: (x > 1 ? variable * variable : 3 * variable + 1).named("y"))
    }
    let first = trace(2)
    let descent = Descent(
      from: first, by: first.parameters, Descent.Options(.sgd, rate: 0.1, count: 5)
    ) { trace($0[0]?.entries[0] ?? .nan) }
    // 2, 1.6, 1.28, 1.024, 0.8192
    #expect(descent.change?.step == 4)
  }

  @Test func everyOptimizerIsInTheCatalog() {
    let files = fileNames(in: "Sources/GradCore/Optimizers").filter { $0.hasSuffix(".swift") }
    #expect(
      files.map { $0.dropLast(6).lowercased() }.sorted() == Optimizer.all.map(\.name).sorted())
  }

  @Test func tablesHoldEveryStep() {
    let descent = descent(2, Descent.Options(.sgd, rate: 0.01, count: 2))
    let lines = descent.csv.split(separator: "\r\n")
    #expect(lines.count == 4 && lines[0] == "step,y,x,dy/dx" && lines[1] == "0,8,2,24")
    #expect(descent.json.contains(#""steps": ["#))
  }
}

/// Whether numbers agree to `tolerance`, relative to each and at least to that of 1.
private func isClose(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-12) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}
