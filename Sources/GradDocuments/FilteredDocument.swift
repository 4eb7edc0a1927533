public import GraphvizGrad

import GradBase

/// A document with its figures, for the program that it came from.
public struct FilteredDocument: Sendable {
  /// The document.
  public var bytes: [UInt8]
  /// The files that it needs and that are not there as they should be.
  public var files: [File] = []
  /// Whether somebody else than the document says in which folder they are.
  public var isFolderGiven = false
  /// What is worth a word although there are figures.
  public var warnings: [Diagnostic] = []
}

extension FilteredDocument {
  /// A document that needs no files.
  public init(_ bytes: [UInt8]) { self.init(bytes: bytes) }

  /// A file that a document needs.
  public struct File: Sendable {
    /// Where it belongs.
    public var path: String
    /// What is in it.
    public var bytes: [UInt8]
    /// The block that asks for it.
    public var place: Span
  }
}

/// What a filter takes on standard input.
struct FilterInput {
  /// What messages call it: `document of pandoc`.
  let name: String
  /// The code of the error if it is something else.
  let code: String
  /// The way out then.
  let help: String

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: The document as JSON.
  ///   - isRight: Whether the JSON is such a document.
  /// - Returns: The document.
  /// - Throws: ``FigureError`` if it is no JSON, or another one.
  func read(
    _ bytes: [UInt8], where isRight: (JSONValue) -> Bool
  ) throws(FigureError) -> JSONDocument {
    let document: JSONDocument
    do throws(JSONMistake) {
      document = try JSONDocument(bytes)
    } catch {
      throw mistake(
        "is no \(name): line \(error.line), column \(error.column): \(error.message)")
    }
    if !isRight(document.root) { throw mistake("is JSON, but no \(name)") }
    return document
  }

  private func mistake(_ message: String) -> FigureError {
    .request([
      Diagnostic(.error, code: code, "standard input \(message)", file: "<stdin>", help: help)
    ])
  }
}
