#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// An error that is read by people: `print(error)` and `error.localizedDescription` are its message, as
/// the command prints it.
///
/// Every public error of this package is one. `LocalizedError` is in Foundation's essential part,
/// which is small.
public protocol ReadableError: LocalizedError, CustomStringConvertible {}

extension ReadableError {
  /// The message.
  public var errorDescription: String? { description }
  /// Nothing beside the message.
  public var failureReason: String? { nil }
  /// Nothing beside the message.
  public var recoverySuggestion: String? { nil }
  /// Nothing beside the message.
  public var helpAnchor: String? { nil }

  /// A message and what to do about it, as the command prints them.
  package static func text(_ message: String, help: String?) -> String {
    message + (help.map { "\n  = help: \($0)" } ?? "")
  }
}
