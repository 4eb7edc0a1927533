extension Integration {
  /// The magic `%%grad`, and figures as values of Python.
  static let jupyter = Integration(
    name: "jupyter", summary: "an extension for Jupyter and IPython, with the magic %%grad",
    text: python("jupyter", "jupyter"))
}
