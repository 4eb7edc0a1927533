import Foundation

/// Draws figures with the tool and puts them in their places.
struct Painter {
  let tool: URL
  let package: URL
  let scratch: URL
  let options: [String]

  /// What became of a figure.
  enum Outcome {
    case upToDate
    case drawn
    case missing
    case outdated
    /// The tool could not draw it, and has said why.
    case wrong
  }

  /// Draws a figure, and writes it if it is another than the one that is there.
  func paint(_ figure: Figure, writes: Bool) throws -> Outcome {
    let drawn = scratch.appending(path: "\(figure.idPrefix).svg")
    let process = Process()
    process.executableURL = tool
    // From here, places in messages can be clicked on.
    process.currentDirectoryURL = package
    // What makes the pair comes last, so that no option undoes it. What an earlier run left in the scratch
    // folder says nothing about the looks of today.
    process.arguments =
      ["render", name(of: figure.program)] + options
      + ["--force", "--theme", figure.theme, "--id-prefix", figure.idPrefix]
      + ["-T", "svg", "-o", drawn.path]
    try process.run()
    process.waitUntilExit()
    if process.terminationReason != .exit || process.terminationStatus != 0 { return .wrong }
    let new = try Data(contentsOf: drawn)
    let old = try? Data(contentsOf: figure.file)
    if old == new { return .upToDate }
    if !writes { return old == nil ? .missing : .outdated }
    try new.write(to: figure.file, options: .atomic)
    return .drawn
  }

  /// The path of a file, from the package's folder.
  func name(of file: URL) -> String {
    let folder = package.path.hasSuffix("/") ? package.path : package.path + "/"
    return file.path.hasPrefix(folder) ? String(file.path.dropFirst(folder.count)) : file.path
  }
}
