extension Integration {
  /// Chunks of the engine `grad`, in R Markdown and whatever else knitr weaves.
  static let knitr = Integration(
    name: "knitr", summary: "a file for knitr and R Markdown, with chunks of the engine grad",
    text: file(PackageResources.knitr_R))
}
