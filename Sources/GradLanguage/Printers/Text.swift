import GradCore

extension DiagnosticPrinter {
  /// As compilers write it: the place and the message, the line with a caret, and a hint.
  public static let text = DiagnosticPrinter("text") { diagnostics, isColoured in
    diagnostics.map { TextDiagnostic($0, isColoured: isColoured).text }.joined()
  }
}

/// One diagnostic as text.
private struct TextDiagnostic {
  private(set) var text = ""
  private let isColoured: Bool

  private enum Style: String {
    case red = "\u{1B}[1;31m"
    case yellow = "\u{1B}[1;33m"
    case blue = "\u{1B}[1;34m"
    case bold = "\u{1B}[1m"
  }

  init(_ diagnostic: Diagnostic, isColoured: Bool) {
    self.isColoured = isColoured
    let tone: Style = diagnostic.severity == .error ? .red : .yellow
    let place =
      diagnostic.span.map { span in
        span.cell.map { ": cell \($0), line \(span.start.line)" }
          ?? ":\(span.start.line):\(span.start.column)"
      } ?? ""
    text +=
      styled("\(printable(diagnostic.file))\(place): ", .bold)
      + styled("\(diagnostic.severity.rawValue): ", tone)
      + styled(printable(diagnostic.message), .bold) + " [\(diagnostic.code)]\n"
    var gutter = ""
    if let span = diagnostic.span { gutter = addSnippet(diagnostic, span, tone) }
    if let help = diagnostic.help {
      text += gutter.isEmpty ? "  " : gutter
      text += "\(styled("=", .blue)) help: \(printable(help))\n"
    }
  }

  /// Writes the lines that the diagnostic is about, and returns the margin beside them.
  private mutating func addSnippet(_ diagnostic: Diagnostic, _ span: Span, _ tone: Style) -> String
  {
    var marks = [(span: span, label: diagnostic.label, isPrimary: true)]
    marks += diagnostic.labels.map { ($0.span, $0.text, false) }
    marks = marks.enumerated().sorted { a, b in
      let (first, second) = (a.element.span.start.line, b.element.span.start.line)
      return first == second ? a.offset < b.offset : first < second
    }.map(\.element)
    let lines = marks.map { Int($0.span.start.line) }
    // What concerns the program as a whole has a place but nothing to show there.
    if lines.count == 1, span.range.isEmpty { return "" }
    let margin = String(repeating: " ", count: String(lines.max() ?? 1).count + 1)
    text += margin + styled("|", .blue) + "\n"
    var shown = 0
    for mark in marks {
      let line = Int(mark.span.start.line)
      let piece = SourceLine(mark.span)
      if line != shown {
        if shown > 0, line > shown + 1 { text += styled("...", .blue) + "\n" }
        let number = String(line)
        text +=
          styled(number, .blue) + margin.dropFirst(number.count) + styled("|", .blue)
          + " \(piece.text)\n"
        shown = line
      }
      let caret = String(repeating: mark.isPrimary ? "^" : "-", count: piece.length)
      let label = mark.label.isEmpty ? "" : " \(printable(mark.label))"
      text +=
        margin + styled("|", .blue) + " " + String(repeating: " ", count: piece.indent)
        + styled(caret + label, mark.isPrimary ? tone : .blue) + "\n"
    }
    return margin
  }

  private func styled(_ text: some StringProtocol, _ style: Style) -> String {
    isColoured ? "\(style.rawValue)\(text)\u{1B}[0m" : String(text)
  }
}

/// A line of the source as it is shown, cut around the place if it is long.
private struct SourceLine {
  var text = ""
  /// The cells before the place.
  var indent = 0
  /// The cells of the place, at least one.
  var length = 1

  /// As many cells as are shown of a longer line.
  private static let width = 100

  init(_ span: Span) {
    let source = span.source
    let line = source.lineRange(source.line(of: span.range.lowerBound))
    // Bytes far from the place are not looked at: a line may be a megabyte long.
    var begin = line.lowerBound
    if span.range.lowerBound - begin > 4 * Self.width {
      begin = boundary(source, span.range.lowerBound - 2 * Self.width)
    }
    let end = boundary(source, min(line.upperBound, span.range.lowerBound + 4 * Self.width))
    var cells: [(text: String, width: Int)] = []
    var (offset, first, last) = (begin, 0, 0)
    for character in source.text(begin..<max(begin, end)) {
      if offset < span.range.lowerBound { first = cells.count + 1 }
      if offset < span.range.upperBound { last = cells.count + 1 }
      offset += character.utf8.count
      cells.append(shown(character))
    }
    last = min(max(last, first + 1), cells.count)
    var low = 0
    let before = cells[..<min(first, cells.count)].reduce(0) { $0 + $1.width }
    if begin > line.lowerBound || before > Self.width {
      var room = Self.width / 2
      low = min(first, cells.count)
      while low > 0, room > 0 {
        low -= 1
        room -= cells[low].width
      }
      text = "…"
      indent = 1
    }
    indent += cells[low..<max(low, min(first, cells.count))].reduce(0) { $0 + $1.width }
    var (high, total) = (low, 0)
    while high < cells.count, total < Self.width {
      text += cells[high].text
      total += cells[high].width
      high += 1
    }
    if high < cells.count || end < line.upperBound { text += "…" }
    while text.last == " " { text.removeLast() }
    let marked = cells[min(first, high)..<max(min(first, high), min(last, high))]
    length = max(1, marked.reduce(0) { $0 + $1.width })
  }

  /// The character as it is shown: a tab as spaces, and nothing that steers the terminal.
  private func shown(_ character: Character) -> (String, Int) {
    if character == "\t" { return ("    ", 4) }
    let text = printable(String(character))
    return (text, displayWidth(text.first ?? " "))
  }
}

/// The offset of the character of UTF-8 that holds the byte at `offset`.
private func boundary(_ source: Source, _ offset: Int) -> Int {
  var offset = offset
  while offset > 0, offset < source.bytes.count, source.bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
  return offset
}
