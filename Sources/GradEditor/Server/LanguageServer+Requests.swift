import GradBase
import GradLanguage

extension LanguageServer {
  /// The requests whose answers have numbers in them.
  private static let ofNumbers: Set<String> = ["textDocument/hover", "textDocument/inlayHint"]

  /// Answers a request, or keeps it until its numbers come.
  mutating func answer(_ id: JSONValue, _ method: String, _ parameters: JSONValue?) {
    guard Self.answered.contains(method) else {
      return sendError(id, .methodNotFound, "'\(method)' is not known")
    }
    guard let uri = parameters?["textDocument"]?["uri"]?.string else {
      return sendError(id, .invalidParams, "'\(method)' names no text")
    }
    guard let (document, part) = open(uri) else {
      // A cell that is no part of a program has nothing to tell.
      if isCell(uri) { return send(id) { $0.null() } }
      return sendError(id, .invalidParams, "'\(uri)' is not open")
    }
    if !document.isEvaluated, Self.ofNumbers.contains(method) {
      waiting.append(Waiting(id: id, method: method, parameters: parameters, uri: document.uri))
      return
    }
    let (analysis, numbers) = (document.analysis, document.numbers)
    let offset = document.offset(of: Position(parameters?["position"]), in: part, encoding)
    let asked = range(parameters?["range"], document, part)
    // Some answers are about one text alone.
    let own = document.range(of: part)
    let writer = ProtocolWriter(document: document, encoding: encoding, client: client)
    switch method {
    case "textDocument/hover":
      let hover = analysis.hover(at: offset, numbers)
      send(id) { writer.write(hover, &$0) }
    case "textDocument/inlayHint":
      let hints = analysis.inlayHints(in: asked, numbers)
      send(id) { writer.write(hints, &$0) }
    case "textDocument/completion":
      let completion = analysis.completion(at: offset, numbers)
      send(id) { writer.write(completion, &$0) }
    case "textDocument/signatureHelp":
      let help = analysis.signatureHelp(at: offset)
      send(id) { writer.write(help, &$0) }
    case "textDocument/definition":
      let ranges = analysis.definitions(at: offset, numbers)
      send(id) { writer.writeLocations(ranges, &$0) }
    case "textDocument/references":
      let all = parameters?["context"]?["includeDeclaration"]?.boolean ?? true
      let ranges = analysis.references(at: offset, withDefinitions: all).map(\.range)
      send(id) { writer.writeLocations(ranges, &$0) }
    case "textDocument/documentHighlight":
      let references = analysis.references(at: offset).filter { own.contains($0.range.lowerBound) }
      send(id) { writer.writeHighlights(references, &$0) }
    case "textDocument/documentSymbol":
      let symbols = analysis.symbols(numbers).filter { own.contains($0.selection.lowerBound) }
      send(id) { writer.write(symbols, &$0) }
    case "textDocument/foldingRange":
      let folds = analysis.foldedLines
      send(id) { writer.write(folds, in: part, &$0) }
    case "textDocument/codeAction":
      let actions = analysis.codeActions(in: asked, document.diagnostics)
      send(id) { writer.write(actions, &$0) }
    case "textDocument/prepareRename":
      do throws(RenameRefusal) {
        let range = try analysis.renamed(at: offset)
        send(id) { writer.write(range, &$0) }
      } catch {
        sendError(id, .requestFailed, error.message)
      }
    case "textDocument/rename":
      do throws(RenameRefusal) {
        let edits = try analysis.rename(at: offset, to: parameters?["newName"]?.string ?? "")
        send(id) { writer.writeWorkspaceEdit(edits, &$0) }
      } catch {
        sendError(id, .requestFailed, error.message)
      }
    default: sendTokens(id, method, parameters, document, part, asked)
    }
  }

  private static let answered: Set<String> = [
    "textDocument/hover", "textDocument/inlayHint", "textDocument/completion",
    "textDocument/signatureHelp", "textDocument/definition", "textDocument/references",
    "textDocument/documentHighlight", "textDocument/documentSymbol", "textDocument/foldingRange",
    "textDocument/codeAction", "textDocument/prepareRename", "textDocument/rename",
    "textDocument/semanticTokens/full", "textDocument/semanticTokens/range",
    "textDocument/semanticTokens/full/delta",
  ]

  /// The program that a text of the editor is in, and the part that it is.
  private func open(_ uri: String) -> (OpenDocument, DocumentPart)? {
    for document in [documents[uri]].compactMap(\.self) + documents.values {
      if let part = document.parts.first(where: { $0.uri == uri }) { return (document, part) }
    }
    return nil
  }

  private func isCell(_ uri: String) -> Bool {
    notebooks.values.contains { $0.cells.contains { $0.uri == uri } }
  }

  /// The bytes of a stretch of a part; all of it where none is named.
  private func range(
    _ json: JSONValue?, _ document: OpenDocument, _ part: DocumentPart
  ) -> Range<Int> {
    guard let json else { return document.range(of: part) }
    let begin = document.offset(of: Position(json["start"]), in: part, encoding)
    let end = document.offset(of: Position(json["end"]), in: part, encoding)
    return begin..<max(begin, end)
  }

  /// Tells the words of a text, of a part of it, or what has changed since they were told.
  private mutating func sendTokens(
    _ id: JSONValue, _ method: String, _ parameters: JSONValue?, _ document: OpenDocument,
    _ part: DocumentPart, _ asked: Range<Int>
  ) {
    let isRange = method.hasSuffix("/range")
    let tokens = document.analysis.semanticTokens(in: asked)
    let data = document.analysis.encoded(tokens, encoding, fromLine: part.firstLine)
    if isRange {
      return send(id) { json in json.object { $0.field("data") { $0.numbers(data[...]) } } }
    }
    let known = part.tokens
    let number = (known?.id ?? 0) + 1
    if let index = document.parts.firstIndex(where: { $0.uri == part.uri }) {
      documents[document.uri]?.parts[index].tokens = (number, data)
    }
    if method.hasSuffix("/delta"), let known,
      parameters?["previousResultId"]?.string == "\(known.id)"
    {
      let begin = zip(known.data, data).prefix { $0 == $1 }.count
      let most = min(known.data.count, data.count) - begin
      let end = zip(known.data.reversed(), data.reversed()).prefix { $0 == $1 }.count
      let kept = min(most, end)
      return send(id) { json in
        json.object { json in
          json.field("resultId", "\(number)")
          json.field("edits") { json in
            json.array { json in
              if known.data.count == data.count, begin == data.count { return }
              json.object { json in
                json.field("start", begin)
                json.field("deleteCount", known.data.count - begin - kept)
                json.field("data") { $0.numbers(data[begin..<data.count - kept]) }
              }
            }
          }
        }
      }
    }
    send(id) { json in
      json.object { json in
        json.field("resultId", "\(number)")
        json.field("data") { $0.numbers(data[...]) }
      }
    }
  }
}

extension JSONText {
  /// An array of whole numbers.
  mutating func numbers(_ numbers: ArraySlice<Int>) {
    array { json in for number in numbers { json.number(number) } }
  }
}
