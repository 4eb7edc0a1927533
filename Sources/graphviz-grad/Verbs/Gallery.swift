import ArgumentParser
import GradBase
import GradFigure
import GradLanguage
import GraphvizGrad

/// Draws programs in every style and theme on one page.
struct Gallery: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw programs in every style and theme on one HTML page.",
    discussion: """
      EXAMPLES:
        graphviz-grad gallery -o gallery
        graphviz-grad sample lab-network -o my-network.grad
        graphviz-grad gallery my-network.grad -o pictures

      The page is index.html in the folder of -o; it needs no network.
      """)

  @Argument(
    help:
      "Programs (default: every .grad file in the folder samples, or the samples that come along).",
    completion: .file(extensions: ["grad"]))
  var files: [String] = []

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The folder to write to; it is made if need be.", valueName: "folder"),
    completion: .directory)
  var folder: String

  @OptionGroup var limits: LimitArguments

  func run() throws {
    let (limits, mistakes) = limits.values()
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    if ["html", "htm", "pdf", "svg"].contains(where: { folder.lowercased().hasSuffix(".\($0)") }) {
      throw Failure.usage(
        "-o names a folder, and '\(folder)' is the name of a file",
        help: "the page is index.html in the folder: -o gallery")
    }
    // The samples are in a folder only where somebody works on them.
    let files = files.isEmpty ? (try? Self.programs(in: "samples")) ?? [] : files
    var sources: [(file: String, source: Source)] = []
    for file in files { sources.append((file, try Input.file(file).source())) }
    if files.isEmpty {
      sources = Sample.all.map { ("\($0.name).grad", Source("\($0.name).grad", text: $0.text)) }
    }
    var page = GalleryPage()
    for (file, source) in sources {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      do throws(FigureError) {
        try Watchdog.watching(file, limits) { () throws(FigureError) in
          try page.add(source, named: name)
        }
      } catch {
        throw Failure(error)
      }
    }
    var outputs = Outputs(reading: files.map { .file($0) })
    outputs.makesFolders = true
    outputs.claim(.init(output: .file("\(folder)/index.html"), isNamed: false))
    try outputs.write([Stamp.signed(Array(page.text.utf8), OutputFormat.html.kind)])
  }

  /// The programs in a folder, by name.
  private static func programs(in folder: String) throws(Failure) -> [String] {
    try FileSearch.names(in: folder).filter { $0.hasSuffix(".grad") }.map { "\(folder)/\($0)" }
      .sorted()
  }
}

/// A page of figures.
struct GalleryPage {
  private var sections: [String] = []
  private var links: [String] = []

  /// Adds a section with every style and theme of a program.
  mutating func add(_ source: Source, named name: String) throws(FigureError) {
    let id = "s\(sections.count + 1)"
    var figures = ""
    for style in Style.all {
      var request = FigureRequest(source)
      request.options = [OptionText("style", style.name)]
      let figure = try request.figure()
      for theme in Theme.all {
        let svg = try figure.inTheme(theme, idPrefix: "\(id)_\(style.name)_\(theme.name)")
          .picture(.svg, isSigned: false).text
        figures += """
          <figure class="\(theme.name)"><figcaption>\(style.name), \(theme.name)</figcaption>
          \(svg)</figure>

          """
      }
    }
    let title = XML.text(name)
    links.append("<a href=\"#\(id)\">\(title)</a>")
    sections.append(
      """
      <section id="\(id)"><h2>\(title)</h2>
      <pre>\(XML.text(source.text))</pre>
      \(figures)</section>
      """)
  }

  /// The whole page.
  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>graphviz-grad: gallery</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>
    body { font: 16px/1.4 Arial, sans-serif; margin: 2em; color: #111827; background: #f8fafc; }
    nav a { margin-right: 1em; white-space: nowrap; }
    pre { background: #eef2f7; padding: 1em; overflow: auto; }
    figure { margin: 1em 0; padding: 1em; background: #fff; overflow: auto; }
    figure.dark { background: #0f172a; color: #f1f5f9; }
    figcaption { font-size: 13px; margin-bottom: 0.5em; }
    @media (prefers-color-scheme: dark) {
      body { color: #f1f5f9; background: #020617; } pre { background: #1e293b; }
      a { color: #93c5fd; } figure.auto { background: #0f172a; }
      figure.light, figure.print { color: #111827; }
    }
    </style></head><body><h1>Gallery</h1>
    <nav>\(links.joined(separator: "\n"))</nav>
    \(sections.joined(separator: "\n"))
    </body></html>

    """
  }
}
