import GradBase

/// The programs, or the pages, that the arguments of a command line name: files, folders and patterns.
enum FileSearch {
  /// A file that was found.
  struct Found: Equatable {
    /// Where it is.
    var path: String
    /// Where it is below what was searched, for a folder that keeps the tree.
    var below: String
  }

  /// Finds all files that `arguments` name, each once.
  ///
  /// A folder stands for every file of the kind in it and in its folders, but for hidden ones, virtual
  /// environments of Python, and what is no script, as `__init__.py`; a pattern, of
  /// `*`, `?`, `[…]` and `**`, for what it matches, of `.py` and `.ipynb` too if it ends so. Files named one by
  /// one keep the tree below the folder that they have in common. The order is that of the arguments, and
  /// alphabetical within each.
  ///
  /// - Parameters:
  ///   - arguments: Files, folders and patterns.
  ///   - endings: How the names of files end that are looked for: `.grad` for programs, `.md` for pages.
  /// - Returns: The files.
  /// - Throws: ``Failure`` for a folder that cannot be read, and one that holds no such file.
  static func files(_ arguments: [String], endings: [String]) throws(Failure) -> [Found] {
    let named = arguments.filter { kind($0) == .file }
    var folders: [String: String] = [:]
    // A path that turns back could leave the folder that the pictures are to be in.
    let turnsBack = named.contains { $0.split(separator: "/").contains("..") }
    let paths = turnsBack ? named.map { FilePlace($0, &folders).path } : named
    let common = commonFolder(of: paths)
    var names = paths.makeIterator()
    var found: [Found] = []
    for argument in arguments {
      switch kind(argument) {
      case .file:
        let below = (names.next() ?? argument).utf8.dropFirst(common.utf8.count)
        found.append(Found(path: argument, below: String(decoding: below, as: UTF8.self)))
      case .folder: found += try files(in: argument, endings)
      case .pattern: found += try files(matching: argument, endings)
      }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert(FilePlace($0.path, &folders).path).inserted }
  }

  /// Whether an argument is a folder or a pattern.
  static func standsForSeveral(_ argument: String) -> Bool { kind(argument) != .file }

  private enum Kind { case file, folder, pattern }

  private static func kind(_ argument: String) -> Kind {
    var info = stat()
    if stat(argument, &info) == 0 { return info.st_mode & S_IFMT == S_IFDIR ? .folder : .file }
    return argument.contains(where: "*?[".contains) ? .pattern : .file
  }

  /// The folder, with its slash, that all of `files` are in; empty for the current one.
  private static func commonFolder(of files: [String]) -> String {
    guard var common = files.first.map({ Array($0.utf8) }) else { return "" }
    func folder(_ path: [UInt8]) -> [UInt8] {
      Array(path.prefix((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1))
    }
    common = folder(common)
    for file in files.dropFirst() {
      let shared = zip(common, file.utf8).prefix { $0 == $1 }.count
      common = folder(Array(common.prefix(shared)))
    }
    return String(decoding: common, as: UTF8.self)
  }

  // MARK: Folders

  private static func files(in folder: String, _ endings: [String]) throws(Failure) -> [Found] {
    let found = try walk(folder, endings)
    if found.isEmpty {
      throw Failure(
        .program,
        [
          Messages.error(
            "no-programs", "there is no \(endings.joined(separator: " or ")) file in '\(folder)'",
            help: "give the files that hold programs by their names")
        ])
    }
    return found
  }

  /// The names of all that is in `folder`, in no order.
  static func names(in folder: String) throws(Failure) -> [String] {
    guard let entries = opendir(folder) else {
      throw .file("cannot read the folder '\(folder)'", errno)
    }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  /// Every file below `folder` whose name ends so, in alphabetical order.
  private static func walk(_ folder: String, _ endings: [String]) throws(Failure) -> [Found] {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    var found: [Found] = []
    var waiting = [""]
    while let below = waiting.popLast() {
      let names = try names(in: base + below)
      // What is in a virtual environment was written by others.
      if !below.isEmpty, names.contains("pyvenv.cfg") { continue }
      for name in names where !name.hasPrefix(".") {
        var info = stat()
        let path = base + below + name
        // A link to a folder could lead in a circle.
        guard lstat(path, &info) == 0 else { continue }
        if info.st_mode & S_IFMT == S_IFDIR {
          waiting.append(below + name + "/")
        } else if endings.contains(where: name.hasSuffix), !isNoScript(name) {
          found.append(
            Found(
              path: path.hasPrefix("./") ? String(path.dropFirst(2)) : path, below: below + name))
        }
      }
    }
    return found.sorted { $0.below < $1.below }
  }

  /// Whether a name is one that Python gives to files that are no scripts, as `__init__.py`.
  private static func isNoScript(_ name: String) -> Bool {
    name.hasPrefix("__") && name.hasSuffix(".py")
  }

  /// Files below the working folder whose name ends so, as far as they can be found.
  ///
  /// - Parameters:
  ///   - ending: The end of their names.
  ///   - folders: Names of folders that are left out.
  /// - Returns: Their paths, in alphabetical order.
  static func files(endingIn ending: String, except folders: Set<String>) -> [String] {
    ((try? walk(".", [ending])) ?? []).map(\.path).filter { path in
      !path.split(separator: "/").contains { folders.contains(String($0)) }
    }
  }

  // MARK: Patterns

  private static func files(
    matching pattern: String, _ usual: [String]
  ) throws(Failure) -> [Found] {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
    let fixed = parts.prefix { !$0.contains(where: "*?[".contains) }
    let wanted = parts.dropFirst(fixed.count).map(String.init)
    let base =
      fixed.isEmpty
      ? "." : fixed.count == 1 && fixed[0].isEmpty ? "/" : fixed.joined(separator: "/")
    // Code of Python is drawn where it is asked for.
    let endings = [".py", ".ipynb"].first { pattern.hasSuffix($0) }.map { [$0] } ?? usual
    let found = try walk(base, endings).filter {
      matches($0.below.split(separator: "/").map(String.init), wanted)
    }
    if found.isEmpty {
      throw Failure(
        .program,
        [
          Messages.error(
            "no-programs", "no \(endings.joined(separator: " or ")) file matches '\(pattern)'",
            help: pattern.contains("=")
              ? "a program on the command line comes after -e: -e '\(pattern)'"
              : "** stands for any folders, * for any letters of one name")
        ])
    }
    return found
  }

  /// Whether the names of a path match those of a pattern, where `**` is any number of folders.
  static func matches(_ path: [String], _ pattern: [String]) -> Bool {
    // Whether what is left of the path matches what is left of the pattern, from the ends on.
    var reach = [Bool](repeating: false, count: path.count + 1)
    reach[path.count] = true
    for part in pattern.reversed() {
      var next = [Bool](repeating: false, count: path.count + 1)
      for index in stride(from: path.count, through: 0, by: -1) {
        if part == "**" {
          next[index] = reach[index] || index < path.count && next[index + 1]
        } else if index < path.count {
          next[index] = reach[index + 1] && fnmatch(part, path[index], 0) == 0
        }
      }
      reach = next
    }
    return reach[0]
  }
}
