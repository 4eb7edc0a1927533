import GradBase

/// Which files the settings of a picture may open.
///
/// A program, or a document that holds one, comes from anywhere: it names no files unless somebody says
/// that it may, and then only those beside it.
public enum FileAccess: Sendable, Equatable {
  /// None.
  case none
  /// Those in a folder and below it.
  case below(String)
  /// All that can be read.
  case all

  /// The files that a program, or a document, may name.
  ///
  /// - Parameters:
  ///   - file: What messages call it: its path, or `<stdin>`.
  ///   - isTrusted: Whether it may name any.
  /// - Returns: Those below its folder, or none.
  public static func ofProgram(_ file: String, isTrusted: Bool) -> FileAccess {
    guard isTrusted else { return .none }
    return .below(file.lastIndex(of: "/").map { String(file[..<$0]) + "/" } ?? "")
  }

  /// The path at which to open the file called `name`.
  ///
  /// - Throws: ``FigureOption/Mistake`` if it may not be opened.
  func path(of name: String) throws(FigureOption.Mistake) -> String {
    switch self {
    case .all: return name
    case .none:
      throw FigureOption.Mistake(
        message: "'\(name)' is a file, which only the command line names",
        help: "--theme \(name) on the command line; or --trust-heads, for files beside programs")
    case .below(let folder):
      let path = folder + name
      guard !name.hasPrefix("/"), Self.resolved(path).hasPrefix(Self.resolved(folder + ".") + "/")
      else {
        throw FigureOption.Mistake(
          message: "'\(name)' is not below the folder of the program",
          help: "--theme with the file on the command line")
      }
      return path
    }
  }

  /// A path without links; that of a folder for a file which is not there.
  private static func resolved(_ path: String) -> String {
    if let known = realpath(path, nil) {
      defer { free(known) }
      return String(cString: known)
    }
    if path.split(separator: "/").contains("..") { return "" }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    return folder.isEmpty || folder == path ? "" : resolved(folder) + "/"
  }
}
