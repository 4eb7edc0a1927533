extension Integration {
  /// Figures in Quarto, by the filter for Pandoc.
  static let quarto = Integration(
    name: "quarto",
    summary: "lines for _quarto.yml",
    text: #"""
      # Quarto: code blocks of class grad become figures. Put this into _quarto.yml, and write blocks as
      #
      #   ``` {.grad}
      #   x = 3
      #   y = x * x
      #   ```
      #
      # pandoc-graphviz-grad is to be on the PATH; it is the same as `graphviz-grad filter pandoc`.
      filters:
        - type: json
          path: pandoc-graphviz-grad

      """#)
}
