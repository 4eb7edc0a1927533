import GradBase
import GradCore
import GradDrawing
import GradFigure
import GradLanguage
import GraphvizRenderer

/// An interactive page around one figure.
struct Page {
  let trace: Trace
  let options: PictureOptions
  let reading: Reading
  let words: PageWords
  /// The figure as it is drawn, with room for other numbers.
  let drawing: Drawing
  let template: FigureTemplate
  /// What ids begin with.
  let prefix: String

  /// Lays out the page of a reading.
  init(_ reading: Reading, _ options: PictureOptions) throws(GraphvizError) {
    trace = reading.full
    var options = options
    if options.theme == .light { options.theme = .auto }
    // Its numbers change, and with them what a box would say of many: nothing is folded.
    options.figure.maxNodes = nil
    let reading = reading.folds.isEmpty ? reading : Reading(reading.full, options.figure)
    self.options = options
    words = options.figure.language.page
    prefix = options.idPrefix ?? "figure"
    self.reading = reading
    template = FigureTemplate(reading)
    // The page says the title and what is faint by itself.
    let sample = options.figure.numbers(-0.888888888)
    let (figure, layout) = try reading.placed { reading in
      var figure = Figure(reading, hasAids: false)
      figure.title = nil
      figure.keepRoom(for: sample)
      return figure
    }
    drawing = Drawing(figure, layout, options)
  }

  /// The file.
  var text: String {
    let svg = drawing.svg(idPrefix: "\(prefix)_svg")
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
      \(Self.file(PackageResources.page_css))</style>
      </head>
      <body>
      \(body(svg))
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

  static func file(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
