import GradBase
package import GradLanguage
import GradRequest

/// A text that an editor has open.
struct OpenDocument: Sendable {
  var uri: String
  /// What the file is called: its path.
  var name: String
  var version: Int
  var buffer: TextBuffer
  /// The text, read.
  var analysis: Analysis
  /// The newest numbers that hold for the text, or for its beginning.
  var numbers: Numbers?
  /// All that is wrong with it, as far as it is known.
  var diagnostics: [Diagnostic]
  /// Whether the numbers of this version have come, or are known not to come.
  var isEvaluated = false
  /// The words that were told last, for who asks what has changed since.
  var tokens: (id: Int, data: [Int])?
}

/// The numbers of a text that somebody has to work out.
package struct Evaluation: Sendable {
  /// The text's address.
  package let uri: String
  /// Its version.
  package let version: Int
  let analysis: Analysis

  /// Works the numbers out.
  ///
  /// - Parameter patience: How long to wait.
  /// - Returns: The numbers, or why there are none.
  package func run(_ patience: Patience) -> Evaluated {
    Evaluated(uri: uri, version: version, outcome: Numbers.outcome(of: analysis, patience))
  }

  /// What is told if the numbers do not come in time.
  package var late: Evaluated {
    var outcome = Numbers.Outcome(diagnostics: analysis.diagnostics)
    outcome.note = "the program takes too long for an editor to show its numbers"
    return Evaluated(uri: uri, version: version, outcome: outcome)
  }
}

/// The numbers of a version of a text.
package struct Evaluated: Sendable {
  /// The text's address.
  package let uri: String
  /// Its version.
  package let version: Int
  let outcome: Numbers.Outcome
}

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
    let name = Self.path(of: uri) ?? uri
    let buffer = TextBuffer(content)
    let analysis = analysis(of: buffer, name, uri)
    let document = OpenDocument(
      uri: uri, name: name, version: Int(text["version"]?.number ?? 0), buffer: buffer,
      analysis: analysis, numbers: nil, diagnostics: analysis.diagnostics)
    documents[uri] = document
    begin(document)
  }

  mutating func change(_ parameters: JSONValue?) {
    guard let uri = parameters?["textDocument"]?["uri"]?.string, var document = documents[uri]
    else {
      return
    }
    for change in parameters?["contentChanges"]?.elements ?? [] {
      guard let text = change["text"]?.string else { continue }
      if let range = change["range"], range.kind == .object {
        let begin = document.buffer.offset(of: Position(range["start"]), encoding)
        let end = document.buffer.offset(of: Position(range["end"]), encoding)
        document.buffer.replace(min(begin, end)..<max(begin, end), with: text)
      } else {
        document.buffer = TextBuffer(text)
      }
    }
    document.version =
      parameters?["textDocument"]?["version"]?.number.map { Int($0) } ?? document.version + 1
    document.analysis = analysis(of: document.buffer, document.name, uri)
    document.diagnostics = document.analysis.diagnostics
    document.numbers = document.numbers?.kept(for: document.buffer)
    document.isEvaluated = false
    documents[uri] = document
    refuseWaiting(uri)
    begin(document)
  }

  mutating func close(_ parameters: JSONValue?) {
    guard let uri = parameters?["textDocument"]?["uri"]?.string else { return }
    guard documents.removeValue(forKey: uri) != nil else { return }
    refuseWaiting(uri)
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

  private func analysis(of buffer: TextBuffer, _ name: String, _ uri: String) -> Analysis {
    // A text without a file has no folder.
    let access = Self.path(of: uri) == nil ? FileAccess.none : .ofProgram(name, isTrusted: true)
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

extension Position {
  /// The place that a message names; the beginning where it names none.
  init(_ json: JSONValue?) {
    func number(_ key: String) -> Int {
      Int(max(0, min(json?[key]?.number ?? 0, 2_000_000_000)))
    }
    self.init(line: number("line"), character: number("character"))
  }
}
