import GradBase
public import GraphvizGrad

/// A filter for pandoc's documents: blocks of code with the class `grad` become figures.
///
/// Everything else in the document is the same bytes as before.
public struct PandocFilter: Sendable {
  /// What pandoc calls the format it writes, as `latex`.
  public var format: String
  /// Files that may be the document, for the places of mistakes; likely ones first.
  public var documents: [(path: String, bytes: [UInt8])] = []

  /// The folder for pictures, before what the document says of it; `nil` to let it say so.
  public var folder: String?

  /// Whether documents and their programs may name files beside them.
  public var trustsHeads = false

  /// Hears that work on a figure begins, in the file that is named.
  public var begins: @Sendable (String) -> Void = { _ in }

  /// A filter for a format; none is taken for HTML.
  public init(to format: String) { self.format = format }

  /// Filters a document.
  ///
  /// - Parameter bytes: Pandoc's document as JSON.
  /// - Returns: The document with its figures, and the files that it needs.
  /// - Throws: ``GradRequest/FigureError`` with all that is wrong; there is nothing to write then.
  public func filter(_ bytes: [UInt8]) throws(FigureError) -> FilteredDocument {
    let document = try Self.input.read(bytes) { root in
      root["pandoc-api-version"]?[1]?.number != nil && root["blocks"]?.kind == .array
    }
    var result = FilteredDocument(bytes: bytes)
    result.isFolderGiven = folder != nil
    var edits = JSONEdits()
    var mistakes: [Diagnostic] = []
    let blocks = document.values(.object).compactMap(PandocBlock.init)
    var places = DocumentPlaces(blocks.isEmpty ? [] : documents)
    var defaults: PandocDefaults?
    do {
      defaults = try PandocDefaults(document.root["meta"], isTrusted: trustsHeads)
    } catch {
      mistakes = error.diagnostics
    }
    let target = PandocTarget(format)
    let writer = PandocFigureWriter(
      target: target, folder: folder ?? defaults?.folder,
      hasFigures: hasFigures(document))
    var names = FigureNames()
    for (index, block) in blocks.enumerated() {
      let place = places.next(
        block.text, block.sourcePosition.flatMap(DocumentPlaces.Told.init),
        block.attributes { _ in nil })
      let name =
        place?.path
        ?? "<block \(index + 1)\(block.identifier.isEmpty ? "" : " #\(block.identifier)")>"
      let source = Source(name, text: block.text, at: place?.origins ?? [])
      let span = place?.span ?? Span(startOf: source)
      begins(name)
      do throws(FigureError) {
        var request = FigureBlock(source, at: span)
        request.identifier = block.identifier
        request.isTrusted = trustsHeads
        request.attributes = block.attributes { place?.attribute($0) }
        request.defaults = target.defaults + (defaults?.figures.attributes ?? [])
        let figure = try request.figure()
        let frames = try figure.frameOptions(at: span)
        try names.claim(figure.identifier, at: span)
        result.warnings += figure.figure.warnings
        if target.hidesInnerPictures, block.isInner(in: document) {
          result.warnings.append(
            Diagnostic(
              .warning, code: "not-shown",
              "slides of PowerPoint show no picture that stands in a list or a quotation",
              file: name, span: span, help: "put the block behind the list"))
        }
        // What is not to be written is not drawn.
        if !mistakes.isEmpty { continue }
        edits.replace(
          block.element, with: try writer.write(block, figure, frames, at: span, &result))
      } catch {
        guard let found = error.mistakes(at: span) else { throw error }
        mistakes += found
      }
    }
    if !mistakes.isEmpty { throw .request(mistakes) }
    result.bytes = edits.bytes(of: document.root)
    return result
  }

  private static let input = FilterInput(
    name: "document of pandoc", code: "not-pandoc",
    help: "let pandoc run the filter: pandoc notes.md --filter pandoc-graphviz-grad")

  /// Whether the document may hold figures as such, which came with version 1.23.
  private func hasFigures(_ document: JSONDocument) -> Bool {
    let version = document.root["pandoc-api-version"]?.elements.compactMap(\.number) ?? []
    return !version.lexicographicallyPrecedes([1, 23])
  }
}
