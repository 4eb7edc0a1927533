import GradCore
import GradFigure
import GradLanguage

@testable import GradDrawing

/// The figure of a program, with options that `change` sets.
func figure(_ text: String, _ change: (inout FigureOptions) -> Void = { _ in }) throws -> Figure {
  var options = FigureOptions()
  change(&options)
  return try Figure(Reading(Program(Source("test.grad", text: text)).trace().trace, options))
}

/// The drawing of a program, laid out in an order of our own.
func drawing(
  _ text: String, theme: Theme = .light, hasBackground: Bool = true,
  _ change: (inout FigureOptions) -> Void = { _ in }
) throws -> Drawing {
  let figure = try figure(text, change)
  return Drawing(figure, Layout(inOwnOrder: figure), theme: theme, hasBackground: hasBackground)
}

/// The frames of a program, laid out in an order of our own.
func frames(
  _ text: String, theme: Theme = .light, _ choose: (inout Frames.Options) -> Void = { _ in },
  figure change: (inout FigureOptions) -> Void = { _ in }
) throws -> Frames {
  let trace = try Program(Source("test.grad", text: text)).trace().trace
  var options = FigureOptions()
  change(&options)
  var chosen = Frames.Options()
  choose(&chosen)
  return Frames(try drawing(text, theme: theme, change), Reading(trace, options).steps, chosen)
}

let lecture = "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"

/// The trace of an input called `name` and its double.
func record(named name: String) -> Trace {
  let tape = Tape()
  let x = tape.input(2, name)
  return tape.trace(of: (2 * x).named("y"))
}
