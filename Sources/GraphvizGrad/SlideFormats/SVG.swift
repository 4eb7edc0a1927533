extension SlideFormat {
  /// A file for each frame, or one that shows them by itself.
  public static let svg = SlideFormat(
    name: "svg", fileExtension: "svg", isText: true, single: .svg,
    all: { frames, options in
      let text = frames.animation(milliseconds: options.milliseconds, idPrefix: options.idPrefix)
      return Array(text.utf8)
    }, isForMotion: true)
}
