public import GradBase
public import GraphvizGrad

/// Why a document has no figures.
public enum DocumentFailure: ReadableError {
  /// Blocks, or the document, are wrong: everything that is.
  case document([Diagnostic])
  /// Graphviz failed.
  case graphviz(GraphvizError)

  /// All messages as the command prints them.
  public var description: String {
    switch self {
    case .document(let diagnostics): diagnostics.map(\.description).joined(separator: "\n")
    case .graphviz(let error): error.description
    }
  }
}

extension Diagnostic {
  /// A figure that is too large to be laid out.
  ///
  /// - Parameters:
  ///   - error: What Graphviz's limits say.
  ///   - place: The block of the figure.
  public init(tooLarge error: GraphvizError, at place: Span) {
    self.init(
      .error, code: "too-large", error.description, file: place.source.name, span: place)
  }
}
