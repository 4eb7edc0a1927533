import GradBase
import GradLanguage
import GraphvizGrad

/// Messages on standard error, in the form that the command line asks for.
enum Messages {
  /// How messages are printed.
  ///
  /// Read from the command line itself, so that it holds for mistakes of the command line too.
  static let style: DiagnosticPrinter = {
    let words = CommandLine.arguments
    for (index, word) in words.enumerated() {
      let isLast = index + 1 == words.count
      let value =
        word == "--diagnostics" && !isLast
        ? words[index + 1] : String(word.split(separator: "=").last ?? "")
      guard word == "--diagnostics" || word.hasPrefix("--diagnostics=") else { continue }
      if let printer = DiagnosticPrinter.all.first(where: { $0.name == value }) { return printer }
    }
    return .text
  }()

  /// An error that has no place in a program.
  static func error(_ code: String, _ message: String, help: String? = nil) -> Diagnostic {
    Diagnostic(.error, code: code, message, file: "graphviz-grad", help: help)
  }

  /// Prints messages; a reader who has gone is no trouble.
  static func write(_ diagnostics: [Diagnostic]) {
    if diagnostics.isEmpty { return }
    write(printed(diagnostics))
  }

  /// Messages as they are to be printed; nothing for none.
  static func printed(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.isEmpty
      ? "" : style.print(Diagnostic.limited(diagnostics, file: "graphviz-grad"), isColoured)
  }

  /// Prints a text where messages go.
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { systemWrite(2, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return }
      sent += max(0, count)
    }
  }

  /// Colours are for terminals, and for people who did not ask to have none (<https://no-color.org>).
  private static var isColoured: Bool {
    func variable(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    return isatty(2) == 1 && variable("NO_COLOR").isEmpty && variable("TERM") != "dumb"
  }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, bytes, count)
}
