import ArgumentParser
import GradDrawing
import GradFigure
import GradLanguage
import GraphvizGrad

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Draws programs.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw programs as pictures.",
    discussion: """
      EXAMPLES:
        graphviz-grad render samples/lecture.grad -o lecture.svg
        graphviz-grad render -e 'w=3; J=(2 + 3*w)**2' --theme dark -T png -o lab.png

      Lines '#: --style lecture --decimals 2' at the head of a program hold options for it; those \
      given here come before them.
      """)

  @OptionGroup var program: ProgramArguments

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Where to write; - is standard output (default: beside FILE, with the format's extension).",
      valueName: "path"), completion: .file())
  var path: String?

  @Option(
    name: [.customShort("T"), .long],
    help:
      "One of \(words(OutputFormat.all.map(\.name))) (default: by the extension of PATH, else svg).",
    completion: .list(OutputFormat.all.map(\.name)))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "Also write the picture in dark colours there, such as name~dark.svg (default: none).",
      valueName: "path"), completion: .file())
  var darkOutput: String?

  @Option(
    help: ArgumentHelp(
      "Also write what the figure says in words there; - is standard output (default: none).",
      valueName: "path"), completion: .file())
  var altOutput: String?

  @OptionGroup(title: "Figure options") var figure: FigureArguments

  func run() throws {
    let (mistakes, format) = mistakesAndFormat()
    if !mistakes.isEmpty { throw Failure(.usage, mistakes) }
    let computations = try program.computations()
    var faults: [Diagnostic] = []
    var options: [PictureOptions] = []
    for computation in computations {
      do {
        let chosen = try figure.options(over: computation.head)
        faults += chosen.figure.faults(in: computation)
        faults += format.faults(of: chosen.figure, file: computation.program.source.name)
        options.append(chosen)
      } catch {
        faults += error.diagnostics
      }
    }
    if !faults.isEmpty { throw Failure(.program, faults) }
    var results: [(bytes: [UInt8], output: Output)] = []
    var warnings: [Diagnostic] = []
    for ((input, computation), options) in zip(zip(program.inputs, computations), options) {
      warnings += computation.warnings
      if let nudge = options.figure.nudge {
        warnings += computation.warnings(after: nudge)
      }
      func draw(_ options: PictureOptions, _ output: Output) throws {
        let picture = try picture(of: computation, format, options)
        let words = picture.warnings.map {
          Messages.warning(code: $0.code, $0.message, help: $0.help)
        }
        warnings += words.filter { !warnings.contains($0) }
        results.append((picture.bytes, output))
      }
      try draw(options, output(for: input, format))
      if let darkOutput {
        var dark = options
        dark.theme = .dark
        try draw(dark, Output(darkOutput))
      }
      if let altOutput {
        let figure = computation.trace.figure(options.figure)
        results.append((Array("\(figure.heading)\n\(figure.summary)\n".utf8), Output(altOutput)))
      }
    }
    // Nothing is written before everything is drawn.
    for (bytes, output) in results { try output.write(bytes) }
    Messages.write(warnings)
  }

  private func picture(
    of computation: Computation, _ format: OutputFormat, _ options: PictureOptions
  ) throws(Failure) -> Picture {
    do {
      return try computation.trace.picture(format, options)
    } catch {
      throw Failure(error)
    }
  }

  private func output(for input: Input, _ format: OutputFormat) -> Output {
    if let path { return Output(path) }
    guard case .file(let file) = input else { return .standard }
    let stem = file.hasSuffix(".grad") ? String(file.dropLast(5)) : file
    return .file("\(stem).\(format.fileExtension)")
  }

  /// Everything that is wrong with the command line, and the format if that is not.
  private func mistakesAndFormat() -> ([Diagnostic], OutputFormat) {
    var mistakes = program.mistakes() + figure.mistakes()
    var chosen = OutputFormat.svg
    if let format {
      if let known = OutputFormat.named(format) {
        chosen = known
      } else {
        let mistake = PictureSetting.Mistake(
          unknown: format, "format", OutputFormat.all.map(\.name))
        mistakes.append(Messages.error("unknown-format", mistake.message, help: mistake.help))
      }
    } else if let path, path != "-" {
      let name = path.split(separator: "/").last ?? ""
      let word = name.contains(".") ? String(name.split(separator: ".").last ?? "") : ""
      if let known = OutputFormat.ofFiles(word) {
        chosen = known
      } else {
        let mistake = PictureSetting.Mistake(
          unknown: word, "extension", OutputFormat.all.map(\.fileExtension))
        mistakes.append(
          Messages.error(
            "unknown-format",
            word.isEmpty ? "'\(path)' has no extension to choose a format by" : mistake.message,
            help: "\(mistake.help ?? ""); or give one by -T"))
      }
    }
    for path in [path, darkOutput, altOutput].compactMap(\.self) where program.inputs.count > 1 {
      mistakes.append(
        Messages.error(
          "usage", "several programs cannot all be written to '\(path)'",
          help: "leave -o out: each picture then goes beside its program"))
    }
    let places = [path ?? (program.inputs == [.standard] ? "-" : nil), darkOutput, altOutput]
      .compactMap(\.self)
    if Set(places).count < places.count {
      mistakes.append(
        Messages.error("usage", "two results cannot both be written to one place"))
    }
    for input in program.inputs {
      if case .file(let file) = input, output(for: input, chosen).isSameFile(as: file) {
        mistakes.append(
          Messages.error("usage", "'\(file)' is the program itself, not written over"))
      }
      if !chosen.isText, output(for: input, chosen) == .standard, isatty(1) == 1 {
        mistakes.append(
          Messages.error(
            "usage", "\(chosen.name) is not text for a terminal", help: "give a file by -o"))
      }
    }
    return (mistakes, chosen)
  }
}
