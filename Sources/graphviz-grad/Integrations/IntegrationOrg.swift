extension Integration {
  /// Blocks of the language `grad`, for Org's Babel.
  static let org = Integration(
    name: "org", summary: "a language for Org, with source blocks of grad",
    text: file(PackageResources.org_el))
}
