import Foundation
import GradCore
import GradDrawing
import GradFigure
import GradLanguage
import GraphvizRenderer

/// The figure of a program, with options that `change` sets.
func figure(_ text: String, _ change: (inout FigureOptions) -> Void = { _ in }) throws -> Figure {
  var options = FigureOptions()
  change(&options)
  return try Figure(Reading(Program(Source("test.grad", text: text)).trace().trace, options))
}

/// The drawing of a program.
func drawing(
  _ text: String, theme: Theme = .light, _ change: (inout FigureOptions) -> Void = { _ in }
) throws -> Drawing {
  let figure = try figure(text, change)
  return Drawing(figure, try Layout(figure), theme: theme)
}

let lecture = "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"
let neuron = "w0=2; x0=-1; w1=-3; x1=-2; w2=-3; f=1/(1+exp(-(w0*x0+w1*x1+w2)))"

/// The programs in `samples/`, by name.
enum Samples {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "samples")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".grad") }.map { String($0.dropLast(5)) }.sorted()

  static func text(of name: String) throws -> String {
    try String(contentsOf: folder.appending(path: "\(name).grad"), encoding: .utf8)
  }
}

/// A chain of `length` operations.
func chain(_ length: Int) -> Figure {
  let tape = Tape()
  var x = tape.input(1, "x")
  for _ in 1..<length { x = x + 1 }
  var options = FigureOptions()
  options.detail = .operations
  return Figure(Reading(tape.trace(of: x), options))
}

extension Drawing {
  /// Every line of text, from back to front.
  var lines: [TextLine] {
    parts.flatMap { part in
      part.shapes.compactMap { shape in
        if case .text(let line) = shape { line } else { nil }
      }
    }
  }
}
