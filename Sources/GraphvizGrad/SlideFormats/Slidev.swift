import GradDrawing

extension SlideFormat {
  /// What a slide of Slidev holds.
  public static let slidev = SlideFormat(
    name: "slidev", fileExtension: "md", isText: true
  ) { frames, options in
    Array(frames.slidev(idPrefix: options.idPrefix).utf8)
  }
}
