import GraphvizGrad

/// A page of Markdown whose programs become figures in the text itself.
struct MarkdownPage {
  /// What messages call the page.
  let name: String
  /// All that is wrong with its blocks, once it was drawn.
  private(set) var mistakes: [Diagnostic] = []
  /// Whether the page and its programs may name files beside it.
  var isTrusted = false
  /// Hears that work on a figure begins.
  var begins: (String) -> Void = { _ in }
  private let bytes: [UInt8]
  private var places: DocumentPlaces
  /// The lines of the file that include others, with the paths of those.
  private let inclusions: [Inclusion]

  /// - Parameters:
  ///   - name: What messages call the page.
  ///   - bytes: The page.
  ///   - file: The file that the page was made of, which may differ from it; `nil` if there is none.
  ///   - contents: What is in the file of a name such as the page's; `nil` for what cannot be read.
  init(
    _ name: String, _ bytes: [UInt8], file: [UInt8]?, contents: (String) -> [UInt8]?
  ) {
    self.name = name
    self.bytes = bytes
    inclusions = file.map { Inclusion.all(in: $0, of: name) } ?? []
    var files = file.map { [(name, $0)] } ?? []
    for path in Set(inclusions.map(\.path)).sorted() {
      if let bytes = contents(path) { files.append((path, bytes)) }
    }
    places = DocumentPlaces(files)
  }

  /// The page with its figures.
  ///
  /// - Parameters:
  ///   - defaults: What holds for all figures.
  ///   - writer: Says what a figure is in the page.
  /// - Returns: The page; `nil` if it has no programs, or if there are ``mistakes``.
  /// - Throws: `FigureError` for a figure that cannot be drawn.
  mutating func drawn(
    _ defaults: FigureDefaults?, _ writer: inout MarkupWriter
  ) throws(FigureError) -> String? {
    var result: [UInt8] = []
    var offset = 0
    var names = FigureNames()
    for fence in MarkdownScanner.fences(in: bytes) where fence.isProgram {
      var block = fence.block(named: name)
      block.isTrusted = isTrusted
      // Other preprocessors may have put lines before it; the file is what the author sees.
      if let place = places.next(block.source.text) {
        block.source = Source(place.path, text: block.source.text, at: place.origins)
        // A program of its own file has its attributes where it is included.
        let line = inclusions.first { $0.path == place.path }.map(\.line)
        let head = line.flatMap { places.next($0, nil, block.attributes) } ?? place
        block.place = head.span
        for index in block.attributes.indices {
          block.attributes[index].place = head.attribute(block.attributes[index].name)
        }
      }
      if let directive = Inclusion.left(in: block.source.text) {
        mistakes.append(
          Diagnostic(
            .error, code: "not-included", "mdBook has not included \(directive)",
            file: block.place.source.name, span: block.place,
            help: "name a file seen from the chapter, and let the preprocessor run after links"))
        continue
      }
      block.defaults = defaults?.attributes ?? []
      begins(block.source.name)
      do throws(FigureError) {
        let figure = try block.stillFigure()
        try names.claim(figure.identifier, at: block.place)
        if !mistakes.isEmpty { continue }
        result += bytes[offset..<fence.marker]
        offset = fence.lines.upperBound
        if figure.showsProgram {
          result += bytes[fence.marker..<fence.lines.upperBound]
          if result.last != 0x0A { result.append(0x0A) }
          result += "\(fence.prefix)\n\(fence.prefix)".utf8
        }
        // A line without anything ends what is HTML.
        let prefix = String(fence.prefix.reversed().drop { $0 == " " }.reversed())
        result += "\(try writer.markup(figure))\n\(prefix)\n".utf8
      } catch {
        guard let found = error.mistakes(at: block.place) else { throw error }
        mistakes += found
      }
    }
    if offset == 0 || !mistakes.isEmpty { return nil }
    return String(decoding: result + bytes[offset...], as: UTF8.self)
  }
}
