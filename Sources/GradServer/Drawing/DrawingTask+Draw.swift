import GradFigure
import GradLanguage
import GraphvizGrad
import GradRequest

extension DrawingTask {
  /// Draws it, in this process.
  ///
  /// - Parameter largest: How many bytes the picture may have.
  /// - Returns: The picture, or what is wrong.
  func draw(largest: Int) -> DrawingAnswer {
    do throws(FigureError) {
      var request = try request()
      if format == Self.trace { return try numbers(request) }
      guard let format = OutputFormat.named(format) else {
        return DrawingAnswer(.failed, [])
      }
      // A page has an address of its own: it is not to follow another's.
      if format.name == OutputFormat.html.name, request.options.allSatisfy({ $0.name != "theme" }) {
        request.fallbacks = [OptionText("theme", "auto")]
      }
      let figure = try request.figure(in: [format])
      let picture = try figure.picture(format, isSigned: true)
      var warnings = figure.warnings
      warnings.add(picture.warnings)
      if picture.bytes.count > largest { return Self.tooLarge(largest) }
      return DrawingAnswer(format.kind.mediaType, picture.bytes, warnings)
    } catch {
      switch error {
      case .request(let diagnostics): return DrawingAnswer(.mistake, diagnostics)
      case .graphviz(let error):
        let isLimit = error.stage == .limit
        return DrawingAnswer(
          isLimit ? .tooMuch : .failed,
          [.ofServer(isLimit ? "too-large" : "graphviz", error.description)])
      }
    }
  }

  private static func tooLarge(_ largest: Int) -> DrawingAnswer {
    DrawingAnswer(
      .tooMuch,
      [
        .ofServer(
          "too-large", "the picture has more than \(largest) bytes", help: "a smaller scale")
      ])
  }

  /// The numbers as JSON, a node an operation.
  private func numbers(_ request: FigureRequest) throws(FigureError) -> DrawingAnswer {
    let computation = try request.computation()
    let trace: Trace
    do {
      trace = try computation.trace(wrt: options.last { $0.name == "wrt" }?.value)
    } catch {
      throw .request(error.diagnostics)
    }
    var bytes: [UInt8] = []
    trace.detailed(.operations).writeJSON(to: { bytes += $0 }, adding: { _ in })
    return DrawingAnswer("application/json", bytes, computation.warnings)
  }

  /// What is asked of the library: no file is opened but below the folder of a program that is one.
  private func request() throws(FigureError) -> FigureRequest {
    var request = FigureRequest(Source(name, bytes: program))
    request.files = .none
    if let file {
      request.files = .system
      request.dataFiles = .ofProgram(file, isTrusted: true)
    }
    var mistakes: [Diagnostic] = []
    for (name, value) in options {
      switch name {
      case "of": request.output = value
      case "vary":
        request.variant = Int(value)
        if request.variant == nil {
          mistakes.append(.ofServer("bad-option", "vary: '\(value)' is no whole number"))
        }
      case "set":
        do throws(ProgramError) {
          request.values += try InputValue.parse(Source("set", text: value))
        } catch {
          mistakes += error.diagnostics
        }
      case "wrt" where format == Self.trace: break
      default: request.options.append(OptionText(name, value))
      }
    }
    if !mistakes.isEmpty { throw .request(mistakes) }
    return request
  }
}

extension Diagnostic {
  /// A word of the server, which has no place in a program.
  static func ofServer(_ code: String, _ message: String, help: String? = nil) -> Diagnostic {
    Diagnostic(.error, code: code, message, file: "graphviz-grad", help: help)
  }
}
