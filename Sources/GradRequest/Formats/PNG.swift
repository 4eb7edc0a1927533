import GradDrawing
import GraphvizRenderer

extension FileKind {
  static let png = FileKind(
    name: "png", fileExtension: "png", mediaType: "image/png", isText: false,
    usesFonts: true, note: Note(.chunk, "Comment\0"))
}

extension OutputFormat {
  /// Pixels.
  public static let png = OutputFormat(
    kind: .png,
    input: .drawing { (drawing, options) throws(GraphvizError) in
      try drawing.bytes(.png, scale: options.scale(of: drawing))
    })
}

extension SlideFormat {
  /// Pixels, a file for each frame.
  public static let png = SlideFormat(
    kind: .png,
    files: .each { (drawing, options) throws(GraphvizError) in
      try drawing.bytes(.png, scale: options.scale(of: drawing))
    })
}
