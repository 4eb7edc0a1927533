public import GraphvizGrad

import GradBase

/// A filter for one block of code, for tools that have the block in hand but no document.
///
/// It takes the program and gives a JSON object: the picture, and all that the block says of it.
public struct BlockFilter: Sendable {
  /// What the picture is written as.
  public var format: OutputFormat
  /// What is asked for, in the order written.
  public var attributes: [FigureBlock.Attribute]
  /// What holds where neither they nor the head of the program say anything.
  public var defaults: [FigureBlock.Attribute] = []
  /// Files that may hold the block, for the places of mistakes; likely ones first.
  public var documents: [(path: String, bytes: [UInt8])] = []
  /// The line of the first of them where the block begins, from 1; `nil` where nobody tells it.
  public var line: Int?
  /// Whether the block and its program may name files beside it.
  public var trustsHeads = false
  /// Hears that work on the figure begins, in the file that is named.
  public var begins: @Sendable (String) -> Void = { _ in }

  /// A filter for pictures of a format.
  public init(to format: OutputFormat, _ attributes: [FigureBlock.Attribute]) {
    self.format = format
    self.attributes = attributes
  }

  /// Draws a block.
  ///
  /// - Parameter bytes: The program.
  /// - Returns: The JSON object.
  /// - Throws: ``GradRequest/FigureError`` with all that is wrong.
  public func filter(_ bytes: [UInt8]) throws(FigureError) -> FilteredDocument {
    let text = String(decoding: bytes, as: UTF8.self)
    var places = DocumentPlaces(documents)
    let place = places.next(
      text, line.map { DocumentPlaces.Told(path: documents.first?.path, line: $0) }, attributes)
    let source = Source(place?.path ?? "<stdin>", text: text, at: place?.origins ?? [])
    begins(source.name)
    var block = FigureBlock(source, at: place?.span ?? Span(startOf: source))
    block.isTrusted = trustsHeads
    block.attributes = attributes.map { attribute in
      var attribute = attribute
      attribute.place = place?.attribute(attribute.name)
      return attribute
    }
    let shared: FigureDefaults
    do {
      shared = try FigureDefaults(
        defaults.map { ($0.name, $0.value) }, in: "<default>", isTrusted: trustsHeads)
    } catch {
      throw .request(error.diagnostics)
    }
    block.defaults = shared.attributes
    let figure = try block.stillFigure()
    let picture = try figure.figure.picture(format, isSigned: false)
    var result = FilteredDocument(json(picture, figure))
    result.warnings = figure.figure.warnings
    result.warnings.add(picture.warnings)
    return result
  }

  private func json(_ picture: Picture, _ figure: DocumentFigure) -> [UInt8] {
    let kind = picture.format.kind
    let reading = figure.figure.reading
    var json = JSONText()
    json.object(.lines) { json in
      json.field("mediaType", kind.mediaType)
      json.field(
        "picture",
        kind.isText ? String(decoding: picture.bytes, as: UTF8.self) : base64(picture.bytes))
      json.field("alternative", figure.alternative)
      json.field("description", figure.alt ?? "\(reading.heading)\n\(reading.summary)")
      json.field("name", figure.identifier)
      json.field("caption", figure.caption ?? "")
      json.field("width", figure.width ?? "")
      json.field("height", figure.height ?? "")
      json.field("echo", figure.showsProgram)
    }
    return Array((json.text + "\n").utf8)
  }
}
