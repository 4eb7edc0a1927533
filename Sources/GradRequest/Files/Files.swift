package import GradLanguage

import GradBase

/// The files that a request may read: those of the machine, or what a server or a test hands in.
public struct Files: Sendable {
  /// The bytes of the file at a path.
  public var contents: @Sendable (_ path: String) throws(Unreadable) -> [UInt8]
  /// The path without links and without `..`; empty for one that leads nowhere.
  public var resolved: @Sendable (_ path: String) -> String
  /// Which of them an option may name.
  var access = FileAccess.all

  /// Files from the functions that read them.
  public init(
    contents: @escaping @Sendable (_ path: String) throws(Unreadable) -> [UInt8],
    resolved: @escaping @Sendable (_ path: String) -> String
  ) {
    self.contents = contents
    self.resolved = resolved
  }

  /// The files of the machine.
  public static let system = Files { path throws(Unreadable) in
    try GradRequest.contents(ofFile: path)
  } resolved: { path in
    resolvedPath(path)
  }

  /// No files at all.
  public static let none = Files { _ throws(Unreadable) in
    throw Unreadable(number: ENOENT)
  } resolved: { _ in
    ""
  }

  /// The same files, of which an option may name those of `access`.
  public func limited(to access: FileAccess) -> Files {
    var files = self
    files.access = access
    return files
  }

  /// The files that a program may read among these.
  package var ofProgram: ProgramFiles {
    ProgramFiles { name throws(ProgramFiles.Fault) in
      let path = try path(ofData: name)
      var info = stat()
      if stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFIFO {
        throw ProgramFiles.Fault(
          "'\(name)' is a pipe, which may be waited for without end",
          help: "save what comes from it to a file")
      }
      do throws(Unreadable) { return try contents(path) } catch {
        throw ProgramFiles.Fault(
          error.number == ENOENT
            ? "there is no file '\(name)'"
            : "'\(name)' cannot be read: \(String(cString: strerror(error.number)))",
          help: error.number == ENOENT
            ? "files are named from the folder of the program" : error.help)
      }
    }
  }

  /// The path of the file that a program calls `name`.
  ///
  /// - Throws: Why it may not be read.
  func path(ofData name: String) throws(ProgramFiles.Fault) -> String {
    switch access {
    case .all: return name
    case .none: _ = try ProgramFiles.none.contents(name)
    case .below(let folder):
      let path = folder + name
      if !name.hasPrefix("/"), resolved(path).hasPrefix(resolved(folder + ".") + "/") {
        return path
      }
    }
    throw ProgramFiles.Fault(
      "'\(name)' is not below the folder of the program",
      help: "give the array on the command line: --set X=@\(name)")
  }

  /// The path at which to open the file that an option calls `name`.
  ///
  /// - Throws: ``FigureOption/Mistake`` if it may not be opened.
  func path(of name: String) throws(FigureOption.Mistake) -> String {
    switch access {
    case .all: return name
    case .none:
      throw FigureOption.Mistake(
        message: "'\(name)' is a file, which only the command line names",
        help: "--theme \(name) on the command line; or --trust-heads, for files beside programs")
    case .below(let folder):
      let path = folder + name
      guard !name.hasPrefix("/"), resolved(path).hasPrefix(resolved(folder + ".") + "/") else {
        throw FigureOption.Mistake(
          message: "'\(name)' is not below the folder of the program",
          help: "--theme with the file on the command line")
      }
      return path
    }
  }
}

/// A path without links; that of a folder for a file which is not there.
private func resolvedPath(_ path: String) -> String {
  if let known = realpath(path, nil) {
    defer { free(known) }
    return String(cString: known)
  }
  if path.split(separator: "/").contains("..") { return "" }
  let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  return folder.isEmpty || folder == path ? "" : resolvedPath(folder) + "/"
}
