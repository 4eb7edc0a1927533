extension Integration {
  /// The directive `grad`, for reStructuredText and MyST.
  static let sphinx = Integration(
    name: "sphinx", summary: "an extension for Sphinx and MyST, with the directive grad",
    text: python("sphinx", "sphinx"))
}
