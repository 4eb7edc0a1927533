extension Integration {
  /// Figures are drawn anew before a commit.
  static let preCommit = Integration(
    name: "pre-commit",
    summary: "a hook for .pre-commit-config.yaml",
    text: #"""
      # pre-commit: programs that are committed are drawn beside themselves, and the commit stops if that
      # changes a figure, so that it can be added. Put this into .pre-commit-config.yaml. With the argument
      # --check nothing is drawn, and the commit stops if a figure is out of date.
      repos:
        - repo: local
          hooks:
            - id: graphviz-grad
              name: figures of programs
              language: system
              entry: graphviz-grad render
              files: \.grad$

      """#)
}
