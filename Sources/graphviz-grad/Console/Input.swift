import GradBase
import GradLanguage
import GraphvizGrad

/// Where a program comes from.
enum Input: Equatable {
  /// A file.
  case file(String)
  /// Standard input.
  case standard
  /// A script of Python, which is run.
  case script(PythonScript)
  /// The command line itself.
  case expression(String)

  /// A path without the end of the name of a program or a trace.
  static func stem(of path: String) -> String {
    let ending = [".grad", ".json", ".ipynb", ".py"].first { path.hasSuffix($0) }
    return String(path.dropLast(ending?.count ?? 0))
  }

  /// The file that is read; `nil` for what has no name.
  var path: String? {
    switch self {
    case .file(let path): path
    case .script(let script): script.path
    case .standard, .expression: nil
    }
  }

  /// Reads the program, or runs the script for as long as `limits` allow.
  ///
  /// - Throws: ``Failure`` with the code for files.
  func source(_ limits: Limits = Limits()) throws(Failure) -> Source {
    switch self {
    case .expression(let text): Source("<expression>", text: text)
    case .standard: Source(file: "<stdin>", bytes: try bytes())
    case .file(let path): Source(file: path, bytes: try bytes())
    case .script(let script):
      // A file that cannot be read is told as everywhere.
      try bytes().isEmpty
        ? Source(script.path, text: "")
        : Source(script.path, bytes: try script.trace(within: limits.time))
    }
  }

  /// Reads the bytes.
  ///
  /// - Throws: ``Failure`` with the code for files.
  func bytes() throws(Failure) -> [UInt8] {
    do {
      switch self {
      case .expression(let text): return Array(text.utf8)
      case .standard: return try contents(of: 0)
      case .file(let path): return try contents(ofFile: path)
      case .script(let script): return try contents(ofFile: script.path)
      }
    } catch {
      let name = path.map { "'\($0)'" } ?? "standard input"
      // A program in quotes is easily taken for what the verb reads.
      let isProgram = error.number == ENOENT && name.contains("=")
      throw .file(
        "cannot read \(name)", error.number,
        help: isProgram ? "a program on the command line comes after -e: -e \(name)" : error.help)
    }
  }
}
