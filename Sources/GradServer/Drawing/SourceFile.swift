import GradBase

/// A file that a picture comes from, as it was before it was read.
struct SourceFile: Sendable, Equatable {
  let path: String
  /// What tells that it was written since; empty where it was not there.
  let state: String

  /// A file as it is now.
  init(_ path: String) { self.init(path, state: FileState(path)?.description ?? "") }

  init(_ path: String, state: String) { (self.path, self.state) = (path, state) }

  /// Whether it was written, or taken away, since.
  var isChanged: Bool {
    guard let now = FileState(path) else { return !state.isEmpty }
    // An editor may empty a file for an instant before it writes a new one.
    return now.size > 0 && now.description != state
  }
}
