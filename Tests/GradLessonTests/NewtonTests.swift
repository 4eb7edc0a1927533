import GradCore
import GradFigure
import TestSupport
import Testing

@testable import GradLesson

/// Exercises on Newton's method.
@Suite struct NewtonTests {
  /// A step on x⁴ − 2x² from a point.
  private func step(_ x: Double) throws -> (step: NewtonStep, trace: Trace) {
    let tape = Tape()
    let input = tape.input(x, "x")
    let square = input * input
    let trace = tape.trace(of: (square * square - 2 * square).named("y"))
    let step = try #require(
      NewtonStep(
        from: [x], gradient: [trace.nodes[0].derivative], hessian: try trace.hessian()))
    return (step, trace)
  }

  @Test func fromTwoToTheMinimum() throws {
    var x = 2.0
    for expected in [1.4545454545, 1.1510467894, 1.025325929, 1.0009084519] {
      x = try step(x).step.next[0]
      expectClose(x, expected, tolerance: 1e-9)
    }
  }

  @Test func theSheetAsksAndAnswers() throws {
    let (step, trace) = try step(2)
    let picture = Sheet.Picture(alternative: "y", link: "y.svg", tikz: "")
    let sheet = Sheet.newton(Reading(trace), [step], by: [0], picture: picture)
    let text = SheetFormat.text.write(sheet)
    #expect(text.hasPrefix("Exercise: Newton's method on y\n"))
    #expect(text.contains("The rule of a step: x ← x − dx / d²x."))
    #expect(text.contains("  1. dx = ____________\n  2. d²x = ____________\n"))
    #expect(text.contains("  1. dx = 24\n  2. d²x = 44\n  3. x ← 2 − 24 / 44 = 1.4545455\n"))
    #expect(!text.contains("Step 1"))
  }

  @Test func severalInputsAreEquations() throws {
    let tape = Tape()
    let (x, y) = (tape.input(0, "x"), tape.input(2, "y"))
    let (a, b) = (y - x * x, 1 - x)
    let trace = tape.trace(of: (100 * (a * a) + b * b).named("f"))
    let step = try #require(
      NewtonStep(from: [0, 2], gradient: [-2, 400], hessian: try trace.hessian()))
    let picture = Sheet.Picture(alternative: "f", link: "f.svg", tikz: "")
    let sheet = Sheet.newton(Reading(trace), [step], by: [0, 1], picture: picture)
    let text = SheetFormat.text.write(sheet)
    #expect(text.contains("H · s = g"))
    #expect(text.contains("4. ∂²f/∂x∂y = 0\n"))
    #expect(text.contains("7. y ← 2 − 2 = 0\n"))
  }
}
