extension SlideFormat {
  /// Encapsulated PostScript, a file for each frame.
  public static let eps = SlideFormat(
    name: "eps", fileExtension: "eps", usesFonts: true, single: .eps)
}
