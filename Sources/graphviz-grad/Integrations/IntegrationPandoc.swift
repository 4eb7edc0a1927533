extension Integration {
  /// Figures in whatever Pandoc reads and writes.
  static let pandoc = Integration(
    name: "pandoc",
    summary: "a defaults file that draws blocks of class grad",
    text: #"""
      # Pandoc: code blocks of class grad become figures. Save as grad.yaml, then
      #
      #   pandoc --defaults grad.yaml paper.md -o paper.pdf
      #
      # pandoc-graphviz-grad is to be on the PATH; it is the same as `graphviz-grad filter pandoc`.
      filters:
        - type: json
          path: pandoc-graphviz-grad

      """#)
}
