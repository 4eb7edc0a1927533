extension Integration {
  /// The server for Helix.
  static let helix = Integration(
    name: "helix",
    summary: "the server for Helix, with the colours of Python",
    text: """
      # \(note("helix"))
      # Add to ~/.config/helix/languages.toml. Values stand behind the lines with, in config.toml:
      #
      #   [editor.lsp]
      #   display-inlay-hints = true
      [language-server.graphviz-grad]
      command = "graphviz-grad"
      args = ["lsp"]

      [[language]]
      name = "grad"
      scope = "source.grad"
      file-types = ["grad"]
      comment-token = "#"
      indent = { tab-width = 4, unit = "    " }
      grammar = "python"
      language-servers = ["graphviz-grad"]

      """)
}
