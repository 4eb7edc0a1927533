import GradDrawing
import GradFigure

extension FileKind {
  static let dot = FileKind(
    name: "dot", fileExtension: "dot", mediaType: "text/vnd.graphviz", isText: true,
    usesFonts: false, note: Note(.start, "// ", "\n"))
}

extension OutputFormat {
  /// The graph in the DOT language, for Graphviz to draw in its own way; nothing is laid out for it.
  ///
  /// Each input is a box, for `dot` draws many edges between the same two boxes as loops.
  public static let dot = OutputFormat(
    kind: .dot,
    input: .reading { reading, options in
      var reading = reading
      reading.inputs = .boxes
      return (Array(Figure(reading).dot(options.themeWithBackground).utf8), nil)
    })
}
