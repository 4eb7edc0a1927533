import GraphvizGrad

extension TraceFormat {
  /// The schema `graphviz-grad/trace/1`, for other tools.
  static let json = TraceFormat(
    name: "json", fileExtension: "json", showsOperations: true, separator: ""
  ) {
    $0.writeJSON(to: $1)
  }
}
