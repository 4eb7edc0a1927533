extension Integration {
  /// Figures in documentation of Swift packages.
  static let docc = Integration(
    name: "docc",
    summary: "a script that draws the figures of a package's documentation",
    text: #"""
      #!/bin/sh
      # DocC: figures in the documentation of a Swift package. In Package.swift, the package's dependencies
      # need graphviz-grad, whose plug-in is used here. Keep programs in the documentation's folder, as
      #
      #   Sources/Library/Library.docc/lecture.grad
      #
      # and run this in the package's folder; an article then shows the figure, light or dark as its reader's
      # page, by
      #
      #   ![What the figure shows, in words.](lecture)
      #
      # `sh figures.sh --check` draws nothing and fails if a figure is out of date, as for CI.
      set -eu
      swift package --allow-writing-to-package-directory render-figures "$@"

      """#)
}
