import GradBase
import GradDocuments
import GraphvizGrad

/// A program whose documents `filter` takes on standard input.
///
/// To add one, add a file to `FilterKinds/` and name it in ``all``.
struct FilterKind: Sendable {
  /// What the command line calls it.
  let name: String
  /// How the other program is made to run the filter.
  let hint: String
  /// The filter that the words after the name ask for; `nil` if they ask only whether there is one.
  let filter: @Sendable (_ operands: [String], _ options: Options) throws(Failure) -> Work?

  /// What the command line says besides.
  struct Options {
    /// Where pictures go; `nil` to let the document say so.
    var folder: String?
    /// Whether documents and their programs may name files beside them.
    var trustsHeads = false
    /// How much each figure of the document may take.
    var limits = Limits()

    /// Watches over work that begins, in the file that is named.
    var begins: @Sendable (String) -> Void { { Watchdog.begin($0, limits) } }
  }

  /// Turns the bytes of a document into those with its figures.
  typealias Work = @Sendable ([UInt8]) throws(FigureError) -> FilteredDocument

  /// Every kind, in the order `--help` lists them.
  static let all: [FilterKind] = [pandoc, mdbook, myst, block]

  /// Filters what comes on standard input; the result goes to standard output.
  ///
  /// - Parameters:
  ///   - operands: The words after the name.
  ///   - options: What the command line says besides.
  /// - Throws: All that is wrong; nothing is written then.
  func run(_ operands: [String], _ options: Options) throws(Failure) {
    guard let filter = try filter(operands, options) else { return }
    if isatty(0) == 1 { throw .usage("filter \(name) reads what \(name) writes", help: hint) }
    let bytes = try Input.standard.bytes()
    let result: FilteredDocument
    do throws(FigureError) {
      defer { Watchdog.end() }
      result = try filter(bytes)
    } catch {
      throw Failure(error)
    }
    var outputs = Outputs()
    outputs.makesFolders = true
    for file in result.files {
      outputs.claim(
        .init(
          output: .file(file.path), isNamed: false, owner: file.place.source.name,
          span: file.place, folder: result.isFolderGiven ? nil : "."))
    }
    try outputs.check()
    Messages.write(result.warnings)
    outputs.claim(.standard)
    try outputs.write(result.files.map(\.bytes) + [result.bytes])
  }

  /// Those of the files that may be documents, with what is in them.
  static func documents(_ paths: [String]) -> [(path: String, bytes: [UInt8])] {
    paths.compactMap { path in
      var info = stat()
      // Programs and folders are no documents, and a book may be long, but not without end.
      guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size < 1 << 26
      else { return nil }
      return (try? contents(ofFile: path)).map { (path, $0) }
    }
  }

  /// The value of an environment variable; `nil` if it has none.
  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
