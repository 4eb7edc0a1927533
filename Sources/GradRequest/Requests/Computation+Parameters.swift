public import GradCore
public import GradLanguage

import GradFigure

extension Computation {
  /// The trace with its parameters, as every verb has them: those of a list of names, else those that the
  /// program's head names, else those that its text marks.
  ///
  /// - Parameter names: Inputs with commas between them, `w,b`, as `--wrt` takes them.
  /// - Returns: The trace; the other inputs are data.
  /// - Throws: What is wrong with the names or with the head's.
  public func trace(wrt names: String?) throws(ProgramError) -> Trace {
    // In forward mode the head names a seed, which is no parameter.
    let isForward = head.value(of: "mode") == FigureOptions.Mode.forward.rawValue
    guard let names = names ?? (isForward ? nil : head.value(of: "wrt")) else { return trace }
    var options = PictureOptions()
    do {
      try FigureOption.named("wrt")?.apply(names, &options, .none)
    } catch {
      throw ProgramError([
        Diagnostic(
          badOption: "--wrt: \(error.message)", file: program.source.name, help: error.help)
      ])
    }
    let faults = options.figure.nodeFaults(in: self)
    if !faults.isEmpty { throw ProgramError(faults) }
    return options.figure.marked(trace)
  }
}
