public import GraphvizGrad

import GradBase

/// The directive `grad` for mystmd, as it talks to plug-ins that are programs.
///
/// It asks for ``specification`` first, and then gives each directive as JSON and takes nodes of its tree.
public struct MystFilter: Sendable {
  /// Files that may hold the directive, for the places of mistakes: asked for where there are some.
  public var documents: @Sendable () -> [(path: String, bytes: [UInt8])] = { [] }
  /// Reads a file that a directive names; `nil` if that is not possible.
  public var contents: @Sendable (String) -> [UInt8]? = { _ in nil }
  /// Whether documents and their programs may name files beside them.
  public var trustsHeads = false
  /// Hears that work on the figure begins, in the file that is named.
  public var begins: @Sendable (String) -> Void = { _ in }

  /// A filter that knows no documents.
  public init() {}

  /// What the plug-in offers, as JSON.
  public static var specification: String {
    let names = FigureBlock.knownAttributes.filter { !$0.isIn("label", "caption", "steps") }
    let options =
      [
        #""label":{"type":"string","alias":["name"],"doc":"What references call the figure"}"#,
        #""class":{"type":"string","doc":"Classes of the figure"}"#,
        #""caption":{"type":"parsed","doc":"The words below the figure"}"#,
      ] + names.map { #""\#($0)":{"type":"string"}"# }
    return #"{"name":"graphviz-grad","directives":[{"name":"grad","#
      + #""doc":"Draws a program with every value and every derivative.","#
      + #""arg":{"type":"string","doc":"A file with the program, seen from the page"},"#
      + #""options":{\#(options.joined(separator: ","))},"#
      + #""body":{"type":"string","doc":"The program"}}]}"# + "\n"
  }

  /// Draws a directive.
  ///
  /// - Parameter bytes: The directive as JSON.
  /// - Returns: The nodes that take its place.
  /// - Throws: ``GradRequest/FigureError`` with all that is wrong.
  public func filter(_ bytes: [UInt8]) throws(FigureError) -> FilteredDocument {
    let input = FilterInput(
      name: "directive of mystmd", code: "not-myst",
      help: "let mystmd run the plug-in: graphviz-grad integration myst")
    let directive = try input.read(bytes) { $0["name"]?.string == "grad" }.root
    if directive["arg"]?.string == nil {
      do throws(FigureError) {
        let drawn = try drawn(directive, in: [])
        if drawn.warnings.isEmpty { return drawn }
      } catch {
        guard case .request = error else { throw error }
      }
    }
    // The files of the book are read where a place is to be told, or another file is named.
    return try drawn(directive, in: documents())
  }

  private func drawn(
    _ directive: JSONValue, in documents: [(path: String, bytes: [UInt8])]
  ) throws(FigureError) -> FilteredDocument {
    let body = directive["body"]?.string ?? ""
    let line = directive["node"]?["position"]?["start"]?["line"]?.number.flatMap(Int.init(exactly:))
    var places = DocumentPlaces(documents)
    let place = places.next(
      body, line.flatMap { documents.isEmpty ? nil : DocumentPlaces.Told(line: $0) })
    var source = Source(place?.path ?? "<grad>", text: body, at: place?.origins ?? [])
    if let file = directive["arg"]?.string {
      source = try program(file, body, in: documents, at: line)
    }
    begins(source.name)
    var block = FigureBlock(source, at: place?.span ?? Span(startOf: source))
    block.isTrusted = trustsHeads
    let options = directive["options"]?.members ?? []
    for (name, value) in options {
      guard let name = name.string, !name.isIn("caption", "class") else { continue }
      // What stands alone is empty there.
      let text = value.string ?? value.spelling
      let written = place?.attribute(name) ?? (name == "label" ? place?.attribute("name") : nil)
      block.attributes.append(.init(name, text.isEmpty ? "true" : text, at: written))
    }
    let figure = try block.stillFigure()
    let picture = try figure.figure.picture(.svg, isSigned: false)
    let words = options.first { $0.key.isString("caption") }?.value.spelling
    let caption = words ?? figure.caption.map { MystWords.nodes($0) }
    let nodes =
      (figure.showsProgram ? [Self.listing(FigureBlock.listing(source.text))] : [])
      + [Self.figure(figure, picture, caption, directive["options"]?["class"]?.string)]
    var result = FilteredDocument(Array("[\(nodes.joined(separator: ","))]\n".utf8))
    result.warnings = figure.figure.warnings
    result.warnings.add(picture.warnings)
    return result
  }

  /// The program in a file that the directive names, seen from the page that does so.
  private func program(
    _ file: String, _ body: String, in documents: [(path: String, bytes: [UInt8])], at line: Int?
  ) throws(FigureError) -> Source {
    let pages = pages(naming: file, in: documents, at: line)
    let number = Int32(clamping: line ?? 1)
    let page = Source(
      pages.first ?? "<grad>", text: "", at: [Labels.Place(line: number, column: 1)])
    func mistake(_ message: String, _ help: String) -> FigureError {
      .request([
        Diagnostic(
          .error, code: "program", message, file: page.name, span: Span(startOf: page), help: help)
      ])
    }
    if !body.allSatisfy(\.isWhitespace) {
      throw mistake("a program is given and the file '\(file)' too", "leave out one")
    }
    for page in pages + [""] {
      let slash = page.lastIndex(of: "/").map { page.index(after: $0) } ?? page.startIndex
      let path = "\(page[..<slash])\(file)"
      guard let bytes = contents(path) else { continue }
      return Source(path, text: String(decoding: bytes, as: UTF8.self))
    }
    throw mistake(
      "the program '\(file)' cannot be read",
      "name a file beside the page, or write the program below the directive")
  }

  /// The pages with a directive that names `file`; first those that have it at the line.
  private func pages(
    naming file: String, in documents: [(path: String, bytes: [UInt8])], at line: Int?
  ) -> [String] {
    let mark = Array("{grad} \(file)".utf8)
    let pages = documents.filter { $0.bytes.firstRange(of: mark) != nil }
    let first = pages.filter { page in
      let lines = page.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      guard let line, lines.indices.contains(line - 1) else { return false }
      return lines[line - 1].firstRange(of: mark) != nil
    }
    return (first + pages).map(\.path)
  }

  // MARK: Nodes

  /// An image, with a caption or a name in a container that is counted.
  private static func figure(
    _ figure: DocumentFigure, _ picture: Picture, _ caption: String?, _ classes: String?
  ) -> String {
    let address = picture.format.kind.link(to: picture.bytes)
    var image = [
      ("type", "image"), ("url", address), ("alt", figure.alternative),
    ]
    image += [("width", figure.width), ("height", figure.height)].compactMap { name, value in
      value.map { (name, $0) }
    }
    if caption == nil, figure.identifier.isEmpty { return node(image + named("class", classes)) }
    var children = [node(image)]
    if let caption {
      let paragraph = #"{"type":"paragraph","children":\#(caption)}"#
      children.append(#"{"type":"caption","children":[\#(paragraph)]}"#)
    }
    var container = [("type", "container"), ("kind", "figure")] + named("class", classes)
    if !figure.identifier.isEmpty {
      // References are the same in capitals.
      container += [
        ("label", figure.identifier), ("identifier", figure.identifier.lowercased()),
      ]
    }
    return node(container, children)
  }

  private static func listing(_ program: String) -> String {
    node([("type", "code"), ("lang", "python"), ("value", program)])
  }

  private static func named(_ name: String, _ value: String?) -> [(String, String)] {
    value.map { [(name, $0)] } ?? []
  }

  static func node(_ fields: [(String, String)], _ children: [String] = []) -> String {
    let fields = fields.map { "\(JSONDocument.quoted($0.0)):\(JSONDocument.quoted($0.1))" }
    let list = children.isEmpty ? [] : [#""children":[\#(children.joined(separator: ","))]"#]
    return "{\((fields + list).joined(separator: ","))}"
  }
}

extension String {
  fileprivate func isIn(_ words: String...) -> Bool { words.contains(self) }
}
