extension Integration {
  /// The server for Kate.
  static let kate = Integration(
    name: "kate",
    summary: "the server for Kate",
    text: """
      {
        "servers": {
          "grad": {
            "command": ["graphviz-grad", "lsp"],
            "url": "https://pypi.org/project/graphviz-grad/",
            "highlightingModeRegex": "^(grad|Python)$"
          }
        }
      }

      """)
}
