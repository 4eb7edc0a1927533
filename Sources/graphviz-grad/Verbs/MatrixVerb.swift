import ArgumentParser
import GradFigure
import GradLanguage
import GradLesson
import GraphvizGrad

/// A verb that writes matrices of derivatives: programs, where to, and how it looks.
protocol MatrixVerb: ParsableCommand, OptionArguments {
  var program: ProgramArguments { get }
  var scriptTime: ScriptTimeArguments { get }
  var writing: WritingArguments { get }
  var picture: PictureArguments { get }
  var place: PathArguments { get }
  var matrix: MatrixArguments { get }
}

extension MatrixVerb {
  var given: [(name: String, value: String)] { writing.given + picture.given + matrix.given }

  /// Writes the matrices of all programs.
  ///
  /// - Parameters:
  ///   - kind: Which matrix.
  ///   - seed: What it is multiplied by on its left; empty for nothing.
  /// - Throws: ``Failure``, for everything that is wrong with the command line or the programs.
  func run(_ kind: MatrixReading.Kind, seed: [String] = []) throws {
    var mistakes = program.mistakes() + scriptTime.mistakes(runs: program.run)
    mistakes += optionMistakes()
    let chosen = FormatChoice(all: MatrixOutput.all).format(
      matrix.format, for: place.path, &mistakes)
    var wanted = MatrixRequest(kind, of: program.output, by: matrix.wrt)
    wanted.direction = vector(matrix.directionVector, "direction-vector", &mistakes)
    wanted.seed = vector(seed, "seed-vector", &mistakes)
    if !matrix.directionVector.isEmpty, !seed.isEmpty {
      mistakes.append(
        Messages.error(
          "usage", "--direction-vector and --seed-vector stand on two sides of the matrix",
          help: "give one of them"))
    }
    if matrix.arrays == "shape" {
      mistakes.append(
        Messages.error(
          "bad-option", "--arrays: a matrix has no look 'shape'", help: "auto, entries or heat"))
    }
    if case .picture = chosen.kind, program.inputs.count > 1 {
      mistakes.append(Messages.error("usage", "a figure is of one program"))
    }
    var outputs = Outputs(reading: program, to: Output(place.path))
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
