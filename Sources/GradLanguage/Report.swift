/// Gathers what is wrong with a text while it is read.
///
/// Keeps the first errors and the first warnings, and counts the rest: nonsense of a megabyte would
/// otherwise fill the screen, and take as long to be explained as to be read.
struct Report {
  let source: Source
  private(set) var diagnostics: [Diagnostic] = []
  /// How many errors there are, with those that are not kept.
  private(set) var errorCount = 0
  private var warningCount = 0

  init(_ source: Source) { self.source = source }

  var hasErrors: Bool { errorCount > 0 }

  /// Whether the next error is kept, so that a hint for it is worth looking for.
  var hasRoom: Bool { errorCount < Diagnostic.mostAtOnce }

  mutating func error(
    _ code: Code, _ message: String, at range: Range<Int>?, label: String = "",
    labels: [(Range<Int>, String)] = [], help: String? = nil
  ) {
    add(.error, code, message, at: range, label: label, labels: labels, help: help)
  }

  mutating func warning(
    _ code: Code, _ message: String, at range: Range<Int>?, label: String = "",
    labels: [(Range<Int>, String)] = [], help: String? = nil
  ) {
    add(.warning, code, message, at: range, label: label, labels: labels, help: help)
  }

  private mutating func add(
    _ severity: Diagnostic.Severity, _ code: Code, _ message: String, at range: Range<Int>?,
    label: String, labels: [(Range<Int>, String)], help: String?
  ) {
    if severity == .error { errorCount += 1 } else { warningCount += 1 }
    guard (severity == .error ? errorCount : warningCount) <= Diagnostic.mostAtOnce else { return }
    diagnostics.append(
      Diagnostic(
        severity, code: code.rawValue, message, file: source.name,
        span: range.map { Span(source, $0) }, label: label,
        labels: labels.map { Diagnostic.Label(Span(source, $0.0), $0.1) }, help: help))
  }

  /// Takes a warning of another report on the same source.
  mutating func append(_ warning: Diagnostic) {
    warningCount += 1
    if warningCount <= Diagnostic.mostAtOnce { diagnostics.append(warning) }
  }

  /// The messages in the order of their places; those without one come last, and then how many more
  /// there are.
  var sorted: [Diagnostic] {
    let all = diagnostics.enumerated().sorted { a, b in
      let (first, second) = (
        a.element.span?.range.lowerBound ?? .max, b.element.span?.range.lowerBound ?? .max
      )
      return first == second ? a.offset < b.offset : first < second
    }.map(\.element)
    return Diagnostic.limited(
      all, andMore: errorCount + warningCount - all.count, file: source.name)
  }
}

/// A piece of a program in quotes, cut if it is long.
func quoted(_ text: String) -> String {
  let clean = String(String.UnicodeScalarView(text.unicodeScalars.prefix(41).map(visible)))
  return clean.unicodeScalars.count > 40 ? "'\(clean.prefix(39))…'" : "'\(clean)'"
}

/// A scalar that may be printed in its place: itself, or a stand-in for one that steers a terminal.
func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
  case 0x7F: "\u{2421}"
  default:
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "\u{FFFD}"
    default: scalar
    }
  }
}
