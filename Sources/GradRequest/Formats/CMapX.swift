import GradDrawing

extension FileKind {
  static let cmapx = FileKind(
    name: "cmapx", fileExtension: "cmapx", mediaType: "text/html", isText: true,
    usesFonts: false, note: .inFirstTag)
}

extension OutputFormat {
  /// An image map for the pixels of the same figure.
  public static let cmapx = OutputFormat(
    kind: .cmapx,
    input: .drawing { drawing, options in
      Array(
        drawing.imageMap(idPrefix: options.idPrefix, scale: options.scale(of: drawing)).utf8)
    })

  /// The areas of an image map alone, as `dot` writes them; a part of a file has no place for a stamp.
  public static let cmap = OutputFormat(
    kind: FileKind(
      name: "cmap", fileExtension: "cmap", mediaType: "text/html", isText: true, usesFonts: false,
      note: Note(.nowhere)),
    input: .drawing { drawing, options in
      Array(
        drawing.imageAreas(idPrefix: options.idPrefix, scale: options.scale(of: drawing)).utf8)
    })
}
