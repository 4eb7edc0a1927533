import ArgumentParser
import GradFigure
import GradLanguage
import GradLesson
import GraphvizGrad

/// What verbs have in common that write matrices of derivatives: programs, where to, and how it looks.
struct MatrixArguments: ParsableArguments, OptionArguments {
  @OptionGroup var program: ProgramArguments

  @OptionGroup var scriptTime: ScriptTimeArguments

  @OptionGroup var writing: WritingArguments

  @OptionGroup var picture: PictureArguments

  @Option(
    name: .property("path"),
    help: ArgumentHelp("Where to write (default: -, standard output).", valueName: "path"),
    completion: .file())
  var path = "-"

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
    return writing.given + picture.given
      + all.compactMap { name, value in value.map { (name, $0) } }
  }

  /// Writes the matrices of all programs.
  ///
  /// - Parameters:
  ///   - kind: Which matrix.
  ///   - seed: What it is multiplied by on its left; empty for nothing.
  /// - Throws: ``Failure``, for everything that is wrong with the command line or the programs.
  func run(_ kind: MatrixReading.Kind, seed: [String] = []) throws {
    var mistakes = program.mistakes() + scriptTime.mistakes(runs: program.scripts.run)
    mistakes += self.mistakes()
    let chosen = FormatChoice(all: MatrixOutput.all).format(format, for: path, &mistakes)
    var wanted = MatrixRequest(kind, of: program.output, by: wrt)
    wanted.direction = vector(directionVector, "direction-vector", &mistakes)
    wanted.seed = vector(seed, "seed-vector", &mistakes)
    if !directionVector.isEmpty, !seed.isEmpty {
      mistakes.append(
        Messages.error(
          "usage", "--direction-vector and --seed-vector stand on two sides of the matrix",
          help: "give one of them"))
    }
    if arrays == "shape" {
      mistakes.append(
        Messages.error(
          "bad-option", "--arrays: a matrix has no look 'shape'", help: "auto, entries or heat"))
    }
    if case .picture = chosen.kind, program.inputs.count > 1 {
      mistakes.append(Messages.error("usage", "a figure is of one program"))
    }
    var outputs = Outputs(reading: program.inputs, to: Output(path))
    if let theme = picture.themeFile { outputs.read(theme, "theme") }
    mistakes += outputs.mistakes()
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    var arguments = try RequestArguments(program, options)
    arguments.defaults.figure.entries = 64
    arguments.limits = scriptTime.limits
    let results = try arguments.results { request throws(FigureError) in
      var request = request
      wanted.prepare(&request)
      let figure = try request.figure()
      return (figure, try wanted.matrix(of: figure))
    }
    var warnings = results.flatMap { $0.0.warnings }
    var bytes: [UInt8] = []
    switch chosen.kind {
    case .text(let format):
      bytes = Array(results.map { format.write($0.1) }.joined(separator: format.separator).utf8)
    case .picture(let format):
      do throws(GraphvizError) {
        let picture = try results[0].1.picture(format, results[0].0.options)
        bytes = picture.bytes
        warnings += picture.warnings.map(Diagnostic.init)
      } catch {
        throw Failure(error)
      }
    }
    try outputs.write([bytes])
    Messages.write(warnings)
  }

  private func vector(
    _ texts: [String], _ option: String, _ mistakes: inout [Diagnostic]
  ) -> VectorText? {
    if texts.isEmpty { return nil }
    do throws(FigureOption.Mistake) {
      return try VectorText(parsing: texts, option: option)
    } catch {
      mistakes.append(
        Messages.error(
          error.file == nil ? "bad-option" : "file", "--\(option): \(error.message)",
          help: error.help))
      return nil
    }
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
