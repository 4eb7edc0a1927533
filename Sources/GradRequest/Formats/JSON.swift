import GradDrawing
import GradFigure

extension FileKind {
  static let json = FileKind(
    name: "json", fileExtension: "json", mediaType: "application/json", isText: true,
    usesFonts: false, note: Note(.before("\n"), "\n  \"stamp\": \"", "\","))
}

extension OutputFormat {
  /// The trace with the geometry of all that is drawn: schema `graphviz-grad/figure/1`.
  public static let json = OutputFormat(
    kind: .json,
    input: .drawing { drawing, _ in Array(drawing.json.utf8) },
    refusals: { options in
      options.blanks.isEmpty
        ? []
        : [
          Refusal(
            message: "json holds every number, also those of --blank",
            help: "draw the blanks in another format")
        ]
    })
}

extension SlideFormat {
  /// The list of frames with their sentences.
  public static let json = SlideFormat(
    kind: .json, files: .together { frames, _ in Array(frames.json.utf8) }, isTable: true)
}
