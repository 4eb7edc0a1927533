import GradBase
import GradLanguage

extension ProtocolWriter {
  /// A message with its place, what is said there, and what to do.
  func write(_ diagnostic: Diagnostic, _ json: inout JSONText) {
    json.object { json in
      json.field("range") { write(range(of: diagnostic.span), &$0) }
      // Somebody who has just begun has made no mistake.
      let isBeginning = diagnostic.code == "empty-program"
      json.field("severity", isBeginning ? 3 : diagnostic.severity == .error ? 1 : 2)
      json.field("code", diagnostic.code)
      json.field("source", "graphviz-grad")
      var text = diagnostic.message
      if !diagnostic.label.isEmpty { text += ": \(diagnostic.label)" }
      if let help = diagnostic.help { text += "\nhelp: \(help)" }
      json.field("message", text)
      guard client.takesRelatedPlaces, !diagnostic.labels.isEmpty else { return }
      json.field("relatedInformation") { json in
        json.array { json in
          for label in diagnostic.labels {
            json.object { json in
              json.field("location") { writeLocation(range(of: label.span), &$0) }
              json.field("message", label.text)
            }
          }
        }
      }
    }
  }

  /// The bytes of a place; the first line where a message has none.
  func range(of span: Span?) -> Range<Int> {
    let count = document.buffer.bytes.count
    guard let range = span?.range else { return document.buffer.lineRange(0) }
    return min(range.lowerBound, count)..<min(range.upperBound, count)
  }
}

extension LanguageServer {
  /// Tells all that is wrong with a program, part by part; `note` is a word on its numbers.
  mutating func publish(_ document: OpenDocument, note: String?) {
    let writer = ProtocolWriter(document: document, encoding: encoding, client: client)
    let groups = Dictionary(grouping: document.diagnostics) { diagnostic in
      document.part(at: writer.range(of: diagnostic.span).lowerBound).uri
    }
    for (index, part) in document.parts.enumerated() {
      notify("textDocument/publishDiagnostics") { json in
        json.object { json in
          json.field("uri", part.uri)
          json.field("version", part.version)
          json.field("diagnostics") { json in
            json.array { json in
              for diagnostic in groups[part.uri] ?? [] { writer.write(diagnostic, &json) }
              guard let note, index == 0 else { return }
              json.object { json in
                json.field("range") { writer.write(document.buffer.lineRange(0), &$0) }
                json.field("severity", 3)
                json.field("source", "graphviz-grad")
                json.field("message", note)
              }
            }
          }
        }
      }
    }
  }
}
