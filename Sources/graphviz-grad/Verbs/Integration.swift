import GraphvizGrad

/// What another tool needs to draw programs: a file for it, or lines for a file that it has.
///
/// To add one, add a file to `Integrations/` and name it in ``all``.
struct Integration: NamedText {
  /// What the command line calls it.
  let name: String
  /// One line on what is written.
  let summary: String
  /// The file, whose first lines say where it belongs, as comments of its own language.
  let text: String

  /// Every integration, in the order they are listed.
  static let all: [Integration] = [
    sphinx, pandoc, quarto, knitr, mdbook, mkdocs, myst, asciidoctor, org, latex, jupyter, docc,
    make, ninja, bazel, githubActions, preCommit, compose, kubernetes,
    vscode, neovim, emacs, helix, vim, kate, textMate, pygments, sublime,
  ]

  /// A file in a language of its own, which names the version and the options of figures.
  static func file(_ bytes: [UInt8]) -> String {
    let options = FigureOption.all.map(\.name) + ["of", "set", "vary", "seed"]
    return String(decoding: bytes, as: UTF8.self)
      .replacing("@VERSION@", with: Version.project)
      .replacing("@OPTIONS@", with: options.joined(separator: " "))
  }

  /// A module of the Python package as a file of its own, which says who wrote it.
  static func python(_ module: String, _ name: String) -> String {
    "# Written by `graphviz-grad integration \(name)` (graphviz-grad \(Version.project)).\n"
      + PythonModule.alone(module)
  }
}
