import ArgumentParser
import GradFigure
import GradLanguage
import GradLesson
import GraphvizGrad

/// Writes exercise sheets.
struct Exercise: FigureVerb {
  static let configuration = CommandConfiguration(
    abstract: "Write an exercise sheet: the figure with blanks, questions, and the answers.",
    discussion: """
      EXAMPLES:
        graphviz-grad sample lecture -o lecture.grad
        graphviz-grad exercise lecture.grad -o sheet.tex
        graphviz-grad exercise lecture.grad --blank values,db --vary --seed 7 -o sheet.md
        graphviz-grad exercise lecture.grad --vary --seed 7 --answers only -o key.md
        graphviz-grad sample norm-squared | graphviz-grad exercise - --blank 'dW,q[0]' -o arrays.md
        graphviz-grad exercise -e 'x = 2; y = x**4 - 2*x**2' --newton 2 -o newton.tex

      Markdown points at the figure, which is written beside PATH as SVG; LaTeX holds it. Without \
      --blank all derivatives are asked for. --newton asks for steps of Newton's method: derivatives, second \
      derivatives and the next point.
      """)

  @OptionGroup var program: ProgramArguments

  @OptionGroup var place: PathArguments

  @Option(
    name: .property("format"),
    help: "One of \(words(formats.map(\.name))) (default: by PATH, else markdown).",
    completion: .list(formats.map(\.name)))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "Where the answers are: behind the questions, none, or only they (default: behind).",
      valueName: "place"),
    completion: .list(Sheet.Answers.allCases.map(\.rawValue)))
  var answers: String?

  @Option(
    help: ArgumentHelp(
      "How many steps of Newton's method to ask for, 1 to 10 (default: none).", valueName: "number")
  )
  var newton: String?

  @OptionGroup(title: "Figure options") var writing: WritingArguments

  @OptionGroup(title: "Figure options") var trace: TraceArguments

  @OptionGroup(title: "Figure options") var picture: PictureArguments

  @OptionGroup(title: "Figure options") var figure: FigureArguments

  @OptionGroup var limits: LimitArguments

  private static let formats: [SheetFormat] = [.markdown, .latex]

  func run() throws {
    let (limits, faults) = limits.values()
    var mistakes = program.mistakes() + optionMistakes() + faults
    let chosen = FormatChoice(all: Self.formats).format(format, for: place.path, &mistakes)
    if program.inputs.count > 1 {
      mistakes.append(Messages.error("usage", "an exercise is about one program"))
    }
    let steps = newton.map { Int($0) ?? 0 }
    if let newton, let steps, !(1...10).contains(steps) {
      mistakes.append(
        Messages.error(
          "bad-option", "--newton: '\(newton)' is no number of steps",
          help: "a whole number from 1 to 10"))
    }
    let answers = answers.map { Sheet.Answers(rawValue: $0) } ?? .behind
    if let word = self.answers, answers == nil {
      let mistake = FigureOption.Mistake(
        unknown: word, "place of answers", Sheet.Answers.allCases.map(\.rawValue))
      mistakes.append(
        Messages.error("bad-option", "--answers: \(mistake.message)", help: mistake.help))
    }
    // A key alone has no picture.
    let hasPicture = chosen.name == SheetFormat.markdown.name && answers != .only
    var outputs = Outputs(reading: program, to: Output(place.path))
    if let theme = picture.themeFile { outputs.read(theme, "theme") }
    if hasPicture, let picturePath {
      outputs.claim(.init(output: .file(picturePath), isNamed: false))
    }
    mistakes += outputs.mistakes()
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    var arguments = try RequestArguments(program, options)
    arguments.limits = limits
    let name = program.inputs[0].name
    let figure = try arguments.results { request throws(FigureError) in
      var request = request
      request.demands = { if $0.blanks.isEmpty { $0.blanks.kinds = [.derivatives] } }
      return try Watchdog.watching(name, limits) { () throws(FigureError) in try request.figure() }
    }[0]
    let link = hasPicture ? picturePath?.split(separator: "/").last.map(String.init) : ""
    let drawn: (sheet: Sheet, svg: String, warnings: [PictureWarning])
    do {
      drawn = try Watchdog.watching(name, limits) { () throws(FigureError) in
        let answers = answers ?? .behind
        if let steps {
          return try figure.newtonExercise(steps: steps, link: link, answers: answers)
        }
        return try figure.exercise(link: link, answers: answers)
      }
    } catch {
      throw Failure(error)
    }
    var results = [Array(chosen.write(drawn.sheet).utf8)]
    if outputs.places.count > 1 {
      results.append(Stamp.signed(Array(drawn.svg.utf8), OutputFormat.svg.kind))
    }
    try outputs.write(results)
    Messages.write(figure.computation.warnings + drawn.warnings.map(Diagnostic.init))
  }

  /// Where the picture of a sheet in Markdown goes; `nil` to put it into the sheet.
  private var picturePath: String? {
    let path = place.path
    if path == "-" { return nil }
    let stem = path.hasSuffix(".md") ? String(path.dropLast(3)) : path
    return "\(stem).svg"
  }
}
