import GradBase
import GradDrawing
import GradLanguage
import GraphvizGrad

/// What a command line of ``Render`` comes to: which figures go where.
struct RenderPlan {
  private let render: Render
  private let formats: [OutputFormat]
  private var mistakes: [Diagnostic]
  /// The options of the batch.
  let values: BatchArguments.Values

  init(_ render: Render) {
    self.render = render
    let batch = render.batch.values()
    values = batch.values
    mistakes = render.program.mistakes() + render.optionMistakes() + batch.mistakes
    formats = Self.formats(render, &mistakes)
    checkPlaces()
  }

  /// Whether several figures were asked for, or a whole folder, so that a sum is worth a line.
  var isBatch: Bool {
    render.batch.outDir != nil || render.program.files.count > 1
      || render.program.files.contains { isFolder($0) }
  }

  /// All figures, by name; a shard of them if one is wanted.
  ///
  /// - Throws: Everything that is wrong with the command line, folders that cannot be read, and two
  ///   figures with one name.
  func tasks() throws(Failure) -> [FigureTask] {
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    var tasks: [FigureTask] = []
    let program = render.program
    let paths = program.inputs.compactMap(\.path)
    for input in program.inputs where input.path == nil {
      tasks.append(task(input, below: nil))
    }
    let files = try FileSearch.files(paths, endings: program.endings)
    if program.run, !files.contains(where: { ProgramArguments.isScript($0.path) }) {
      throw Failure(.usage, [ProgramArguments.nothingToRun(among: paths)])
    }
    if render.path != nil, max(paths.count, tasks.count + files.count) > 1 {
      throw .usage(
        "several programs cannot all be written to '\(render.path ?? "")'",
        help: "--out-dir with a folder, or leave -o out: each picture then goes beside its program")
    }
    if let other = [render.darkOutput, render.altOutput].compactMap(\.self).first,
      tasks.count + files.count > 1
    {
      throw .usage(
        "several programs cannot all be written to '\(other)'",
        help: "--dark writes a dark picture beside each")
    }
    for file in files { tasks.append(task(program.input(file.path), below: file.below)) }
    var outputs = Outputs(reading: program.inputs.filter { $0 == .standard })
    for task in tasks {
      if let path = task.input.path { outputs.read(path, "program") }
      for place in task.places { outputs.claim(place) }
    }
    if let theme = render.picture.themeFile { outputs.read(theme, "theme") }
    for path in render.program.settingFiles { outputs.read(path, "file of numbers") }
    if let deps = render.batch.deps {
      for task in tasks { outputs.readNumbers(of: task.input) }
      outputs.claim(Output(deps))
    }
    let clashes = outputs.mistakes()
    if !clashes.isEmpty { throw Failure(.usage, clashes) }
    guard let (index, total) = values.shard else { return tasks }
    let order = tasks.indices.sorted { tasks[$0].input.name < tasks[$1].input.name }
    return stride(from: index, to: order.count, by: total).map { tasks[order[$0]] }
  }

  // MARK: One figure

  private func task(_ input: Input, below: String?) -> FigureTask {
    var task = FigureTask(input: input, pictures: [])
    for format in formats {
      let place = place(of: input, below: below, format)
      task.pictures.append(
        .init(
          format: format, isDark: false, place: place,
          isNamed: render.path != nil || place == .standard))
      if render.dark, case .file(let path) = place {
        task.pictures.append(
          .init(
            format: format, isDark: true, place: .file(Self.twin(of: path)), isNamed: false))
      }
    }
    if let dark = render.darkOutput {
      task.pictures.append(.init(format: formats[0], isDark: true, place: Output(dark)))
    }
    task.words = render.altOutput.map { Output($0) }
    return task
  }

  private func place(of input: Input, below: String?, _ format: OutputFormat) -> Output {
    if let path = render.path { return Output(path) }
    guard let file = input.path else { return .standard }
    var path = file
    if let folder = render.batch.outDir {
      path = (folder.hasSuffix("/") ? folder : folder + "/") + (below ?? file)
    }
    return .file("\(Input.stem(of: path)).\(format.fileExtension)")
  }

  /// `name~dark.svg` for `name.svg`, as DocC wants it.
  private static func twin(of path: String) -> String {
    let slash = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    guard let dot = path[slash...].lastIndex(of: ".") else { return path + "~dark" }
    return "\(path[..<dot])~dark\(path[dot...])"
  }

  // MARK: The command line

  private static func formats(_ render: Render, _ mistakes: inout [Diagnostic]) -> [OutputFormat] {
    let choice = FormatChoice(all: OutputFormat.all, needsExtension: true)
    let asked = render.formats.flatMap { $0.split(separator: ",").map(String.init) }
    if asked.isEmpty { return [choice.format(nil, for: render.path, &mistakes)] }
    var formats: [OutputFormat] = []
    for word in asked {
      guard let known = choice.named(word, &mistakes) else { continue }
      if !formats.contains(where: { $0.name == known.name }) { formats.append(known) }
    }
    return formats.isEmpty ? [.svg] : formats
  }

  /// What the places have against each other.
  private mutating func checkPlaces() {
    func mistake(_ message: String, _ help: String? = nil) {
      mistakes.append(Messages.error("usage", message, help: help))
    }
    let inputs = render.program.inputs
    if let path = render.path {
      if formats.count > 1 {
        mistake("several formats cannot all be written to '\(path)'", "leave -o out, or --out-dir")
      }
      if render.batch.outDir != nil {
        mistake("-o names one file and --out-dir a folder", "give one of them")
      }
    }
    if formats.count > 1, inputs.contains(where: { $0.path == nil }) {
      mistake("several formats cannot all be written to standard output", "give one, or a FILE")
    }
    if render.batch.outDir != nil, inputs.contains(where: { $0.path == nil }) {
      mistake(
        "a program without a name has none in a folder either", "-o with the path of the picture")
    }
    for input in inputs {
      let place = place(of: input, below: nil, formats[0])
      if let format = formats.first(where: { !$0.isText }), place == .standard, isatty(1) == 1 {
        mistake("\(format.name) is not text for a terminal", "give a file by -o")
      }
      if render.dark, place == .standard {
        mistake("two pictures cannot both be written to standard output", "give a file by -o")
      }
      if render.batch.check, place == .standard {
        mistake("standard output has nothing that could be checked", "give a file by -o")
      }
    }
  }

  private func isFolder(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }
}
