/// The names of files for frames: a path in which `{n}` stands for a frame's number, `{0n}` for the same
/// with zeros to the width of the longest, `{t}` for the number of all frames.
struct FrameNames {
  let path: String

  /// Whether frames get names of their own.
  var areSeveral: Bool { path.contains("{n}") || path.contains("{0n}") }

  /// The name for the frame `number`, of `total` frames up to `last`.
  func name(_ number: Int, last: Int, total: Int) -> String {
    let width = String(last).count
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, width - digits.count)) + digits
    return [("{n}", digits), ("{0n}", padded), ("{t}", String(total))].reduce(path) {
      $0.split(separator: $1.0, omittingEmptySubsequences: false).joined(separator: $1.1)
    }
  }

  /// The same path with `-{n}` before its extension.
  var numbered: String {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    guard let dot = path[slash...].lastIndex(of: ".") else { return path + "-{n}" }
    return "\(path[..<dot])-{n}\(path[dot...])"
  }
}
