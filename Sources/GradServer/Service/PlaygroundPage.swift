import GradBase
import GradCore
import GradFigure

/// The playground: an editor, a live figure, and options to choose from.
enum PlaygroundPage {
  static let text = """
    \(SitePage.head("Playground", "playground"))
    <body>
    <header>
    <h1>graphviz-grad <span>playground</span></h1>
    <label class="field">Example <select id="examples"><option value="">choose…</option></select></label>
    </header>
    <main>
    <section id="writing" aria-labelledby="writing_title">
    <h2 id="writing_title" class="hidden">Program</h2>
    <div id="editor">
    <pre id="numbers" aria-hidden="true"></pre>
    <div id="paper"><pre id="colours" aria-hidden="true"></pre>\
    <textarea id="program" aria-label="Program" aria-describedby="messages" spellcheck="false" \
    autocapitalize="off" autocomplete="off" autocorrect="off" wrap="off"></textarea></div>
    </div>
    <div id="messages" role="status" aria-live="polite"></div>
    </section>
    <section id="showing" aria-labelledby="showing_title">
    <h2 id="showing_title" class="hidden">Figure</h2>
    <div id="bar">
    <div role="group" aria-label="View" class="joined">
    <button type="button" id="view_figure" aria-pressed="true">Figure</button>
    <button type="button" id="view_steps" aria-pressed="false">Steps</button>
    </div>
    <div role="group" aria-label="Copy" id="copies">
    <span aria-hidden="true">Copy</span>
    <button type="button" data-copy="svg" aria-label="Copy as SVG">SVG</button>
    <button type="button" data-copy="png" aria-label="Copy as PNG">PNG</button>
    <button type="button" data-copy="tikz" aria-label="Copy as TikZ">TikZ</button>
    <button type="button" data-copy="link" aria-label="Copy a link to this page">link</button>
    <button type="button" data-copy="address" aria-label="Copy the address of the picture">address</button>
    </div>
    </div>
    <div id="figure" tabindex="0" role="region" aria-label="Picture"><img id="picture" alt=""></div>
    <iframe id="steps" title="The figure, step by step" sandbox="allow-scripts" hidden></iframe>
    <p id="said" role="status" aria-live="polite"></p>
    </section>
    <section id="choices" aria-labelledby="choices_title">
    <h2 id="choices_title">Options</h2>
    <div id="fields">
    \(fields)
    <label class="field">title <input id="option_title" data-option="title" type="text" autocomplete="off" \
    placeholder="none"></label>
    <label class="field">set inputs <input id="option_set" data-option="set" type="text" autocomplete="off" \
    placeholder="b=3.001" spellcheck="false" autocapitalize="off"></label>
    </div>
    </section>
    </main>
    <script type="application/json" id="programs">\(examples)</script>
    </body>
    </html>

    """

  /// A choice for each option that has few values; the words are those of the command line.
  private static let fields = [
    field("style", Style.all.map(\.name)),
    field("theme", Theme.all.map(\.name)),
    field("notation", Notation.all.map(\.name)),
    field("direction", FigureOptions.Direction.allCases.map(\.rawValue)),
    field("edge-labels", FigureOptions.EdgeLabels.allCases.map(\.rawValue)),
    field("show", FigureOptions.Show.allCases.map(\.rawValue)),
    field("detail", Detail.allCases.map(\.rawValue)),
    field("mode", FigureOptions.Mode.allCases.map(\.rawValue)),
    field("backward", FigureOptions.Backward.allCases.map(\.rawValue)),
    field("inputs", FigureOptions.Inputs.allCases.map(\.rawValue)),
    field("legend", ["true"]),
    field("language", Language.all.map(\.tag)),
  ].joined(separator: "\n")

  private static func field(_ name: String, _ words: [String]) -> String {
    let options = words.map { "<option>\(XML.text($0))</option>" }.joined()
    return "<label class=\"field\">\(name) <select data-option=\"\(name)\">"
      + "<option value=\"\">default</option>\(options)</select></label>"
  }

  private static let examples: String = {
    var json = JSONText()
    json.array { json in
      for (name, program) in programs {
        json.object { json in
          json.field("name", name)
          json.field("program", program)
        }
      }
    }
    return json.text.replacing("<", with: "\\u003c")
  }()

  private static let programs = [
    ("a lecture", "# J = 3(a + bc)\na = 5\nb = 3\nc = 2\nu = b * c\nv = a + u\nJ = 3 * v\n"),
    (
      "a neuron",
      "x1 = 2\nx2 = 0\nw1 = -3\nw2 = 1\nb = 6.88\nn = x1*w1 + x2*w2 + b\no = tanh(n)\n"
    ),
    (
      "logistic regression",
      """
      x = 2
      y = 1
      w = 0.5
      b = -0.25
      z = w * x + b
      a = sigmoid(z)
      L = -(y * log(a) + (1 - y) * log(1 - a))

      """
    ),
    (
      "a function twice",
      """
      def step(x, w):
          return tanh(w * x)

      x = 0.5
      w1 = 1.5
      w2 = -2
      h = step(x, w1)
      y = step(h, w2)

      """
    ),
    (
      "arrays",
      """
      W = [[1, 2], [3, 4]]
      x = [1, -1]
      h = tanh(W @ x)
      L = sum(h ** 2)

      """
    ),
  ]
}
