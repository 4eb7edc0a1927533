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
    self.options = options
    words = options.figure.language.page
    prefix = options.idPrefix ?? "figure"
    self.reading = reading
    template = FigureTemplate(reading)
    // The page says the title and what is faint by itself.
    var figure = Figure(reading, hasAids: false)
    figure.title = nil
    figure.keepRoom(for: options.figure.numbers(-0.888888888))
    drawing = Drawing(figure, try Layout(figure), options)
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
      <title>\(Self.escaped(drawing.heading))</title>
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

  private func body(_ svg: String) -> String {
    func say(_ word: String) -> String { Self.escaped(word) }
    func button(_ id: String, _ word: String, _ way: String) -> String {
      """
      <button type="button" id="\(id)" aria-label="\(say(word))">\
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="\(way)"/></svg></button>
      """
    }
    return """
      <main>
      <h1>\(Self.escaped(drawing.heading))</h1>
      <section id="stage">
      <div id="figure" role="region" tabindex="0" aria-label="\(say(words.figure))" style="\(widths)">
      \(svg)</div>
      <p id="sentence" role="status" aria-live="polite">\(Self.escaped(drawing.summary))</p>
      <div id="steps" role="group" aria-label="\(say(words.steps))">
      \(button("first", words.first, "M7 5v14M19 5l-9 7 9 7z"))
      \(button("back", words.back, "M17 5l-10 7 10 7z"))
      <input type="range" id="step" min="0" max="1" value="0" aria-label="\(say(words.stepSlider))">
      \(button("next", words.next, "M7 5l10 7-10 7z"))
      \(button("last", words.last, "M17 5v14M5 5l9 7-9 7z"))
      <span id="position"></span>
      </div>
      <p id="notice" role="status" aria-live="polite"></p>
      </section>
      <div id="panels">
      <section aria-labelledby="inputs_title">
      <h2 id="inputs_title">\(say(words.inputs))</h2>
      <p class="note">\(say(words.inputsHint))</p>
      <div id="inputs"></div>
      <button type="button" id="reset" class="quiet">\(say(words.reset))</button>
      </section>
      <section aria-labelledby="rule_title">
      <h2 id="rule_title">\(say(words.chainRule))</h2>
      <p class="note" id="hint">\(say(words.chainRuleHint))</p>
      <div id="chosen" hidden>
      <p id="name"></p>
      <p id="rule" role="status" aria-live="polite"></p>
      <p id="paths"></p>
      </div>
      <div id="nudging">
      <label for="by">\(say(words.by))</label>
      <input type="text" inputmode="decimal" id="by" value="0.001" autocomplete="off">
      <button type="button" id="nudge" hidden>\(say(words.nudgeChosen))</button>
      </div>
      <div id="effect" hidden>
      <table>
      <thead><tr><th scope="col">\(say(words.node))</th><th scope="col">\(say(words.before))</th>\
      <th scope="col">\(say(words.after))</th><th scope="col">\(say(words.change))</th></tr></thead>
      <tbody id="moves"></tbody>
      </table>
      </div>
      <p id="quotient"></p>
      </section>
      </div>
      <p class="note" id="keys">\(say(words.keys))</p>
      </main>
      """
  }

  /// The widths that the figure has where there is room, and at least, where it is scrolled.
  private var widths: String {
    let width = drawing.size.width
    return "--width: \(Int(width * 1.5))px; --least: \(Int(width * 0.8))px"
  }

  static func file(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// Text as HTML wants it, between tags and between quotes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for letter in text.unicodeScalars {
      switch letter {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(letter)
      }
    }
    return result
  }
}
