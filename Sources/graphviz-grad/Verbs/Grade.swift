import ArgumentParser
import GradFigure
import GradLanguage
import GradLesson
import GraphvizGrad

/// Compares a student's answers with the right ones.
struct Grade: LessonVerb {
  static let configuration = CommandConfiguration(
    abstract: "Compare answers with the right numbers.",
    usage: "graphviz-grad grade FILE ANSWERS [OPTIONS]",
    discussion: """
      EXAMPLES:
        graphviz-grad sample lecture -o lecture.grad
        echo '{"db": 6, "dc": 9}' > answers.json
        graphviz-grad grade lecture.grad answers.json
        echo '{"u": 56, "v": 60, "J": 180, "db": 24}' > own.json
        graphviz-grad grade lecture.grad own.json --blank values,db --vary --seed 7

      ANSWERS holds one JSON object, {"db": 6, "dW": [[1, 2]], "dX[0, 1]": 3}; - is standard input. \
      Exits with 1 if an answer is wrong or, with --blank, missing.
      """)

  @OptionGroup var program: ProgramArguments

  @OptionGroup var place: PathArguments

  @OptionGroup var scriptTime: ScriptTimeArguments

  @OptionGroup(title: "Nodes, names and numbers") var writing: WritingArguments

  @OptionGroup(title: "Nodes, names and numbers") var trace: TraceArguments

  @Option(
    help: ArgumentHelp(
      "Numbers that must be answered: "
        + "\(words(Blanks.Kind.allCases.map(\.rawValue))), or names such as db,u,dW[0,1] (default: those that "
        + "are).", valueName: "names"))
  var blank: String?

  @Option(
    help: ArgumentHelp(
      "The difference that passes, relative to the right number (default: 1e-3).",
      valueName: "number"))
  var tolerance: String?

  @Option(
    name: .property("format"),
    help: "One of \(words(GradingFormat.all.map(\.name))) (default: by PATH, else table).",
    completion: .list(GradingFormat.all.map(\.name)))
  var format: String?

  func run() throws {
    var asked = self
    let file = asked.program.files.popLast()
    var mistakes: [Diagnostic] = []
    if file == nil {
      mistakes.append(Messages.error("usage", "no answers given", help: "FILE ANSWERS"))
    }
    let limit = tolerance.map { Double($0) ?? -1 } ?? 1e-3
    if !(limit >= 0 && limit.isFinite) {
      mistakes.append(
        Messages.error("bad-option", "--tolerance: '\(tolerance ?? "")' is no number from 0 on"))
    }
    mistakes += asked.mistakes()
    var outputs = asked.outputs
    if let file, file != "-" { outputs.read(file, "file of answers") }
    if mistakes.isEmpty { mistakes += outputs.mistakes() }
    if asked.program.inputs.count > 1 {
      mistakes.append(Messages.error("usage", "answers are to one program", help: "FILE ANSWERS"))
    }
    guard mistakes.isEmpty, let file else { throw Failure(mistakes: mistakes) }
    let format = try asked.outputFormat(format, among: GradingFormat.all)
    let blanks = blank.map { Blanks(parsing: $0) } ?? Blanks()
    let reading = try asked.figures { $0.demands = { $0.blanks = blanks } }[0].reading
    let given: AnswerFile
    do {
      let input = file == "-" ? Input.standard : .file(file)
      given = try AnswerFile(json: Array(try input.source().text.utf8), named: file)
    } catch let fault as AnswerFile.Fault {
      throw Failure(.program, [Messages.error("bad-answers", fault.message, help: fault.help)])
    }
    let grading = Grading(given.answers, reading, tolerance: limit)
    try outputs.write(format.write(grading))
    if !grading.isPassed { throw Failure(.program, []) }
  }
}
