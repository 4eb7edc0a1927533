public import GradBase

/// Something wrong, or worth a word, with a program: what, where, and what to do about it.
///
/// Stages after the parser use the same type, so that all messages are printed alike.
public struct Diagnostic: Sendable, Equatable {
  /// How bad it is.
  public enum Severity: String, Sendable { case error, warning }

  /// How bad it is.
  public var severity: Severity
  /// One word for the kind of mistake, stable across versions: `undefined-name`.
  public var code: String
  /// What is wrong, without a full stop: `'q' is not defined`.
  public var message: String
  /// The file it is about.
  public var file: String
  /// Where it is; `nil` if it has no place in the text, as an output that is not there.
  public var span: Span?
  /// What to say under the place.
  public var label: String
  /// Other places that belong to it.
  public var labels: [Label]
  /// What to do about it.
  public var help: String?
  /// How many others it stands for, as the last of too many; `nil` for one that speaks for itself.
  public var count: Int?

  /// A place that belongs to a message, with what to say under it.
  public struct Label: Sendable, Equatable {
    /// The place, in the same text as the message.
    public var span: Span
    /// What to say under it.
    public var text: String

    /// A label from its parts.
    public init(_ span: Span, _ text: String) {
      self.span = span
      self.text = text
    }
  }

  /// A diagnostic from its parts.
  public init(
    _ severity: Severity, code: String, _ message: String, file: String, span: Span? = nil,
    label: String = "", labels: [Label] = [], help: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.file = file
    self.span = span
    self.label = label
    self.labels = labels
    self.help = help
  }

  /// More than anybody reads at once.
  public static let mostAtOnce = 100

  /// The first of `all`, errors before warnings, and one that counts the rest.
  ///
  /// - Parameters:
  ///   - all: Messages in the order they are to be printed; some may be counts themselves.
  ///   - more: How many there are besides.
  ///   - file: What the count is about.
  /// - Returns: At most ``mostAtOnce`` messages in their order, and the count if there are more.
  /// - Complexity: Linear in the number of messages.
  public static func limited(
    _ all: [Diagnostic], andMore more: Int = 0, file: String
  ) -> [Diagnostic] {
    let own = all.filter { $0.count == nil }
    let counts = all.filter { $0.count != nil }
    var total = counts.reduce(more) { $0 + ($1.count ?? 0) }
    var kept = own
    if own.count > mostAtOnce {
      total += own.count - mostAtOnce
      var errors = min(mostAtOnce, own.count { $0.severity == .error })
      var warnings = mostAtOnce - errors
      kept = own.filter { diagnostic in
        let isError = diagnostic.severity == .error
        if isError { errors -= 1 } else { warnings -= 1 }
        return (isError ? errors : warnings) >= 0
      }
    }
    if total == 0 { return kept }
    var count = Diagnostic(
      kept.contains { $0.severity == .error } ? .error : .warning, code: Code.more.rawValue,
      "and \(grouped(total)) more", file: counts.count == 1 && more == 0 ? counts[0].file : file)
    count.count = total
    return kept + [count]
  }
}

/// A program that cannot be recorded, with all that is wrong with it and all warnings.
public struct ProgramError: ReadableError, Sendable, Equatable {
  /// The messages in the order of their places; at least one is an error.
  public let diagnostics: [Diagnostic]

  /// The errors of Python that it is a kind of, by which a program may catch it; none for what this
  /// library does not do.
  var kinds: [String]

  /// An error from its messages.
  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
    kinds = diagnostics.first.map { PythonError.kinds(ofCode: $0.code) } ?? []
  }

  /// All messages as the command prints them.
  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

extension Diagnostic: CustomStringConvertible {
  /// The message with its place, the line and what to do, as the command prints it.
  public var description: String {
    String(DiagnosticPrinter.text.print([self], false).dropLast())
  }
}
