import GradBase
import GradLanguage
import GraphvizGrad

/// The program `dot` with one language more: programs become figures, plain graphs what `dot` makes of
/// them.
///
/// <https://graphviz.org/doc/info/command.html>
struct DotStandIn {
  private var arguments: DotArguments
  private let words: [String]

  private init(_ words: [String]) {
    self.words = words
    arguments = DotArguments(words)
  }

  /// Does what the words ask for and ends the process in the way of `dot`: 1 for anything wrong.
  static func run(_ words: [String]) -> Never {
    var standIn = DotStandIn(words)
    do throws(Failure) {
      exit(try standIn.answer())
    } catch {
      Messages.write(error.diagnostics)
      exit(1)
    }
  }

  private mutating func answer() throws(Failure) -> Int32 {
    switch arguments.question {
    case .version:
      let dot = try graphviz { () throws(GraphvizError) in try DotProgram.version() }
      let words = "\(dot)\ngraphviz-grad \(Version.project)\n"
      _ = words.withCString { write(2, $0, strlen($0)) }
      return 0
    case .help:
      try Output.standard.write(
        "Draws programs (*.grad) as computation graphs, and plain graphs as dot does.\n")
      return try plain(["-?"])
    case .graphviz: return try plain(words)
    case nil: return try draw()
    }
  }

  private mutating func draw() throws(Failure) -> Int32 {
    let inputs: [Input] =
      arguments.inputs.isEmpty ? [.standard] : arguments.inputs.map { .file($0) }
    var code: Int32 = 0
    var programs: [Source] = []
    var (graphCount, missingCount) = (0, 0)
    // What Graphviz is told: the options, the plain graphs, and the files that nobody can read, of which it
    // complains in its own words.
    var rest: [String?] = words
    for (position, input) in inputs.enumerated() {
      var name: String?
      do throws(Failure) {
        let bytes = try input.bytes()
        if PlainGraph.isPlainGraph(bytes) {
          name = try Rereading.path(of: input, bytes)
          graphCount += 1
        } else {
          programs.append(
            Source(arguments.inputs.isEmpty ? "<stdin>" : arguments.inputs[position], bytes: bytes))
        }
      } catch {
        if case .file(let path) = input, access(path, R_OK) != 0 {
          name = path
          missingCount += 1
        } else {
          Messages.write(error.diagnostics)
          code = 1
        }
      }
      if !arguments.places.isEmpty { rest[arguments.places[position]] = name }
    }
    if !programs.isEmpty, graphCount > 0, !arguments.namesAfterInput {
      throw Failure(
        .program,
        [
          Messages.error(
            "usage", "programs and plain graphs cannot share one output",
            help: "give -O, which names a file after each input, or draw them one by one")
        ])
    }
    if !programs.isEmpty { code = max(code, try draw(programs)) }
    if graphCount + missingCount > 0 {
      let files = try stage(&rest)
      code = max(code, try plain(rest.compactMap(\.self)))
      var change = FileChange()
      for file in files where file.isWritten { change.adopt(file) }
      try change.commit()
    }
    return code
  }

  /// Lets Graphviz write the files of `-o` under other names first, as everything else is written.
  private func stage(_ words: inout [String?]) throws(Failure) -> [StagedFile] {
    var files: [StagedFile] = []
    for (place, path) in zip(arguments.outputPlaces, arguments.outputs) {
      // What cannot be written, Graphviz says in its own words; two formats in one file are its affair.
      guard arguments.outputs.count(where: { $0 == path }) == 1, let file = try? StagedFile(path),
        let temporary = file.temporary, file.canBeWritten
      else { continue }
      PendingFiles.add(temporary)
      words[place.word] = place.prefix + temporary
      files.append(file)
    }
    return files
  }

  // MARK: Programs

  /// Draws programs; one that is wrong does not keep the others from being drawn where each has files of
  /// its own.
  private mutating func draw(_ programs: [Source]) throws(Failure) -> Int32 {
    if arguments.formats.isEmpty { arguments.formats = ["dot"] }
    if programs.count > 1, !arguments.namesAfterInput, !arguments.outputs.isEmpty {
      throw Failure(
        .program,
        [
          Messages.error(
            "usage", "several programs cannot all be written to '\(arguments.outputs[0])'",
            help: "give -O, which names a file after each input")
        ])
    }
    if arguments.outputs.count > arguments.formats.count, !arguments.namesAfterInput {
      throw Failure(
        .program,
        [
          Messages.error(
            "usage", "'\(arguments.outputs[arguments.formats.count])' has no format",
            help: "give a -T for each -o")
        ])
    }
    var formats: [OutputFormat] = []
    for word in arguments.formats { formats.append(try DotFormat.named(word)) }
    let options = try arguments.options()
    if !arguments.engines.isEmpty {
      let engines = arguments.engines.map { "-K\($0)" }
      try graphviz { () throws(GraphvizError) in try DotProgram.check(engines) }
    }
    var code: Int32 = 0
    for source in programs {
      do throws(Failure) {
        try draw(source, formats, options)
      } catch {
        Messages.write(error.diagnostics)
        code = 1
      }
    }
    return code
  }

  /// Draws a program in all formats before anything is written.
  private func draw(
    _ source: Source, _ formats: [OutputFormat], _ options: [OptionText]
  ) throws(Failure) {
    var request = FigureRequest(source)
    request.options = options
    // As large on a page as in SVG, and the resolution that dot has too.
    request.defaults.resolution = .dotsPerInch(96)
    var warnings: [Diagnostic] = []
    var results: [(bytes: [UInt8], path: String?)] = []
    do throws(FigureError) {
      let figure = try request.figure(in: formats)
      warnings = figure.computation.warnings
      Watchdog.begin(source.name, Limits())
      defer { Watchdog.end() }
      for (position, format) in formats.enumerated() {
        // A name that the command line does not say is that of a file which tells who made it.
        let picture = try figure.picture(format, isSigned: arguments.namesAfterInput)
        warnings.add(picture.warnings)
        let input = arguments.inputs.isEmpty ? nil : source.name
        results.append((picture.bytes, arguments.output(position, of: input)))
      }
    } catch {
      throw Failure(error)
    }
    var outputs = Outputs(
      reading: arguments.inputs.isEmpty ? [.standard] : arguments.inputs.map { .file($0) })
    for (format, result) in zip(formats, results) {
      guard let path = result.path else { continue }
      outputs.claim(
        .init(
          output: .file(path),
          isNamed: !arguments.namesAfterInput || format.name == OutputFormat.cmap.name,
          owner: source.name))
    }
    var contents = results.filter { $0.path != nil }.map(\.bytes)
    // As dot does, one after another.
    let shown = results.filter { $0.path == nil }.flatMap(\.bytes)
    if !shown.isEmpty {
      outputs.claim(.standard)
      contents.append(shown)
    }
    try outputs.write(contents)
    if !arguments.isQuiet { Messages.write(warnings) }
  }

  // MARK: Plain graphs

  /// Lets Graphviz do everything.
  private func plain(_ words: [String]) throws(Failure) -> Int32 {
    // As dot, it ends without a word when nobody reads its output any more.
    signal(SIGPIPE, SIG_DFL)
    return try graphviz { () throws(GraphvizError) in try DotProgram.run(words) }
  }

  private func graphviz<Result>(
    _ body: () throws(GraphvizError) -> Result
  ) throws(Failure) -> Result {
    do throws(GraphvizError) {
      return try body()
    } catch {
      throw Failure(error)
    }
  }
}
