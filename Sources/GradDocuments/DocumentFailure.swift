public import GraphvizGrad

/// Why a document has no figures.
public enum DocumentFailure: Error {
  /// Blocks, or the document, are wrong: everything that is.
  case document([Diagnostic])
  /// Graphviz failed.
  case graphviz(GraphvizError)
}
