import GradDrawing

extension SlideFormat {
  /// What a slide of reveal.js holds.
  public static let reveal = SlideFormat(
    kind: FileKind(
      name: "reveal", fileExtension: "html", mediaType: "text/html", isText: true,
      usesFonts: false, note: .inFirstTag),
    files: .together { frames, options in
      Array(frames.reveal(idPrefix: options.idPrefix).utf8)
    })
}
