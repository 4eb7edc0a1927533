import GradDrawing
import GraphvizRenderer

extension FileKind {
  // Comments of a document's structure may stand in its head only, and this one is of ours.
  static let eps = FileKind(
    name: "eps", fileExtension: "eps", mediaType: "application/postscript", isText: false,
    usesFonts: true, note: Note(.before("\n"), "\n%%Stamp: "))
}

extension OutputFormat {
  /// Encapsulated PostScript.
  public static let eps = OutputFormat(
    kind: .eps,
    input: .drawing { (drawing, _) throws(GraphvizError) in try drawing.bytes(.eps) })
}

extension SlideFormat {
  /// Encapsulated PostScript, a file for each frame.
  public static let eps = SlideFormat(
    kind: .eps,
    files: .each { (drawing, _) throws(GraphvizError) in try drawing.bytes(.eps) })
}
