extension Integration {
  /// Figures are drawn anew before a commit.
  static let preCommit = Integration(
    name: "pre-commit",
    summary: "a hook for .pre-commit-config.yaml",
    text: #"""
      # pre-commit: programs that are committed are drawn beside themselves, and the commit stops if that
      # changes a figure, or makes one that is not part of the commit, so that it can be added. Put this into
      # .pre-commit-config.yaml. With args: [--check] nothing is drawn, and the commit stops if a figure is out
      # of date.
      repos:
        - repo: local
          hooks:
            - id: graphviz-grad
              name: figures of programs
              language: system
              entry: >-
                sh -c 'graphviz-grad render "$@" || exit;
                for word; do case $word in *.grad) figure=${word%.grad}.svg;
                git ls-files --error-unmatch "$figure" >/dev/null 2>&1 || git check-ignore -q "$figure" ||
                { echo "$figure is not part of the commit: git add $figure"; code=1; };; esac; done;
                exit ${code:-0}' sh
              files: \.grad$

      """#)
}
