extension Integration {
  /// Blocks of the style `grad`, for Asciidoctor.
  static let asciidoctor = Integration(
    name: "asciidoctor", summary: "an extension for Asciidoctor, with blocks of the style grad",
    text: file(PackageResources.asciidoctor_rb))
}
