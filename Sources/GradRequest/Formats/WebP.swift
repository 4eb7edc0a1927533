import GradDrawing
import GraphvizRenderer

extension FileKind {
  static let webp = FileKind(
    name: "webp", fileExtension: "webp", mediaType: "image/webp", isText: false,
    usesFonts: true, note: Note(.riff, "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\" x:xmptk=\"", "\"/>"))
}

extension OutputFormat {
  /// Pixels, packed tighter than in a PNG.
  public static let webp = OutputFormat(
    kind: .webp,
    input: .drawing { (drawing, options) throws(GraphvizError) in
      try drawing.bytes(.webp, scale: options.scale(of: drawing))
    })
}

extension SlideFormat {
  /// Pixels, a file for each frame.
  public static let webp = SlideFormat(
    kind: .webp,
    files: .each { (drawing, options) throws(GraphvizError) in
      try drawing.bytes(.webp, scale: options.scale(of: drawing))
    })
}
