import GradDrawing
import GraphvizRenderer

extension FileKind {
  static let pdf = FileKind(
    name: "pdf", fileExtension: "pdf", mediaType: "application/pdf", isText: false,
    usesFonts: true, note: Note(.before("startxref\n"), "%", "\n"))
}

extension OutputFormat {
  /// A page of the figure's size.
  public static let pdf = OutputFormat(
    kind: .pdf,
    input: .drawing { (drawing, _) throws(GraphvizError) in try drawing.bytes(.pdf) })
}

extension SlideFormat {
  /// A page for each frame, or a file for each.
  public static let pdf = SlideFormat(
    kind: .pdf,
    files: .either(
      each: { (drawing, _) throws(GraphvizError) in try drawing.bytes(.pdf) },
      together: { (frames, _) throws(GraphvizError) in try Drawing.pages(frames.drawings) }))
}
