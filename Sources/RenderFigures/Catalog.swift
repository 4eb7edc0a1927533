import Foundation

/// A DocC catalog: a folder whose name ends in `.docc`.
struct Catalog {
  let folder: URL

  /// The catalogs in a folder, in alphabetical order.
  static func all(in folder: URL) -> [Catalog] {
    files(in: folder).filter { $0.pathExtension == "docc" && $0.hasDirectoryPath }
      .map(Catalog.init)
  }

  /// The figures of all programs, the light and the dark one of each.
  ///
  /// The ids of each begin with words of its own, as a page may hold any of them.
  func figures() -> [Figure] {
    var used: Set<String> = []
    return Self.files(in: folder).filter { $0.pathExtension == "grad" }.flatMap { program in
      let stem = program.deletingPathExtension().lastPathComponent
      let parent = program.deletingLastPathComponent()
      return [("light", stem), ("dark", "\(stem)~dark")].map { theme, name in
        var id = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        if !(id.first?.isLetter ?? false) { id = "g" + id }
        while !used.insert(id).inserted { id += "_" }
        return Figure(
          program: program, file: parent.appending(path: "\(name).svg"), theme: theme, idPrefix: id)
      }
    }
  }

  private static func files(in folder: URL) -> [URL] {
    let found = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)
    return (found?.compactMap { $0 as? URL } ?? []).sorted { $0.path < $1.path }
  }
}

/// A picture of a program in one theme.
struct Figure {
  let program: URL
  let file: URL
  let theme: String
  let idPrefix: String
}
