public import GraphvizGrad

import GradBase

/// The directive `grad` for mystmd, as it talks to plug-ins that are programs.
///
/// It asks for ``specification`` first, and then gives each directive as JSON and takes nodes of its tree.
public struct MystFilter: Sendable {
  /// Files that may hold the directive, for the places of mistakes: asked for where there are some.
  public var documents: @Sendable () -> [(path: String, bytes: [UInt8])] = { [] }
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
    do throws(FigureError) {
      return try drawn(directive, in: [])
    } catch {
      // The same once more, to say where in the document it is wrong.
      guard case .request = error else { throw error }
      return try drawn(directive, in: documents())
    }
  }

  private func drawn(
    _ directive: JSONValue, in documents: [(path: String, bytes: [UInt8])]
  ) throws(FigureError) -> FilteredDocument {
    let text = directive["body"]?.string ?? ""
    var places = DocumentPlaces(documents)
    let place = places.next(text, nil)
    let source = Source(place?.path ?? "<grad>", text: text, at: place?.origins ?? [])
    begins(source.name)
    var block = FigureBlock(source, at: place?.span ?? Span(startOf: source))
    block.isTrusted = trustsHeads
    let options = directive["options"]?.members ?? []
    for (name, value) in options {
      guard let name = name.string, !name.isIn("caption", "class") else { continue }
      // What stands alone is empty there.
      let text = value.string ?? value.spelling
      block.attributes.append(.init(name, text.isEmpty ? "true" : text))
    }
    let figure = try block.stillFigure()
    let picture = try figure.figure.picture(.svg, isSigned: false)
    let words = options.first { $0.key.isString("caption") }?.value.spelling
    let caption = words ?? figure.caption.map { "[\(Self.text($0))]" }
    let nodes =
      (figure.showsProgram ? [Self.listing(text)] : [])
      + [Self.figure(figure, picture, caption, directive["options"]?["class"]?.string)]
    var result = FilteredDocument(Array("[\(nodes.joined(separator: ","))]\n".utf8))
    result.warnings = figure.figure.warnings
    result.warnings.add(picture.warnings)
    return result
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

  private static func text(_ words: String) -> String {
    node([("type", "text"), ("value", words)])
  }

  private static func named(_ name: String, _ value: String?) -> [(String, String)] {
    value.map { [(name, $0)] } ?? []
  }

  private static func node(_ fields: [(String, String)], _ children: [String] = []) -> String {
    let fields = fields.map { "\(JSONDocument.quoted($0.0)):\(JSONDocument.quoted($0.1))" }
    let list = children.isEmpty ? [] : [#""children":[\#(children.joined(separator: ","))]"#]
    return "{\((fields + list).joined(separator: ","))}"
  }
}

extension String {
  fileprivate func isIn(_ words: String...) -> Bool { words.contains(self) }
}
