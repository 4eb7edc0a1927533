extension Integration {
  /// The directive `grad`, for mystmd and Jupyter Book 2.
  static let myst = Integration(
    name: "myst", summary: "a plug-in for mystmd and Jupyter Book 2, with the directive grad",
    text: #"""
      #!/bin/sh
      # mystmd and Jupyter Book 2: the directive grad. Save beside myst.yml, let it be run, and name it there:
      #
      #   graphviz-grad integration myst -o graphviz-grad-myst
      #   chmod +x graphviz-grad-myst
      #
      #   project:
      #     plugins:
      #       - type: executable
      #         path: graphviz-grad-myst
      #
      # mystmd asks `graphviz-grad-myst --directive grad` for each figure.
      kind=${1#--}
      [ $# -eq 0 ] || shift
      exec graphviz-grad filter myst ${kind:+"$kind"} "$@"

      """#)
}
