import GradDrawing

extension SlideFormat {
  /// What a slide of reveal.js holds.
  public static let reveal = SlideFormat(
    name: "reveal", fileExtension: "html", isText: true
  ) { frames, options in
    Array(frames.reveal(idPrefix: options.idPrefix).utf8)
  }
}
