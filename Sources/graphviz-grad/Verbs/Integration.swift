import GraphvizGrad

/// What another tool needs to draw programs: a file for it, or lines for a file that it has.
///
/// To add one, add a file to `Integrations/` and name it in ``all``.
struct Integration {
  /// What the command line calls it.
  let name: String
  /// One line on what is written.
  let summary: String
  /// The file, whose first lines say where it belongs, as comments of its own language.
  let text: String

  /// Every integration, in the order they are listed.
  static let all: [Integration] = [
    sphinx, pandoc, quarto, mdbook, jupyter, docc, make, ninja, bazel, githubActions, preCommit,
  ]

  /// A Python file of this project, which leaves the names of options and the version to be filled in.
  static func python(_ bytes: [UInt8]) -> String {
    let options = FigureOption.all.map(\.name) + ["of", "set", "seed"]
    let flags = FigureOption.flags + ["vary"]
    let places = [
      "@SETTINGS@": options.filter { !flags.contains($0) }.joined(separator: " "),
      "@FLAGS@": flags.joined(separator: " "), "@VERSION@": Version.project,
    ]
    var text = ""
    var rest = Substring(decoding: bytes, as: UTF8.self)
    while let start = rest.firstIndex(of: "@") {
      text += rest[..<start]
      rest = rest[start...]
      let place = places.first { rest.hasPrefix($0.key) }
      text += place?.value ?? "@"
      rest = rest.dropFirst(place?.key.count ?? 1)
    }
    return text + rest
  }
}
