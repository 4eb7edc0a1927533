import GradDrawing

extension SlideFormat {
  /// What a slide of Slidev holds.
  public static let slidev = SlideFormat(
    kind: FileKind(
      name: "slidev", fileExtension: "md", mediaType: "text/markdown", isText: true,
      usesFonts: false, note: .inFirstTag),
    files: .together { frames, options in
      Array(frames.slidev(idPrefix: options.idPrefix).utf8)
    })
}
