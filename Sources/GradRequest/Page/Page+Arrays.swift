import GradBase
import GradCore
import GradDrawing
import GradFigure

extension Page {
  /// The page of a figure with arrays: the figure, its steps and the description, as they are.
  ///
  /// Scripts compute numbers alone, so that nothing can be edited.
  var fixedText: String {
    let array = trace.nodes.first { !$0.shape.isEmpty }?.id ?? ""
    let steps = reading.steps.map { "<li>\(XML.text($0.sentence))</li>" }.joined(separator: "\n")
    return """
      <!DOCTYPE html>
      <html lang="\(options.figure.language.tag)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(XML.text(drawing.heading))</title>
      <style>
      \(colors)
      body { margin: 16px; background: var(--paper); color: var(--ink);
        font: 15px/1.5 Arial, "Liberation Sans", Helvetica, sans-serif; }
      figure { margin: 0; overflow-x: auto; }
      figure svg { max-width: 100%; height: auto; }
      li { overflow-wrap: anywhere; }
      .note { color: var(--muted); }
      </style>
      </head>
      <body>
      <main>
      <h1>\(XML.text(drawing.heading))</h1>
      <figure>
      \(drawing.svg(idPrefix: "\(prefix)_svg"))</figure>
      <p class="note">\(XML.text(words.arraysAreFixed(array)))</p>
      <h2>\(XML.text(words.steps))</h2>
      <ol start="0">
      \(steps)
      </ol>
      </main>
      </body>
      </html>

      """
  }
}
