import GradDrawing
import GraphvizRenderer

extension FileKind {
  static let jpg = FileKind(
    name: "jpg", fileExtension: "jpg", mediaType: "image/jpeg", isText: false,
    usesFonts: true, note: Note(.segment))
}

extension OutputFormat {
  /// Pixels for what knows no other, on the theme's paper.
  public static let jpg = OutputFormat(
    kind: .jpg,
    input: .drawing { (drawing, options) throws(GraphvizError) in
      try drawing.bytes(.jpg, scale: options.scale(of: drawing))
    })
}

extension SlideFormat {
  /// Pixels, a file for each frame.
  public static let jpg = SlideFormat(
    kind: .jpg,
    files: .each { (drawing, options) throws(GraphvizError) in
      try drawing.bytes(.jpg, scale: options.scale(of: drawing))
    })
}
