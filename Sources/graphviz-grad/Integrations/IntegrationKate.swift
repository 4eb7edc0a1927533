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
            "highlightingModeRegex": "^(grad|Python)$"
          }
        }
      }

      """)
}
