import ArgumentParser
import GradFigure
import GradLanguage
import GradLesson
import GraphvizGrad

/// The options that only matrices of derivatives have.
struct MatrixArguments: ParsableArguments, OptionArguments {
  @Option(
    name: .property("format"),
    help: "One of \(words(MatrixOutput.all.map(\.name))) (default: by PATH, else table).",
    completion: .list(MatrixOutput.all.map(\.name)))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "The inputs, or entries of them, that have columns, x,W[0, 1] (default: what the program marks, "
        + "else all).",
      valueName: "names"))
  var wrt: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The matrix times this vector instead, a=1,b=0 or 1,0 or W=@w.npy; what is not named is 0 "
        + "(default: none).", valueName: "vector"))
  var directionVector: [String] = []

  @Option(
    help: ArgumentHelp(
      "How a figure shows the numbers: entries or heat; auto draws a heat map of many (default: "
        + "auto).", valueName: "look"),
    completion: .list(["auto", "entries", "heat"]))
  var arrays: String?

  @Option(
    help: ArgumentHelp(
      "How many numbers a figure writes out at most (default: 64).", valueName: "number"))
  var entries: String?

  var given: [(name: String, value: String)] {
    let all: [(String, String?)] = [("arrays", arrays), ("entries", entries)]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }
}

/// What a matrix of derivatives is written as: text, or a figure.
struct MatrixOutput: FileFormat {
  let name: String
  let fileExtension: String
  let kind: Kind

  enum Kind {
    case text(MatrixFormat)
    case picture(OutputFormat)
  }

  private init(_ format: MatrixFormat) {
    (name, fileExtension, kind) = (format.name, format.fileExtension, .text(format))
  }

  private init(_ format: OutputFormat) {
    (name, fileExtension, kind) = (format.name, format.fileExtension, .picture(format))
  }

  /// Every format; files that end in `.tex` are tables, unless TikZ is asked for by name.
  static let all: [MatrixOutput] =
    MatrixFormat.all.map { MatrixOutput($0) }
    + [OutputFormat.svg, .tikz, .typ, .drawio, .png, .webp, .jpg, .pdf, .eps].map {
      MatrixOutput($0)
    }
}
