import GradBase
import GradLanguage

/// Signals that would end the process where an error code says the same.
enum Signals {
  static func ignoreBrokenPipesAndFileLimits() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Lets a crash of Graphviz, or of the libraries that it draws with, end the process with a message and
  /// the code of a failure.
  ///
  /// They end themselves where memory is short. Nothing of the rest of the program can be relied on then,
  /// so the message is ready before; what was being written has no name yet and changes nothing.
  static func sayCrashes() {
    crashMessage =
      Messages.style.name == "json"
      ? """
      [
        {"severity": "error", "code": "crash", "message": "the figure made the program crash, perhaps for \
      lack of memory", "file": "graphviz-grad"}
      ]

      """
      : """
      graphviz-grad: error: the figure made the program crash, perhaps for lack of memory [crash]
        = help: give it more memory (ulimit -v), or draw less of it; a report with the program is welcome

      """
    for number in [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP] {
      signal(number) { _ in
        let message = Signals.crashMessage
        _ = message.withUTF8Buffer { write(2, $0.baseAddress, $0.count) }
        _exit(Failure.Code.software.rawValue)
      }
    }
  }

  // Written once, before anything can crash.
  nonisolated(unsafe) private static var crashMessage: StaticString = ""
}
