import GraphvizGrad

/// The names that a document's figures have, each of them once.
struct FigureNames {
  private var places: [String: Span] = [:]

  /// Gives a figure its name; one without a name has none to give.
  ///
  /// - Parameters:
  ///   - name: The figure's name.
  ///   - place: Where its block begins.
  /// - Throws: `FigureError` if another figure has the name.
  mutating func claim(_ name: String, at place: Span) throws(FigureError) {
    guard !name.isEmpty, let first = places.updateValue(place, forKey: name) else { return }
    let (file, start) = (first.source.name, first.start)
    throw .request([
      Diagnostic(
        .error, code: "same-name", "another figure is called '\(name)'", file: place.source.name,
        span: place,
        help: "the first is at \(file):\(start.line):\(start.column); give one of them another name"
      )
    ])
  }
}

extension FigureBlock {
  /// Reads the block for a page that shows no steps.
  ///
  /// - Returns: The figure.
  /// - Throws: All that is wrong, at its place in the document.
  func stillFigure() throws(FigureError) -> DocumentFigure {
    let figure = try figure()
    guard figure.steps != nil else { return figure }
    let place = attributes.last { $0.name == "steps" }?.place ?? place
    throw .request([
      Diagnostic(
        .error, code: "bad-attribute", "steps: a page has no steps", file: source.name, span: place,
        help: "graphviz-grad frames draws them one by one")
    ])
  }
}
