extension Integration {
  /// Figures in LaTeX, drawn while it runs or by latexmk.
  static let latex = Integration(
    name: "latex", summary: "a package for LaTeX, with the environment grad",
    text: file(PackageResources.latex_sty))
}
