import GradDrawing
import GradFigure

extension SlideFormat {
  /// The list of frames as a table; of a descent every step, with the loss, the parameters and the
  /// derivatives.
  public static let csv = SlideFormat(
    kind: FileKind(
      name: "csv", fileExtension: "csv", mediaType: "text/csv", isText: true, usesFonts: false,
      note: Note(.nowhere)),
    files: .together { frames, _ in Array(frames.csv.utf8) }, isTable: true)
}
