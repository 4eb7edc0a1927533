extension SlideFormat {
  /// Pixels, a file for each frame.
  public static let png = SlideFormat(
    name: "png", fileExtension: "png", usesFonts: true, single: .png)
}
