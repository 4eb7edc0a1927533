import GradBase
import GradDrawing
import GradFigure

extension Page {
  /// What stands in the window: the title, the figure, the panel and the bar, which the scripts fill in.
  func body(_ svg: String) -> String {
    """
    <header>
    <h1>\(XML.text(drawing.heading))</h1>
    <form id="search" role="search">\
    <input type="search" id="sought" list="names" aria-label="\(say(words.search))" \
    placeholder="\(say(words.search))" aria-describedby="matches" autocomplete="off" spellcheck="false">\
    <datalist id="names"></datalist><p id="matches" role="status"></p></form>
    <div id="zooms" role="group" aria-label="\(say(words.zooms))">
    \(button("zoom_out", words.zoomOut, "M5 12h14"))
    \(button("zoom_in", words.zoomIn, "M5 12h14M12 5v14"))
    \(button("fit", words.fit, "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"))
    </div>
    <button type="button" id="helper" aria-label="\(say(words.keys))" title="\(say(words.keys))">?</button>
    </header>
    <main id="stage">
    <div id="figure" role="region" aria-label="\(say(words.figure))" \
    style="--width: \(Int(drawing.size.width * 1.5))px">
    \(svg)</div>
    \(card)
    <p id="notice" role="status" aria-live="polite"></p>
    </main>
    \(panel)
    \(bar)
    \(help)
    """
  }

  private func say(_ word: String) -> String { XML.attribute(word) }

  private func icon(_ way: String) -> String {
    "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"\(way)\"/></svg>"
  }

  /// A button that shows one of the icons, by the page's style.
  private func button(_ id: String, _ word: String, _ ways: String...) -> String {
    "<button type=\"button\" id=\"\(id)\" aria-label=\"\(say(word))\" title=\"\(say(word))\">"
      + ways.map(icon).joined() + "</button>"
  }

  /// The chain rule beside the node chosen.
  private var card: String {
    """
    <section id="card" aria-label="\(say(words.chainRule))" hidden>
    <h2 id="name"></h2>
    \(button("close", words.close, "M6 6l12 12M18 6L6 18"))
    <p id="rule" role="status" aria-live="polite"></p>
    <p id="wait" class="note"></p>
    <button type="button" id="nudge">\(say(words.nudgeChosen))</button>
    </section>
    """
  }

  /// The inputs, the nudge and the paths.
  private var panel: String {
    let columns = [words.node, words.before, words.after, words.change]
    let heads = columns.map { "<th scope=\"col\">\(say($0))</th>" }.joined()
    return """
      <aside id="panel" aria-label="\(say(words.panel))">
      <button type="button" id="opener" aria-expanded="false" aria-controls="panes">\
      \(icon("M9 5l7 7-7 7"))<span>\(say(words.panel))</span></button>
      <div id="panes">\(descentPane)
      <section aria-labelledby="inputs_title">
      <h2 id="inputs_title">\(say(words.inputs))</h2>
      <p class="note">\(say(words.inputsHint))</p>\(fixedNotes)
      <div id="inputs"></div>
      <button type="button" id="reset">\(say(words.reset))</button>
      </section>
      <section aria-labelledby="nudge_title">
      <h2 id="nudge_title">\(say(words.nudgeTitle))</h2>
      <div id="nudging"><label for="by">\(say(words.by))</label>\
      <input type="text" inputmode="decimal" id="by" value="0.001" autocomplete="off" \
      aria-describedby="by_fault"><p id="by_fault" class="fault" role="status"></p></div>
      <div id="effect" hidden>
      <table>
      <thead><tr>\(heads)</tr></thead>
      <tbody id="moves"></tbody>
      </table>
      </div>
      <p id="quotient"></p>
      </section>
      <section aria-labelledby="paths_title">
      <h2 id="paths_title">\(say(words.paths))</h2>
      <p class="note" id="hint">\(say(words.chainRuleHint))</p>
      <p id="paths"></p>
      </section>
      </div>
      </aside>
      """
  }

  /// Which inputs cannot be edited, and why.
  private var fixedNotes: String {
    let (large, read) = fixedInputs
    let notes = [
      large.isEmpty ? nil : words.largeInputs(large.joined(separator: ", ")),
      read.isEmpty ? nil : words.readInputs(read.joined(separator: ", ")),
    ]
    return notes.compactMap { $0.map { "\n<p class=\"note\">\(say($0))</p>" } }.joined()
  }

  /// The sentence of the step, and what goes from step to step.
  private var bar: String {
    """
    <footer id="bar">
    <p id="sentence" role="status" aria-live="polite">\(XML.text(drawing.summary))</p>
    <div id="steps" role="group" aria-label="\(say(words.steps))">
    \(button("first", words.first, "M6 5v14M18 5l-8 7 8 7"))
    \(button("back", words.back, "M16 5l-8 7 8 7"))
    \(button("play", words.play, "M7 4l13 8-13 8z", "M6 4h4v16H6zM14 4h4v16h-4z"))
    \(button("next", words.next, "M8 5l8 7-8 7"))
    \(button("last", words.last, "M18 5v14M6 5l8 7-8 7"))
    <label><span id="position"></span>\
    <input type="range" id="step" min="0" max="1" value="0" aria-label="\(say(words.stepSlider))"></label>
    </div>
    </footer>
    """
  }

  /// The keys of `keys.js` and `nodes.js`, and what they do.
  private var help: String {
    let keys: [(keys: [String], word: String)] = [
      (["←", "→"], words.keySteps), (["Home", "End"], words.keyEnds), (["Space"], words.keyPlay),
      (["Tab", "←", "→"], words.keyNodes), (["Enter"], words.keyChoose),
      (["+", "−", "0"], words.keyZoom), (["Shift", "←↑↓→"], words.keyPan), (["/"], words.keySearch),
      (["Esc"], words.keyLeave), (["?"], words.keyHelp),
    ]
    let rows = keys.map { keys, word in
      let caps = keys.map { "<kbd>\($0)</kbd>" }.joined(separator: " ")
      return "<dt>\(caps)</dt><dd>\(say(word))</dd>"
    }
    return """
      <dialog id="help" aria-labelledby="help_title">
      <h2 id="help_title">\(say(words.keys))</h2>
      <dl>
      \(rows.joined(separator: "\n"))
      </dl>
      <button type="button" id="helped">\(say(words.close))</button>
      </dialog>
      """
  }
}
