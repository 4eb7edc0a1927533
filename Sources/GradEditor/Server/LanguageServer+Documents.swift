import GradBase
import GradLanguage
import GradRequest

extension LanguageServer {
  /// Takes the numbers of a text, unless it has changed since.
  package mutating func take(_ evaluated: Evaluated) -> [Outgoing] {
    defer { outgoing = [] }
    finish(evaluated)
    return outgoing
  }

  private mutating func finish(_ evaluated: Evaluated) {
    guard var document = documents[evaluated.uri], document.version == evaluated.version,
      !document.isEvaluated
    else { return }
    document.isEvaluated = true
    if let numbers = evaluated.outcome.numbers { document.numbers = numbers }
    document.diagnostics = evaluated.outcome.diagnostics
    documents[evaluated.uri] = document
    publish(document, note: evaluated.outcome.note)
    let ready = waiting.filter { $0.uri == document.uri }
    waiting.removeAll { $0.uri == document.uri }
    for request in ready { answer(request.id, request.method, request.parameters) }
    if client.refreshesHints, ready.isEmpty { askAgain("workspace/inlayHint/refresh") }
  }

  mutating func open(_ parameters: JSONValue?) {
    guard let text = parameters?["textDocument"], let uri = text["uri"]?.string,
      let content = text["text"]?.string
    else { return }
    documents[uri] = nil
    let part = DocumentPart(uri: uri, version: Int(text["version"]?.number ?? 0))
    put(TextBuffer(content), [part], in: uri)
  }

  mutating func change(_ parameters: JSONValue?) {
    guard let text = parameters?["textDocument"], let uri = text["uri"]?.string,
      let document = documents[uri]
    else { return }
    var (buffer, part) = (document.buffer, document.parts[0])
    buffer.take(parameters?["contentChanges"], encoding)
    part.version = text["version"]?.number.map { Int($0) } ?? part.version + 1
    put(buffer, [part], in: uri)
  }

  /// Takes the text of a program, known or new, and has its numbers worked out.
  ///
  /// - Parameters:
  ///   - buffer: The text.
  ///   - parts: The texts that it is made of.
  ///   - uri: What it is known by.
  ///   - file: The address of its file, where that is another.
  mutating func put(
    _ buffer: TextBuffer, _ parts: [DocumentPart], in uri: String, ofFile file: String? = nil
  ) {
    let analysis = analysis(of: buffer, file ?? uri, isCells: file != nil)
    var document = documents[uri] ?? OpenDocument(uri, parts, analysis)
    if documents[uri] != nil {
      document.take(analysis)
      document.parts = parts
      refuseWaiting(uri)
    }
    documents[uri] = document
    begin(document)
  }

  mutating func close(_ parameters: JSONValue?) {
    if let uri = parameters?["textDocument"]?["uri"]?.string { forget(uri) }
  }

  /// Closes a program, of which nothing is wrong any more.
  mutating func forget(_ uri: String) {
    guard let document = documents.removeValue(forKey: uri) else { return }
    refuseWaiting(uri)
    for part in document.parts { clear(part.uri) }
  }

  /// Takes back what was told of a text.
  mutating func clear(_ uri: String) {
    notify("textDocument/publishDiagnostics") { json in
      json.object { json in
        json.field("uri", uri)
        json.field("diagnostics") { $0.array { _ in } }
      }
    }
  }

  /// Programs that read files have other numbers when those change.
  mutating func evaluateFilesAgain() {
    for uri in documents.keys.sorted() {
      guard var document = documents[uri], !document.analysis.program.fileNames.isEmpty else {
        continue
      }
      document.isEvaluated = false
      document.numbers = nil
      documents[uri] = document
      begin(document)
    }
  }

  /// Has the numbers of a text worked out; what is wrong with its words alone is told at once.
  private mutating func begin(_ document: OpenDocument) {
    if document.diagnostics.contains(where: { $0.severity == .error }) {
      // Nothing is recorded of a text with errors.
      let outcome = Numbers.Outcome(diagnostics: document.diagnostics)
      return finish(
        Evaluated(uri: document.uri, version: document.version, outcome: outcome))
    }
    outgoing.append(
      .evaluate(
        Evaluation(uri: document.uri, version: document.version, analysis: document.analysis)))
  }

  /// Answers what waits for the numbers of a text that is not any more.
  private mutating func refuseWaiting(_ uri: String) {
    for request in waiting where request.uri == uri {
      sendError(request.id, .contentModified, "the text has changed")
    }
    waiting.removeAll { $0.uri == uri }
  }

  private func analysis(of buffer: TextBuffer, _ address: String, isCells: Bool) -> Analysis {
    let path = Self.path(of: address)
    // A text without a file has no folder.
    let access = path.map { FileAccess.ofProgram($0, isTrusted: true) } ?? .none
    // Cells are programs, and no notebook.
    let name = (path ?? address) + (isCells ? "#cells" : "")
    return Analysis(buffer, named: name, files: files.limited(to: access).ofProgram)
  }

  /// The path that an address of a file names; `nil` for others.
  static func path(of uri: String) -> String? {
    guard uri.hasPrefix("file://") else { return nil }
    let rest = uri.dropFirst(7)
    guard let slash = rest.firstIndex(of: "/") else { return nil }
    var bytes: [UInt8] = []
    var left = rest[slash...].utf8[...]
    while let byte = left.popFirst() {
      if byte == UInt8(ascii: "%"),
        let code = UInt8(String(decoding: left.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        left = left.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension TextBuffer {
  /// Takes changes as an editor tells them.
  mutating func take(_ changes: JSONValue?, _ encoding: PositionEncoding) {
    for change in changes?.elements ?? [] {
      guard let text = change["text"]?.string else { continue }
      if let range = change["range"], range.kind == .object {
        let begin = offset(of: Position(range["start"]), encoding)
        let end = offset(of: Position(range["end"]), encoding)
        replace(min(begin, end)..<max(begin, end), with: text)
      } else {
        self = TextBuffer(text)
      }
    }
  }
}

extension Position {
  /// The place that a message names; the beginning where it names none.
  init(_ json: JSONValue?) {
    func number(_ key: String) -> Int {
      Int(max(0, min(json?[key]?.number ?? 0, 2_000_000_000)))
    }
    self.init(line: number("line"), character: number("character"))
  }
}
