import GradBase
import GradCore

extension DiagnosticPrinter {
  /// One JSON array with an object for each diagnostic.
  public static let json = DiagnosticPrinter("json") { diagnostics, _ in
    var json = JSONText()
    json.array(.lines) { json in
      for diagnostic in diagnostics { json.object { write(diagnostic, &$0) } }
    }
    return json.text + "\n"
  } join: { outputs in
    // Each is an array of its own.
    "[" + outputs.map { String($0.dropFirst(1).dropLast(3)) }.joined(separator: ",") + "\n]\n"
  }

  private static func write(_ diagnostic: Diagnostic, _ json: inout JSONText) {
    json.field("severity", diagnostic.severity.rawValue)
    json.field("code", diagnostic.code)
    json.field("message", diagnostic.message)
    json.field("file", diagnostic.file)
    if let span = diagnostic.span { write(span, &json) }
    if !diagnostic.label.isEmpty { json.field("label", diagnostic.label) }
    if !diagnostic.labels.isEmpty {
      json.field("labels") { json in
        json.array { json in
          for label in diagnostic.labels {
            json.object { json in
              write(label.span, &json)
              json.field("label", label.text)
            }
          }
        }
      }
    }
    if let help = diagnostic.help { json.field("help", help) }
    if let count = diagnostic.count { json.field("count", count) }
  }

  private static func write(_ span: Span, _ json: inout JSONText) {
    let (start, end) = (span.start, span.end)
    if let cell = span.cell { json.field("cell", Int(cell)) }
    json.field("line", Int(start.line))
    json.field("column", Int(start.column))
    json.field("endLine", Int(end.line))
    json.field("endColumn", Int(end.column))
  }
}
