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
      if ! command -v graphviz-grad >/dev/null; then
        # Of a plug-in that does not load mystmd says nothing but that; of a figure that fails it says why.
        [ $# -gt 0 ] || exec echo '{"name": "graphviz-grad", "directives":
          [{"name": "grad", "arg": {"type": "string"}, "body": {"type": "string"}}]}'
        echo "the command 'graphviz-grad' is not found; install graphviz-grad, or add its folder to the PATH" >&2
        exit 127
      fi
      kind=${1#--}
      [ $# -eq 0 ] || shift
      exec graphviz-grad filter myst ${kind:+"$kind"} "$@"

      """#)
}
