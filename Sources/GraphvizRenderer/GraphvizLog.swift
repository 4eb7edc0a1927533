import CGraphviz

/// What Graphviz reported since the last ``clear()``.
///
/// Graphviz hands its callback each message in pieces (`"Warning"`, `": "`, then the text) and passes
/// no user data, so the buffer must be a global. It is touched only inside ``Graphviz/alone(_:)``,
/// which holds the lock.
enum GraphvizLog {
  nonisolated(unsafe) private static var text = ""

  static let append: @convention(c) (UnsafeMutablePointer<CChar>?) -> CInt = { piece in
    if let piece { GraphvizLog.text += String(cString: piece) }
    return 0
  }

  static var messages: [String] { text.split(separator: "\n").map(String.init) }

  static func clear() {
    text = ""
    _ = agreseterrors()
  }

  static func error(at stage: GraphvizError.Stage) -> GraphvizError {
    GraphvizError(stage: stage, messages: messages)
  }
}
