extension String {
  /// An SVG whose texts are whole, not divided into a run for each word.
  public var withWholeTexts: String { replacing(#/</?tspan[^>]*>/#, with: "") }
}
