extension Integration {
  /// Fences of the language `grad`, for whatever reads Markdown by Python.
  static let mkdocs = Integration(
    name: "mkdocs", summary: "an extension for MkDocs, Zensical and Pelican, with fences of grad",
    text: python("superfences", "mkdocs"))
}
