import GradLanguage
import GraphvizGrad

/// What the options of a command line ask of every program.
struct RequestArguments {
  private let program: ProgramArguments
  private let options: [OptionText]
  private let values: [InputValue]
  /// What holds where neither the command line nor a head says anything.
  var defaults = PictureOptions()
  /// How long a script may run.
  var limits = Limits()

  /// - Throws: What is wrong with `--set`.
  init(_ program: ProgramArguments, _ options: [OptionText] = []) throws(Failure) {
    self.program = program
    self.options = options
    values = try program.parsedValues()
  }

  /// What is asked of a program.
  func request(_ source: Source) -> FigureRequest {
    var source = source
    source.cells = program.cellRange
    var request = FigureRequest(source)
    request.options = options
    request.values = values
    request.output = program.output
    request.variant = program.variant
    request.trustsHead = program.trustHeads
    request.dataFiles = .ofProgram(source.path, isTrusted: true)
    request.defaults = defaults
    return request
  }

  /// What comes of every program of the command line.
  ///
  /// - Throws: What is wrong with all of them.
  func results<Result>(
    _ work: (FigureRequest) throws(FigureError) -> Result
  ) throws(Failure) -> [Result] {
    var results: [Result] = []
    var mistakes: [Diagnostic] = []
    for input in program.inputs {
      let request = request(try input.source(limits))
      do throws(FigureError) {
        results.append(try work(request))
      } catch {
        guard case .request(let found) = error else { throw Failure(error) }
        mistakes += found
      }
    }
    if !mistakes.isEmpty { throw Failure(.program, mistakes) }
    return results
  }

  /// The command line of a worker that is to do the same.
  var worker: [String] {
    var words = ["worker"]
    // An empty value after a `=` would be none, and one that begins with a dash needs that sign.
    func add(_ name: String, _ value: String) {
      words += value.isEmpty ? ["--\(name)", ""] : ["--\(name)=\(value)"]
    }
    for option in options {
      if FigureOption.flags.contains(option.name) {
        words.append("--\(option.name)")
      } else {
        add(option.name, option.value)
      }
    }
    for setting in program.settings { add("set", setting) }
    if let cells = program.cells { add("cells", cells) }
    if let output = program.output { add("of", output) }
    if program.trustHeads { words.append("--trust-heads") }
    if program.vary { words.append("--vary") }
    if let seed = program.seed { words.append("--seed=\(seed)") }
    if let style = program.messages.diagnostics { words.append("--diagnostics=\(style)") }
    return words
  }
}
