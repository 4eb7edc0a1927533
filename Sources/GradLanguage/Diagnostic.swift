public import GradCore

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
}

/// A program that cannot be recorded, with all that is wrong with it and all warnings.
public struct ProgramError: ReadableError, Sendable, Equatable {
  /// The messages in the order of their places; at least one is an error.
  public let diagnostics: [Diagnostic]

  /// An error from its messages.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// All messages as the command prints them.
  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

extension Diagnostic: CustomStringConvertible {
  /// The message with its place, the line and what to do, as the command prints it.
  public var description: String {
    String(DiagnosticPrinter.text.print([self], false).dropLast())
  }
}
