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
    var sources: [SourceFile] = []
    var answer: DrawingAnswer
    do throws(FigureError) {
      let request = try request()
      if file != nil { sources = request.sources.map { SourceFile($0) } }
      answer = try format == Self.trace ? numbers(request) : figure(request)
      if answer.bytes.count > largest { answer = Self.tooLarge(largest) }
    } catch {
      switch error {
      case .request(let diagnostics): answer = DrawingAnswer(.mistake, diagnostics)
      case .graphviz(let error):
        let isLimit = error.stage == .limit
        answer = DrawingAnswer(
          isLimit ? .tooMuch : .failed,
          [.ofServer(isLimit ? "too-large" : "graphviz", error.description)])
      }
    }
    answer.sources = sources
    return answer
  }

  private static func tooLarge(_ largest: Int) -> DrawingAnswer {
    DrawingAnswer(
      .tooMuch,
      [
        .ofServer(
          "too-large", "the picture has more than \(largest) bytes", help: "a smaller scale")
      ])
  }

  private func figure(_ request: FigureRequest) throws(FigureError) -> DrawingAnswer {
    guard let format = OutputFormat.named(format) else { return DrawingAnswer(.failed, []) }
    var request = request
    // A page has an address of its own: it is not to follow another's.
    if format.name == OutputFormat.html.name, request.options.allSatisfy({ $0.name != "theme" }) {
      request.fallbacks = [OptionText("theme", "auto")]
    }
    let figure = try request.figure(in: [format])
    let picture = try figure.picture(format, isSigned: false)
    var warnings = figure.warnings
    warnings.add(picture.warnings)
    var answer = DrawingAnswer(format.kind.mediaType, picture.bytes, warnings)
    if format.name == OutputFormat.json.name { answer.addMessages() }
    answer.bytes = Stamp.signed(answer.bytes, format.kind)
    return answer
  }

  /// The numbers as JSON.
  private func numbers(_ request: FigureRequest) throws(FigureError) -> DrawingAnswer {
    let computation = try request.computation()
    let numbers: ProgramNumbers
    do throws(ProgramError) {
      numbers = try computation.numbers(request.options)
    } catch {
      throw .request(error.diagnostics)
    }
    var bytes: [UInt8] = []
    numbers.trace.detailed(numbers.detail ?? .operations).writeJSON(with: numbers.higher) {
      bytes += $0
    }
    var answer = DrawingAnswer("application/json", bytes, numbers.warnings)
    answer.addMessages()
    return answer
  }

  /// What is asked of the library: no file is opened but below the folder of a program that is one.
  private func request() throws(FigureError) -> FigureRequest {
    var request = FigureRequest(Source(name, bytes: program))
    request.files = .none
    if let file {
      request.files = .system
      request.dataFiles = .ofProgram(file, isTrusted: true)
      request.trustsHead = trustsHead
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
