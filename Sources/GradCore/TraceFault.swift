public import GradBase

/// What is wrong with a trace that another tool tells, and where.
public struct TraceFault: ReadableError, Sendable, Equatable {
  /// The place, as a path of the trace's JSON: `$.edges[3].to`.
  public var path: String
  /// What is wrong, without a full stop.
  public var message: String
  /// What to do about it.
  public var help: String?
  /// The byte of the text where it is no JSON; `nil` for what has a path.
  package var offset: Int?

  init(_ path: String, _ message: String, help: String? = nil, offset: Int? = nil) {
    (self.path, self.message, self.help, self.offset) = (path, message, help, offset)
  }

  /// The place, what is wrong, and what to do about it.
  public var description: String { Self.text("\(path): \(message)", help: help) }
}
