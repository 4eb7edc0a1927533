import GradCore
import GradLanguage

@testable import GradFigure

/// The trace of a program.
func trace(_ text: String) throws -> Trace {
  try Program(Source("test.grad", text: text)).trace().trace
}

/// The figure of a program, with options that `change` sets.
func figure(_ text: String, _ change: (inout FigureOptions) -> Void = { _ in }) throws -> Figure {
  var options = FigureOptions()
  change(&options)
  return try Figure(Reading(trace(text), options))
}

let lecture = "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"
let colah = "a=2; b=1; c=a+b; d=b+1; e=c*d"
let neuron = "w0=2; x0=-1; w1=-3; x1=-2; w2=-3; f=1/(1+exp(-(w0*x0+w1*x1+w2)))"

extension Figure {
  /// The text of the cells of one kind, in the order of the nodes.
  func texts(_ kind: Cell.Kind) -> [String] {
    nodes.flatMap { node in node.rows.joined().filter { $0.kind == kind }.map(\.content.text.plain)
    }
  }

  /// What stands at the edges, label by label.
  var labelTexts: [String] { edges.flatMap { $0.labels.map(\.content.text.plain) } }
}
