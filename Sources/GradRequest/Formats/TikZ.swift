import GradDrawing

extension FileKind {
  static let tikz = FileKind(
    name: "tikz", fileExtension: "tex", mediaType: "text/x-tex", isText: true,
    usesFonts: false, note: Note(.start, "% ", "\n"))
}

extension OutputFormat {
  /// A LaTeX document of one picture, which Beamer builds up step by step.
  public static let tikz = OutputFormat(
    kind: .tikz,
    input: .drawing { drawing, _ in Array(drawing.tikz().utf8) })
}
