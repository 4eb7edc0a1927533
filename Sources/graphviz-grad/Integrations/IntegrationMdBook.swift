extension Integration {
  /// Figures in mdBook, by a preprocessor.
  static let mdbook = Integration(
    name: "mdbook",
    summary: "lines for book.toml of mdBook",
    text: #"""
      # mdBook: code blocks of the language grad become figures. Put this into book.toml. Options of all
      # figures may follow, such as theme = "auto" or width = "80%".
      [preprocessor.graphviz-grad]
      command = "graphviz-grad filter mdbook"
      # Programs that are included with {{#include lecture.grad}} are there then.
      after = ["links"]

      """#)
}
