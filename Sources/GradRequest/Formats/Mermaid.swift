import GradDrawing
import GradFigure

extension FileKind {
  // What stands between lines of hyphens must be the first thing in a chart.
  static let mermaid = FileKind(
    name: "mermaid", fileExtension: "mmd", mediaType: "text/vnd.mermaid", isText: true,
    usesFonts: false, note: Note(.end, "%% ", "\n"))
}

extension OutputFormat {
  /// A flow chart, for tools that draw Mermaid in their own way; nothing is laid out for it.
  public static let mermaid = OutputFormat(
    kind: .mermaid,
    input: .reading { reading, options in
      var reading = reading
      reading.inputs = .boxes
      return (Array(Figure(reading).mermaid(options.themeWithBackground).utf8), nil)
    })
}
