import GradBase

/// The programs of a folder, and nothing else of the machine.
struct PreviewFolder: Sendable {
  /// The folder without links on its way.
  let root: String

  /// The ends of names of programs, and of recorded traces.
  private static let endings = [".grad", ".py", ".ipynb", ".json"]
  /// Deeper than any course, and more programs than anybody reads.
  private static let (mostLevels, mostPrograms) = (12, 2_000)

  /// `nil` for what is no folder.
  init?(_ path: String) {
    guard let root = Self.resolved(path), Self.isFolder(root) else { return nil }
    self.root = root
  }

  /// The file of a program, by the parts of its path below the folder; `nil` for what is none, is hidden, or
  /// leads out of the folder.
  func file(_ parts: some BidirectionalCollection<String>) -> String? {
    guard let name = parts.last, Self.endings.contains(where: name.hasSuffix),
      parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.utf8.contains(0) })
    else { return nil }
    guard let path = Self.resolved(root + "/" + parts.joined(separator: "/")),
      path.hasPrefix(root == "/" ? "/" : root + "/")
    else { return nil }
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG ? path : nil
  }

  /// The paths of all programs below the folder, in order; a link to another folder is not followed.
  var programs: [String] {
    var found: [String] = []
    search("", 0, &found)
    return found.sorted()
  }

  private func search(_ below: String, _ level: Int, _ found: inout [String]) {
    guard level < Self.mostLevels, let folder = opendir(root + "/" + below) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder), found.count < Self.mostPrograms {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { place in
        place.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      var info = stat()
      let path = below + name
      guard lstat(root + "/" + path, &info) == 0 else { continue }
      if info.st_mode & S_IFMT == S_IFDIR {
        search(path + "/", level + 1, &found)
      } else if name.hasSuffix(".grad"), file(path.split(separator: "/").map(String.init)) != nil {
        found.append(path)
      }
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  private static func resolved(_ path: String) -> String? {
    guard let known = realpath(path, nil) else { return nil }
    defer { free(known) }
    return String(cString: known)
  }
}
