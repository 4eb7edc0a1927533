import ArgumentParser
import GradLanguage
import GraphvizGrad

/// The options that say what to compute; the same for every verb that reads programs.
struct ProgramArguments: ParsableArguments {
  @Argument(
    help: "Programs (.grad, .py, .ipynb), or traces as JSON; - is standard input.",
    completion: .file(extensions: ["grad", "py", "ipynb", "json"]))
  var files: [String] = []

  @Option(
    name: .property("expressions"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A program given inline; several are lines of one (default: none).", valueName: "program"))
  var expressions: [String] = []

  @Option(
    name: .property("settings"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Gives an input another value: b=3.001, or a=5,b=1/3; repeatable (default: none).",
      valueName: "name=value"))
  var settings: [String] = []

  @Option(
    name: .property("output"),
    help: ArgumentHelp(
      "The output, any named node (default: the last statement's).", valueName: "name"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Which cells of code of a notebook are read, 3 or 1-4 (default: up to the one that "
        + "differentiates).", valueName: "cells"))
  var cells: String?

  @Flag(help: "Draw other small whole numbers for the inputs, by --seed (default: no).")
  var vary = false

  @Option(
    help: ArgumentHelp(
      "Which numbers --vary draws; a whole number, say one a student (default: 1).",
      valueName: "number"))
  var seed: String?

  @Flag(
    help: ArgumentHelp(
      "Let programs name files beside them in their #: lines, such as --theme mine.json (default: no)."
    ))
  var trustHeads = false

  @Flag(
    help: ArgumentHelp(
      "Run each FILE that ends in .py with Python, and take what PyTorch computes in it (default: no, "
        + "it is read and never run)."))
  var run = false

  @Option(
    help: ArgumentHelp(
      "With --run, the Python that has the package graphviz_grad (default: $PYTHON, else that of the "
        + "wheel, else python3).", valueName: "program"), completion: .file())
  var python: String?

  @Option(
    name: .property("scriptArguments"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "With --run, a word for the script's own command line; repeatable (default: none).",
      valueName: "word"))
  var scriptArguments: [String] = []

  @OptionGroup var messages: MessageArguments

  /// The programs to read.
  var inputs: [Input] {
    expressions.isEmpty
      ? files.map { $0 == "-" ? .standard : input($0) }
      : [.expression(expressions.joined(separator: "\n"))]
  }

  /// Everything that is wrong with the options; to be asked for before anything is read.
  func mistakes() -> [Diagnostic] {
    var mistakes = messages.mistakes() + scriptMistakes()
    if let seed, Int(seed) == nil {
      mistakes.append(Messages.error("bad-option", "--seed: '\(seed)' is no whole number"))
    } else if seed != nil, !vary {
      mistakes.append(
        Messages.error("bad-option", "--seed says nothing without --vary", help: "--vary"))
    }
    if let cells, cellRange == nil {
      mistakes.append(
        Messages.error(
          "bad-option", "--cells: '\(cells)' is no range of cells",
          help: "--cells 3, or --cells 1-4"))
    }
    if files.isEmpty, expressions.isEmpty {
      mistakes.append(
        Messages.error(
          "usage", "no program given", help: "name a FILE, - for standard input, or -e 'J = 3 * 2'")
      )
    }
    if !files.isEmpty, !expressions.isEmpty {
      mistakes.append(Messages.error("usage", "a FILE and -e were given", help: "give one of them"))
    }
    if files.count(where: { $0 == "-" }) > 1 {
      mistakes.append(Messages.error("usage", "standard input can be read once only"))
    }
    return mistakes
  }

  /// The cells of a notebook that are asked for.
  var cellRange: ClosedRange<Int>? {
    let bounds = (cells ?? "").split(separator: "-", omittingEmptySubsequences: false).map {
      Int($0)
    }
    guard let first = bounds[0], let last = bounds[bounds.count - 1], bounds.count <= 2, first >= 1,
      last >= first
    else { return nil }
    return first...last
  }

  /// Which variant of the programs is wanted; `nil` for the programs as they stand.
  var variant: Int? { vary ? seed.map { Int($0) ?? 1 } ?? 1 : nil }

  /// The values given by `--set`.
  ///
  /// - Throws: Everything that is wrong with them, as a mistake on the command line.
  func parsedValues() throws(Failure) -> [InputValue] {
    var values: [InputValue] = []
    var mistakes: [Diagnostic] = []
    for text in settings {
      if let (name, path) = Self.fileSetting(text) {
        do throws(Unreadable) {
          let bytes = try contents(ofFile: path)
          do throws(ArrayFile.Fault) {
            values.append(InputValue(name, try ArrayFile(bytes, named: path).array, from: path))
          } catch {
            mistakes.append(Messages.error("invalid-setting", error.message, help: error.help))
          }
        } catch {
          mistakes.append(
            Messages.error(
              "file", "--set \(name): cannot read '\(path)': \(error.reason)", help: error.help))
        }
        continue
      }
      do {
        values += try InputValue.parse(Source("--set", text: text))
      } catch {
        mistakes += error.diagnostics
      }
    }
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    return values
  }

  /// The files that settings name.
  var settingFiles: [String] { settings.compactMap { Self.fileSetting($0)?.path } }

  /// The name and the path of a setting that is a file: `X=@data.npy`.
  private static func fileSetting(_ text: String) -> (name: String, path: String)? {
    guard let sign = text.firstRange(of: "=@") else { return nil }
    let name = text[..<sign.lowerBound].filter { $0 != " " }
    guard !name.isEmpty, !name.contains(where: { "=,;".contains($0) }) else { return nil }
    return (name, String(text[sign.upperBound...]))
  }

  /// The programs, read and recorded; scripts run for as long as `limits` allow.
  ///
  /// - Throws: What is wrong with all of them.
  func computations(within limits: Limits) throws(Failure) -> [Computation] {
    var arguments = try RequestArguments(self)
    arguments.limits = limits
    return try arguments.results { request throws(FigureError) in
      try request.computation()
    }
  }
}
