import GradDrawing

extension FileKind {
  static let drawio = FileKind(
    name: "drawio", fileExtension: "drawio", mediaType: "application/vnd.jgraph.mxfile",
    isText: true, usesFonts: false, note: .inFirstTag)
}

extension OutputFormat {
  /// A diagram for draw.io, whose boxes, lines and texts can be moved and written in.
  public static let drawio = OutputFormat(
    kind: .drawio,
    input: .drawing { drawing, _ in Array(drawing.drawio.utf8) })
}
