import GradBase
import GradLanguage
import GraphvizGrad

/// A script of Python that is run so that its computation is recorded.
///
/// The package `graphviz_grad` runs it and writes the trace; the script's own words go to standard error as
/// they come.
struct PythonScript: Equatable {
  let path: String
  /// The Python that runs it; `nil` for the usual one.
  let python: String?
  /// The words behind its name.
  let arguments: [String]

  /// What the package's own messages begin with.
  static let mark = "graphviz_grad: error: "

  /// The Python to run: the one that is asked for, else that of the environment, in which the wheel names
  /// the Python that it is installed for.
  private var program: String {
    if let python { return python }
    let named = getenv("PYTHON").map { String(cString: $0) } ?? ""
    return named.isEmpty ? "python3" : named
  }

  /// Runs the script, and returns the trace of what it computes.
  ///
  /// - Throws: ``Failure`` with the code for programs for what the script does wrong; with that of this tool
  ///   where there is no such Python, or no end.
  func trace(within time: Duration) throws(Failure) -> [UInt8] {
    let words = ["-m", "graphviz_grad", "trace", "-o", "-", path] + arguments
    let run: ScriptRun
    do {
      run = try ScriptRun(program, words)
    } catch {
      let reason = String(cString: strerror(error.number))
      throw failure(
        .software, "python", "'\(program)' cannot be run: \(reason)",
        help: "name a Python that has the package graphviz_grad by --python")
    }
    switch run.result(within: time) {
    case .ended(code: 0, let trace, _): return trace
    case .ended(let code, _, let lastWords): throw failure(code, lastWords)
    case .killed(let signal):
      let name = String(cString: strsignal(signal))
      throw failure(.program, "script", "the script was ended by signal \(signal) (\(name))")
    case .tooLong:
      throw failure(
        .software, "timeout", "the script did not end within \(time.text)",
        help: "give it more time by --timeout; or record it by itself: "
          + "\(program) -m graphviz_grad trace \(path) -o trace.json")
    }
  }

  /// Says why there is no trace, by what was said last.
  private func failure(_ code: Int32, _ lastWords: String) -> Failure {
    if lastWords.contains("No module named graphviz_grad") {
      return failure(
        .software, "python", "'\(program)' lacks the package graphviz_grad, which records scripts",
        help: "\(program) -m pip install graphviz_grad-*.whl (the wheel of graphviz-grad), or name "
          + "another Python by --python")
    }
    if let said = lastWords.firstRange(of: Self.mark) {
      return failure(.program, "script", String(lastWords[said.upperBound...]))
    }
    return failure(.program, "script", "the script ended with exit code \(code)")
  }

  private func failure(
    _ code: Failure.Code, _ word: String, _ message: String, help: String? = nil
  ) -> Failure {
    Failure(code, [Diagnostic(.error, code: word, message, file: path, help: help)])
  }
}
