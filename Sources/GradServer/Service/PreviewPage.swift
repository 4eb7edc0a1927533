/// The programs of a folder, and the page of one of them.
enum PreviewPage {
  /// A page with a figure that stands still.
  static func still(_ svg: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>Figure</title>
    <style>
    body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #ffffff; }
    svg { max-width: 100%; height: auto; }
    </style>
    </head>
    <body>
    <main>
    \(svg)
    </main>
    </body>
    </html>

    """
  }

  static let text = """
    \(SitePage.head("Programs", "preview"))
    <body>
    <header>
    <h1 id="name">Programs</h1>
    <p id="state" role="status" aria-live="polite"></p>
    <nav aria-label="Pages">
    <a id="back" href="/" hidden>All programs</a>
    <a id="edit" href="/playground">Playground</a>
    </nav>
    </header>
    <main>
    <section id="list" aria-label="Programs" hidden>
    <label class="field">Find <input id="sought" type="search" autocomplete="off" spellcheck="false"></label>
    <ul id="programs"></ul>
    <p id="none" hidden>There is no program in this folder yet: save one as <code>lecture.grad</code>.</p>
    </section>
    <section id="frames" aria-label="Figure" hidden></section>
    <section id="mistake" role="alert" hidden>
    <h2 id="kind"></h2>
    <button type="button" id="close" aria-label="Close">×</button>
    <pre id="words" tabindex="0"></pre>
    <p id="stale" hidden>The figure is the last that could be drawn.</p>
    </section>
    </main>
    </body>
    </html>

    """
}
