import GradCore
import GradLanguage
import Testing

/// What is said about programs with mistakes, each message below the line it is about.
///
/// An expected message reads `#! COLUMN code: message | label | help`.
@Suite struct DiagnosticCorpusTests {
  /// What has no end is told after fewer nodes than usual, which take seconds in a debug build.
  private static let nodeLimit = 20_000

  @Test(arguments: try Corpus.files("Diagnostics")) func messages(_ file: String) throws {
    try Corpus(Corpus.folder("Diagnostics/\(file)")).check { annotated($0) }
  }

  private func annotated(_ input: String) -> String {
    let program = Program(Source("case", text: input))
    let diagnostics: [Diagnostic]
    do {
      diagnostics = try program.trace(nodeLimit: Self.nodeLimit).warnings
    } catch {
      diagnostics = error.diagnostics
    }
    var lines = input.split(separator: "\n", omittingEmptySubsequences: false).map { [String($0)] }
    for diagnostic in diagnostics {
      var text = "#! "
      if let place = diagnostic.span?.start { text += "\(place.column) " }
      if diagnostic.severity == .warning { text += "warning " }
      text += "\(diagnostic.code): \(diagnostic.message)"
      if !diagnostic.label.isEmpty { text += " | \(diagnostic.label)" }
      for label in diagnostic.labels {
        text += " | \(label.span.start.line):\(label.span.start.column) \(label.text)"
      }
      if let help = diagnostic.help { text += " | help: \(help)" }
      lines[min(Int(diagnostic.span?.start.line ?? 1) - 1, lines.count - 1)].append(text)
    }
    return lines.joined().joined(separator: "\n")
  }
}
