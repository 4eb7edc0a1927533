/// What tells that a file was written: its number, its size and when it was changed.
package struct FileState: Sendable, Equatable, CustomStringConvertible {
  /// How many bytes the file has.
  package let size: Int
  /// The same for as long as nobody writes the file.
  package let description: String

  /// The state of the file at a path; `nil` for one that is not there.
  package init?(_ path: String) {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    size = Int(info.st_size)
    description = "\(info.st_ino) \(size) \(info.changed.tv_sec) \(info.changed.tv_nsec)"
  }
}

extension stat {
  /// When the file was changed last.
  package var changed: timespec {
    #if canImport(Darwin)
    st_mtimespec
    #else
    st_mtim
    #endif
  }
}
