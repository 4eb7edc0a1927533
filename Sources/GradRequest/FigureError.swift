public import GradBase
public import GradLanguage
public import GraphvizRenderer

/// Why there is no figure: the one error of everything that is asked for.
public enum FigureError: ReadableError {
  /// Something is wrong with what was asked for: the program, its options, or the document around it.
  case request([Diagnostic])
  /// The figure cannot be drawn.
  case graphviz(GraphvizError)

  /// All messages as the command prints them.
  public var description: String {
    switch self {
    case .request(let diagnostics): diagnostics.map(\.description).joined(separator: "\n")
    case .graphviz(let error): error.description
    }
  }

  /// What is to be said at a place of a document.
  ///
  /// - Parameter place: The block that asks for the figure.
  /// - Returns: The mistakes; `nil` where Graphviz failed, which ends everything.
  public func mistakes(at place: Span) -> [Diagnostic]? {
    switch self {
    case .request(let diagnostics): diagnostics
    case .graphviz(let error) where error.stage == .limit:
      [
        Diagnostic(
          .error, code: "too-large", error.description, file: place.source.name, span: place)
      ]
    case .graphviz: nil
    }
  }
}

/// What comes of work on a program, whose mistakes are those of the request.
func asked<Result>(_ work: () throws(ProgramError) -> Result) throws(FigureError) -> Result {
  do {
    return try work()
  } catch {
    throw .request(error.diagnostics)
  }
}

/// What comes of work with Graphviz.
package func drawn<Result>(
  _ work: () throws(GraphvizError) -> Result
) throws(FigureError) -> Result {
  do {
    return try work()
  } catch {
    throw .graphviz(error)
  }
}
