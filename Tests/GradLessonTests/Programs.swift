import GradCore
import GradFigure
import GradLanguage

@testable import GradLesson

/// The trace of a program.
func trace(_ text: String) throws -> Trace {
  try Program(Source("test.grad", text: text)).trace().trace
}

let lecture = "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"
let colah = "a=2; b=1; c=a+b; d=b+1; e=c*d"
let baydin = "x1=2; x2=5; v1=log(x1); v2=x1*x2; v3=sin(x2); v4=v1+v2; v5=v4-v3"

extension Sheet {
  /// The chains of the sheet as lines of plain text.
  var chains: [String] {
    blocks.compactMap { block in
      if case .chain(let chain) = block { chain.map(\.plain).joined(separator: " = ") } else { nil }
    }
  }

  /// The paragraphs of the sheet as plain text.
  var paragraphs: [String] {
    blocks.compactMap { block in
      if case .paragraph(let text) = block { text.plain } else { nil }
    }
  }

  /// The numbered lines of the sheet as plain text.
  var items: [String] {
    blocks.flatMap { (block) -> [String] in
      if case .items(let items) = block { items.map(\.plain) } else { [] }
    }
  }
}

extension FigureOptions {
  /// Options that differ from the defaults in one thing.
  static func with(_ change: (inout FigureOptions) -> Void) -> FigureOptions {
    var options = FigureOptions()
    change(&options)
    return options
  }
}
