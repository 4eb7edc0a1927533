import GradBase

/// Where a path leads, whatever it is called: what tells whether two paths are one file.
struct FilePlace {
  /// What names the file that is there, its device and its number on it; `nil` for none.
  private(set) var file: String?
  /// The folder without links, and the name in it.
  private(set) var path: String
  /// Whether a plain file or nothing is there, so that its bytes stay when it is written.
  private(set) var isPlain = true

  /// The place of a path; a link at its end is followed, if it leads to something.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - folders: The folders that were looked up before, which are many times the same.
  init(_ path: String, _ folders: inout [String: String]) {
    var info = stat()
    if stat(path, &info) == 0 {
      file = "\(info.st_dev) \(info.st_ino)"
      isPlain = info.st_mode & S_IFMT == S_IFREG
    }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = path[(slash.map(path.index(after:)) ?? path.startIndex)...]
    if let known = folders[folder] {
      self.path = "\(known)/\(name)"
    } else {
      let resolved = Self.resolved(folder)
      folders[folder] = resolved
      self.path = "\(resolved)/\(name)"
    }
  }

  /// The place of one path.
  init(_ path: String) {
    var folders: [String: String] = [:]
    self.init(path, &folders)
  }

  /// Whether this place is in a folder, or in one below it.
  func isInside(_ folder: String) -> Bool {
    let folder = Self.resolved(folder)
    return path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// A folder without links, `.` and `..`, also where the last parts of it are not there yet.
  private static func resolved(_ folder: String) -> String {
    if let known = realpath(folder, nil) {
      defer { free(known) }
      let path = String(cString: known)
      return path == "/" ? "" : path
    }
    guard let slash = folder.lastIndex(of: "/") else {
      return folder == "." ? "" : "\(resolved("."))/\(folder)"
    }
    let parent = slash == folder.startIndex ? "/" : String(folder[..<slash])
    let name = folder[folder.index(after: slash)...]
    let above = resolved(parent)
    switch name {
    case "", ".": return above
    case "..": return String(above[..<(above.lastIndex(of: "/") ?? above.startIndex)])
    default: return "\(above)/\(name)"
    }
  }
}
