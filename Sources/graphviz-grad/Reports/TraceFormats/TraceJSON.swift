import GradCore
import GraphvizGrad

extension TraceFormat {
  /// The schema `graphviz-grad/trace/1`, for other tools.
  static let json = TraceFormat(
    name: "json", fileExtension: "json", showsOperations: true, separator: ""
  ) { trace, higher, write in
    trace.writeJSON(with: higher, to: write)
  }
}
