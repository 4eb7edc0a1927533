extension Integration {
  /// Committed figures that are out of date fail a check on GitHub.
  static let githubActions = Integration(
    name: "github-actions",
    summary: "a workflow that checks committed figures",
    text: #"""
      # GitHub Actions: a push fails if a committed figure is not what its program draws, be that a file or a block
      # in a page of Markdown. Save as .github/workflows/figures.yml; put the repository of graphviz-grad where it
      # says OWNER, your folder where it says docs, and leave out the last line or the one before it if the folder
      # has no programs or no pages. To mend a failure: the same command without --check, and commit the figures.
      name: Figures
      on: [push, pull_request]
      jobs:
        figures:
          runs-on: ubuntu-latest
          container: swift:6.2-noble
          steps:
            - uses: actions/checkout@v4
            - uses: actions/checkout@v4
              with:
                repository: OWNER/graphviz-grad
                path: .graphviz-grad
            - run: apt-get update && apt-get install -y libgraphviz-dev graphviz pkg-config fonts-liberation
            - id: graphviz
              run: . /etc/os-release && echo "on=$ID$VERSION_ID-$(pkg-config --modversion libgvc)" >> "$GITHUB_OUTPUT"
            - uses: actions/cache@v4
              with:
                path: .graphviz-grad/.build
                key: graphviz-grad-${{ steps.graphviz.outputs.on }}-${{ hashFiles('.graphviz-grad/Sources/**') }}
            - run: swift build -c release --package-path .graphviz-grad --product graphviz-grad
            - run: .graphviz-grad/.build/release/graphviz-grad render docs --check
            - run: .graphviz-grad/.build/release/graphviz-grad markdown docs --check

      """#)
}
