extension Integration {
  /// Figures are drawn anew before a commit.
  static let preCommit = Integration(
    name: "pre-commit",
    summary: "a hook for .pre-commit-config.yaml",
    text: #"""
      # pre-commit: programs that are committed are drawn beside themselves, and those in pages of Markdown as
      # `graphviz-grad markdown` does; the commit stops if that changes a figure or a page, or makes a figure that is
      # not part of the commit, so that it can be added. Put this into .pre-commit-config.yaml, without the hook that
      # you do not need. Options are arguments, as args: [--dark]. With args: [--check] nothing is drawn, and the
      # commit stops if a figure is out of date.
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
            - id: graphviz-grad-markdown
              name: figures in pages of Markdown
              language: system
              entry: >-
                sh -c 'graphviz-grad markdown "$@" || exit; for word; do case $word in *.md)
                new=$(git ls-files --others --exclude-standard -- "$(dirname "$word")/figures");
                [ -z "$new" ] || { echo "not part of the commit, git add:"; echo "$new"; code=1; };; esac; done;
                exit ${code:-0}' sh
              files: \.md$

      """#)
}
