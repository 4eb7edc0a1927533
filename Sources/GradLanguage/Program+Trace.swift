import GradBase
import GradCore

extension Program {
  /// The trace that the text is.
  ///
  /// - Throws: What is wrong with it, at its place in the text.
  func givenTrace(_ settings: [InputValue], _ output: String?) throws(ProgramError) -> Trace {
    if !settings.isEmpty { throw needed(for: "--set") }
    do throws(TraceFault) {
      return try Trace(TraceDescription(json: source.bytes), differentiating: output)
    } catch {
      throw ProgramError([
        Diagnostic(
          .error, code: Code.badTrace.rawValue, "\(error.path): \(error.message)",
          file: source.name, span: span(of: error), help: error.help)
      ])
    }
  }

  /// Says that a trace has the numbers of one run alone.
  ///
  /// - Parameter purpose: What asks for others.
  /// - Returns: The error.
  public func needed(for purpose: String) -> ProgramError {
    ProgramError([
      Diagnostic(
        .error, code: Code.needsProgram.rawValue,
        "\(purpose) needs the program; a trace has the numbers of one run alone",
        file: source.name,
        help: "give the program itself, or the trace of another run")
    ])
  }

  /// Where in the text something is wrong.
  private func span(of fault: TraceFault) -> Span? {
    if let offset = fault.offset {
      return Span(source, offset..<min(offset + 1, source.bytes.count))
    }
    guard let document = try? JSONDocument(source.bytes) else { return nil }
    let value = document.value(at: fault.path)
    let isLong = value.kind == .object || value.kind == .array
    let begin = value.range.lowerBound
    return Span(source, isLong ? begin..<begin + 1 : value.range)
  }
}
