extension Integration {
  /// Figures in mdBook, by a preprocessor.
  static let mdbook = Integration(
    name: "mdbook",
    summary: "lines for book.toml",
    text: #"""
      # mdBook: code blocks of the language grad become figures. Put this into book.toml.
      [preprocessor.graphviz-grad]
      command = "graphviz-grad filter mdbook"

      """#)
}
