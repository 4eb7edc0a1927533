package import GradLanguage

/// A way out that a message names, made.
package struct CodeAction: Sendable, Equatable {
  /// What it does: `write '**'`.
  package var title: String
  /// What changes.
  package var edits: [TextEdit]
  /// The message that it answers, by its place among those given.
  package var diagnostic: Int
}

extension Analysis {
  /// The ways out of messages that touch a stretch of the text.
  ///
  /// Each was tried: the text with it has fewer errors. So a hint that cannot be followed by itself is
  /// not offered.
  package func codeActions(in range: Range<Int>, _ diagnostics: [Diagnostic]) -> [CodeAction] {
    var actions: [CodeAction] = []
    let before = self.diagnostics
    for (number, diagnostic) in diagnostics.enumerated() {
      guard let span = diagnostic.span?.range, let help = diagnostic.help,
        span.lowerBound <= range.upperBound, span.upperBound >= range.lowerBound
      else { continue }
      for hint in Hint.hints(in: help) {
        guard let edit = edits(for: hint, at: span).first(where: { isBetter(with: $0, before) })
        else { continue }
        let title = hint.isDeclaration ? "declare '\(hint.text)'" : "write '\(hint.text)'"
        if !actions.contains(where: { $0.edits == [edit] }) {
          actions.append(CodeAction(title: title, edits: [edit], diagnostic: number))
        }
      }
    }
    return actions
  }

  /// Whether the text is nearer to a program with an edit: it has fewer errors, or only others further
  /// down, which nobody could see before.
  private func isBetter(with edit: TextEdit, _ before: [Diagnostic]) -> Bool {
    let after = with(edit).diagnostics
    if after.errorWeight < before.errorWeight { return true }
    let end = edit.range.lowerBound + edit.text.utf8.count
    func first(_ diagnostics: [Diagnostic]) -> Int? {
      diagnostics.first { $0.severity == .error }?.span?.range.lowerBound
    }
    guard let old = first(before), let new = first(after) else { return false }
    return old >= edit.range.lowerBound && new >= end
  }

  /// The same text with an edit.
  private func with(_ edit: TextEdit) -> Analysis {
    var buffer = buffer
    buffer.replace(edit.range, with: edit.text)
    return Analysis(buffer, named: source.name)
  }

  /// The ways to follow a hint, the likeliest first.
  private func edits(for hint: Hint, at span: Range<Int>) -> [TextEdit] {
    if hint.isDeclaration {
      let start = buffer.lineStarts[buffer.line(of: statementStart(span.lowerBound))]
      return [TextEdit(start..<start, hint.text + "\n")]
    }
    var edits = [TextEdit(span, hint.text)]
    // A name in the place of a call of it.
    if let bracket = hint.text.firstIndex(of: "(") {
      edits.append(TextEdit(span, String(hint.text[..<bracket])))
      if let end = endOfCall(from: span) {
        edits.append(TextEdit(span.lowerBound..<end, hint.text))
      }
    }
    // The operand before belongs to it: '3 * x' for `3 x`.
    if let before = program.lastWord(before: span.lowerBound) {
      edits.append(TextEdit(before.range.lowerBound..<span.upperBound, hint.text))
    }
    return edits
  }

  /// Where the top-level statement around a byte begins.
  private func statementStart(_ offset: Int) -> Int {
    program.extents.last { $0.range.lowerBound <= offset }?.range.lowerBound ?? 0
  }

  private func endOfCall(from span: Range<Int>) -> Int? {
    let line = program.logicalLine(at: span.lowerBound)
    guard span.upperBound <= line.upperBound else { return nil }
    var depth = 0
    for word in program.words(in: span.upperBound..<line.upperBound) where word.kind == .punctuation
    {
      switch source.text(word.range) {
      case "(": depth += 1
      case ")":
        depth -= 1
        if depth == 0 { return word.range.upperBound }
      default: break
      }
      if depth == 0 { return nil }
    }
    return nil
  }
}

/// A piece of a program that a message says to write.
struct Hint: Equatable {
  var text: String
  /// Whether it is a statement of its own, above.
  var isDeclaration = false

  /// The pieces of programs in a sentence such as "did you mean 'u'?" or "write log10(x), or ln(x)".
  static func hints(in help: String) -> [Hint] {
    var hints: [Hint] = []
    let isDeclaration = help.hasPrefix("give it a value above")
    var rest = help[...]
    // What stands in quotes is meant as it stands.
    while let begin = rest.firstIndex(of: "'") {
      let after = rest.index(after: begin)
      guard let end = rest[after...].firstIndex(of: "'") else { break }
      let text = String(rest[after..<end])
      if !isDeclaration || text.contains(" = ") {
        hints.append(Hint(text: text, isDeclaration: isDeclaration))
      }
      if isDeclaration { break }
      rest = rest[rest.index(after: end)...]
    }
    for verb in ["write ", "use ", "is written "] where !isDeclaration {
      guard let found = help.firstRange(of: verb) else { continue }
      for part in help[found.upperBound...].split(separator: ";").first?.split(separator: ",") ?? []
      {
        var words = part.drop { $0 == " " }
        if words.hasPrefix("or ") { words = words.dropFirst(3) }
        for piece in [words] + words.split(separator: " ").prefix(1) where !piece.contains("'") {
          hints.append(Hint(text: String(piece)))
        }
      }
    }
    // What is left open is no program.
    return hints.filter { !$0.text.isEmpty && !$0.text.contains("…") && $0.text.count < 200 }
  }
}

extension [Diagnostic] {
  /// How many errors there are, with those that are only counted.
  fileprivate var errorWeight: Int {
    reduce(0) { $0 + ($1.severity == .error ? $1.count ?? 1 : 0) }
  }
}
