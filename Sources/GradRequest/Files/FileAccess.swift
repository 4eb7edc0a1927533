/// Which files the options of a figure may open.
///
/// A program, or a document that holds one, comes from anywhere: it names no files unless somebody says
/// that it may, and then only those beside it.
public enum FileAccess: Sendable, Equatable {
  /// None.
  case none
  /// Those in a folder and below it.
  case below(String)
  /// All that can be read.
  case all

  /// The files that a program, or a document, may name.
  ///
  /// - Parameters:
  ///   - file: What messages call it: its path, or `<stdin>`.
  ///   - isTrusted: Whether it may name any.
  /// - Returns: Those below its folder, or none.
  public static func ofProgram(_ file: String, isTrusted: Bool) -> FileAccess {
    guard isTrusted else { return .none }
    return .below(file.lastIndex(of: "/").map { String(file[..<$0]) + "/" } ?? "")
  }
}
