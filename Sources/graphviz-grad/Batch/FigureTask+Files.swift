import GradBase
import GradLanguage
import GraphvizGrad

extension FigureTask {
  /// Whether it needs no other process's standard input or output.
  var isOfFiles: Bool {
    guard case .file = input else { return false }
    return !pictures.contains { $0.place == .standard } && words != .standard
  }

  /// Refuses to replace files that this tool did not make, and the theme that the program names.
  func refuseForeign(_ request: FigureRequest) throws(Failure) {
    var outputs = Outputs()
    for file in request.dataSources { outputs.read(file, "file of numbers") }
    for file in request.sources { outputs.read(file, "theme") }
    for place in places { outputs.claim(place) }
    do throws(Failure) {
      try outputs.check()
    } catch {
      // What is wrong with the program comes first.
      do throws(FigureError) { _ = try figure(request) } catch { throw Failure(error) }
      throw error
    }
  }

  /// The files, each with the name under which a worker writes it.
  func staged() throws(Failure) -> [StagedFile] {
    var staged: [StagedFile] = []
    for case .file(let path) in places.map(\.output) {
      let file = try StagedFile(path)
      if let temporary = file.temporary { PendingFiles.add(temporary) }
      staged.append(file)
    }
    return staged
  }

  func dependencies(_ request: FigureRequest) -> DependencyFormat.Entry {
    var pictures: [String] = []
    for case .file(let path) in self.pictures.map(\.place) + [words].compactMap(\.self) {
      pictures.append(path)
    }
    var sources = request.sources
    if let path = input.path { sources.insert(path, at: 0) }
    return DependencyFormat.Entry(pictures: pictures, sources: sources)
  }

  /// Lets pictures that are up to date be younger than what they come from, as `make` wants it.
  func keepYounger(than request: FigureRequest) {
    let entry = dependencies(request)
    func time(_ path: String) -> (Int, Int)? {
      var info = stat()
      guard stat(path, &info) == 0 else { return nil }
      return (info.changed.tv_sec, info.changed.tv_nsec)
    }
    guard let newest = entry.sources.compactMap(time).max(by: <) else { return }
    for picture in entry.pictures {
      if let own = time(picture), own < newest { utimensat(AT_FDCWD, picture, nil, 0) }
    }
  }
}

extension Input {
  /// What messages call it.
  var name: String {
    switch self {
    case .file, .script: path ?? ""
    case .standard: "<stdin>"
    case .expression: "<expression>"
    }
  }
}
