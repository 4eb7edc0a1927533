import GradBase
import GradCore
import GradDrawing
import GradFigure
import GradLanguage
import GraphvizRenderer

/// An interactive page around one figure.
struct Page {
  let trace: Trace
  /// What the page computes anew: the trace, with what its derivatives above order 1, or the steps of Newton's
  /// rule, come from behind its own nodes.
  let computed: Trace
  let options: PictureOptions
  /// What is read with nothing folded: every node has its numbers, whatever is drawn.
  let reading: Reading
  /// The boxes that open.
  let folds: FoldTree
  let words: PageWords
  /// The figure as it is drawn, with room for other numbers.
  let drawing: Drawing
  /// What each box holds.
  let insides: [Drawing]
  let template: FigureTemplate
  /// What ids begin with.
  let prefix: String
  /// The descent that its reader can go; `nil` for none.
  let descent: PageDescent?

  /// Lays out the page of a reading.
  init(
    _ reading: Reading, _ options: PictureOptions, descent: PageDescent? = nil
  ) throws(GraphvizError) {
    self.descent = descent
    trace = reading.full
    computed = trace.computed(for: options.figure, descent)
    var (options, reading) = (options, reading)
    if options.theme == .light { options.theme = .auto }
    if trace.hasArrays { reading.options.entryRoom = Self.entryRoom }
    let folds = FoldTree(reading)
    reading = folds.reading
    self.folds = folds
    self.options = options
    words = options.figure.language.page
    prefix = options.idPrefix ?? "figure"
    self.reading = reading
    template = FigureTemplate(reading)
    // The page says the title and what is faint by itself.
    let sample = options.figure.numbers(-0.888888888)
    func prepared(_ figure: Figure) -> Figure {
      var figure = figure
      figure.title = nil
      figure.keepRoom(for: sample)
      return figure
    }
    let (_, figure, layout) = try folds.reading(inside: nil).placed {
      prepared(Figure($0, hasAids: false))
    }
    drawing = Drawing(figure, layout, options)
    insides = try folds.insides(figure.direction).map { inside throws(GraphvizError) in
      let inside = prepared(inside)
      var drawing = Drawing(inside, try Layout(inside), options)
      drawing.hasBackground = false
      // What is said of lines inside is said of their ends, and that the page makes of its numbers.
      for part in drawing.parts.indices {
        let isNode = if case .node = drawing.parts[part].owner { true } else { false }
        drawing.parts[part].explanation = isNode ? ["…"] : []
      }
      return drawing
    }
  }

  /// The file.
  var text: String {
    if let operation = unknownOperation { return fixedText(operation) }
    let svg = live(drawing, "svg")
    return """
      <!DOCTYPE html>
      <html lang="\(options.figure.language.tag)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
      <title>\(XML.text(drawing.heading))</title>
      <style>
      \(colors)
      \(Self.file(PackageResources.page_css))\(descentStyle)</style>
      </head>
      <body>
      \(body(svg))
      \(templates)
      <script type="application/json" id="recording">
      \(recording())
      </script>
      <script>
      "use strict";
      \(scripts)</script>
      </body>
      </html>

      """
  }

  /// The drawings of what boxes hold, which stay apart until they are opened.
  private var templates: String {
    insides.enumerated().map { index, inside in
      "<template id=\"inside-\(index)\">\n\(live(inside, "in\(index)"))</template>"
    }.joined(separator: "\n")
  }

  /// A drawing whose numbers the scripts change.
  private func live(_ drawing: Drawing, _ name: String) -> String {
    Self.file(drawing.svgBytes(idPrefix: "\(prefix)_\(name)", isLive: true))
  }

  static func file(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
