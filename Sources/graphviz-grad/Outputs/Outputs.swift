import GradBase
import GradLanguage
import GraphvizGrad

/// Everything that a command writes, looked at as a whole before anything is written.
///
/// No result goes where the command reads something, no two go to one file, and a file whose name the
/// command line does not say itself is replaced only if this tool made it.
struct Outputs {
  /// Where a result goes.
  struct Place {
    var output: Output
    /// Whether the command line says this very name, so that whatever is there may go.
    var isNamed = true
    /// The program that it is of, where there are several.
    var owner: String?
    /// Where in a document it is asked for.
    var span: Span?
    /// A folder that it must not leave; `nil` where the command line says where it goes.
    var folder: String?
  }

  /// The results, in the order in which they are written.
  private(set) var places: [Place] = []
  private var sources: [Source] = []
  /// The programs, which may read more files.
  private var program: ProgramArguments?
  /// Whether folders that are not there are made.
  var makesFolders = false

  /// What the command reads.
  private struct Source {
    var name: String
    var kind: String
    var place: FilePlace
  }

  /// - Parameters:
  ///   - inputs: The programs.
  ///   - output: Where the one result goes; more can be claimed.
  init(reading inputs: [Input] = [], to output: Output? = nil) {
    for input in inputs {
      switch input {
      case .file, .script: read(input.path ?? "", "program")
      // A program may come from a file without the command line saying so.
      case .standard: read("/dev/stdin", "program", as: "<stdin>")
      case .expression: break
      }
    }
    if let output { claim(output) }
  }

  /// - Parameters:
  ///   - program: The programs, with what their options read.
  ///   - output: Where the one result goes; more can be claimed.
  init(reading program: ProgramArguments, to output: Output? = nil) {
    self.init(reading: program.inputs, to: output)
    self.program = program
  }

  /// The command also reads the file at `path`.
  mutating func read(_ path: String, _ kind: String, as name: String? = nil) {
    let place = FilePlace(path)
    if place.file != nil, place.isPlain {
      sources.append(Source(name: name ?? path, kind: kind, place: place))
    }
  }

  /// A result goes there.
  mutating func claim(_ output: Output) { places.append(Place(output: output)) }

  /// A result goes there.
  mutating func claim(_ place: Place) { places.append(place) }

  // MARK: What is wrong

  /// What the places have against what is read, and against each other: mistakes of the command line.
  func mistakes() -> [Diagnostic] {
    var mistakes: [Diagnostic] = []
    var folders: [String: String] = [:]
    var files: [String: Int] = [:]
    var paths: [String: Int] = [:]
    var known: [String: Source] = [:]
    for source in (sources + numberFiles).reversed() {
      if let file = source.place.file { known[file] = source }
    }
    for (index, place) in places.enumerated() {
      guard case .file(let path) = place.output else {
        if let other = places[..<index].first(where: { $0.output == .standard }) {
          mistakes.append(Self.clash(place, other, "standard output"))
        }
        continue
      }
      let found = FilePlace(path, &folders)
      // A terminal or a null device takes more than one result.
      guard found.isPlain else { continue }
      if let file = found.file, let source = known[file] {
        mistakes.append(
          Messages.error(
            "usage", "'\(source.name)' is the \(source.kind) itself, not written over",
            help: "give another file"))
      }
      let other = found.file.flatMap { files[$0] } ?? paths[found.path]
      if let other { mistakes.append(Self.clash(place, places[other], "'\(path)'")) }
      if let file = found.file { files[file] = index }
      paths[found.path] = index
    }
    return mistakes
  }

  /// The files of numbers that the programs and their options name, where there is a file to be written.
  private var numberFiles: [Source] {
    guard let program, places.contains(where: { $0.output != .standard }) else { return [] }
    var reading = Outputs()
    for path in program.settingFiles { reading.read(path, "file of numbers") }
    for input in program.inputs { reading.readNumbers(of: input) }
    return reading.sources
  }

  /// The command also reads the files that a program names: `np.load("data.npy")`.
  mutating func readNumbers(of input: Input) {
    guard case .file = input, let path = input.path, FilePlace(path).isPlain,
      let source = try? input.source()
    else { return }
    var request = FigureRequest(source)
    request.dataFiles = .ofProgram(source.path, isTrusted: true)
    for path in request.dataSources { read(path, "file of numbers") }
  }

  private static func clash(_ place: Place, _ other: Place, _ name: String) -> Diagnostic {
    guard let owner = place.owner, let first = other.owner, owner != first else {
      return Messages.error(
        "usage", "two results cannot both be written to \(name)", help: "give each its own file")
    }
    return Diagnostic(
      .error, code: "name-clash", "\(name) would also be the picture of '\(first)'", file: owner,
      help: "rename one of the programs, or draw them apart")
  }

  /// Files that would be replaced although nobody named them and this tool did not make them, and those
  /// that would leave their folder.
  func foreignFiles() -> [Diagnostic] { places.compactMap(Self.refusal) }

  private static func refusal(of place: Place) -> Diagnostic? {
    guard case .file(let path) = place.output else { return nil }
    if let folder = place.folder, !FilePlace(path).isInside(folder) {
      return Diagnostic(
        .error, code: "outside", "the figure would be written to '\(path)', outside of the folder",
        file: place.owner ?? "graphviz-grad", span: place.span,
        help: "only the command line can send figures there, by --folder")
    }
    if place.isNamed { return nil }
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size > 0 else {
      return nil
    }
    // What cannot be read, or is longer than anything that is read, is somebody else's.
    if let bytes = try? contents(ofFile: path), Stamp.marks(bytes) { return nil }
    return Diagnostic(
      .error, code: "foreign-file",
      "the result would replace '\(path)', which graphviz-grad has not made",
      file: place.owner ?? "graphviz-grad", span: place.span,
      help: place.span == nil
        ? "move the file, or let the result have another name"
        : "give the block another name, as #cost, or move the file")
  }

  /// All that is wrong.
  ///
  /// - Throws: ``Failure``, of the command line or of what is in the folders.
  func check() throws(Failure) {
    let mistakes = mistakes()
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    let foreign = foreignFiles()
    if !foreign.isEmpty { throw Failure(.program, foreign) }
  }

  // MARK: Writing

  /// Writes all results, or none.
  ///
  /// - Parameter contents: One for each of ``places``.
  /// - Throws: ``Failure``; everything is as before then.
  func write(_ contents: [[UInt8]]) throws(Failure) {
    precondition(contents.count == places.count, "each place has its bytes")
    var change = try begin()
    do throws(Failure) {
      for (bytes, place) in zip(contents, places) { try change.add(bytes, to: place.output) }
    } catch {
      change.cancel()
      throw error
    }
    try change.commit()
  }

  /// Checks all places and makes their folders, before anything is written.
  ///
  /// - Throws: ``Failure``; everything is as before then.
  func begin() throws(Failure) -> FileChange {
    try check()
    var change = FileChange()
    if makesFolders { try change.makeFolders(of: places.map(\.output)) }
    return change
  }

  /// Writes the one result.
  func write(_ text: String) throws(Failure) { try write([Array(text.utf8)]) }
}
