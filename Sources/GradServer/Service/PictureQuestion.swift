import GradBase
import GradRequest

/// What a request asks to be drawn.
struct PictureQuestion: Sendable {
  var task: DrawingTask

  /// The formats that are drawn, by their names in addresses.
  static let formats = OutputFormat.all.map(\.name) + [DrawingTask.trace]

  /// The beginning of addresses that clients of Kroki use, and what they call our programs.
  static let kinds = ["grad", "graphviz-grad"]

  /// - Returns: `nil` for a request for something else.
  /// - Throws: ``HTTPRefusal`` for one that asks in a wrong way.
  init?(_ request: HTTPRequest, _ parts: [String], limit: Int) throws(HTTPRefusal) {
    let isPost = request.method == "POST"
    var options = request.query
    for (name, value) in request.headers where name.hasPrefix("kroki-diagram-options-") {
      options.append((String(name.dropFirst(22)), value))
    }
    var words = parts
    let hasKind = words.first.map(Self.kinds.contains) ?? false
    if hasKind { words.removeFirst() }
    var format: String
    var program: [UInt8]
    switch (isPost, words.count) {
    case (true, 0), (true, 1):
      // `POST /` has an empty part.
      format = words.first ?? ""
      if format.isEmpty {
        let isNamed = request[header: "content-type"]?.lowercased().contains("json") ?? false
        guard isNamed || hasKind else {
          throw HTTPRefusal(
            .notFound, "it is not said what to draw", help: "POST a program to /svg, /png or /pdf")
        }
        format = Self.format(accepted: request) ?? "svg"
      }
      program = request.body
      if let question = try Self.question(in: request) {
        program = question.program
        options += question.options
        if words.first?.isEmpty ?? true { format = question.format ?? format }
      }
    case (false, 2) where hasKind:
      format = words[0]
      program = try EncodedProgram.program(words[1], limit: limit)
    default: return nil
    }
    guard Self.formats.contains(format) else {
      if !hasKind, !words.isEmpty, words[0] == format, isPost == false { return nil }
      throw HTTPRefusal(
        .notFound, FigureOption.Mistake(unknown: format, "format", Self.formats).message,
        help: FigureOption.Mistake(unknown: format, "format", Self.formats).help)
    }
    task = DrawingTask(format: format, program: program)
    for (name, value) in options { try take(name, value) }
  }

  private mutating func take(_ name: String, _ value: String) throws(HTTPRefusal) {
    let name = name.lowercased().replacing("_", with: "-")
    let known =
      task.format == DrawingTask.trace
      ? DrawingTask.traceOptions : FigureOption.all.map(\.name) + DrawingTask.ownOptions
    guard known.contains(name) else {
      let mistake = FigureOption.Mistake(unknown: name, "option", known)
      throw HTTPRefusal(.badRequest, mistake.message, help: mistake.help)
    }
    if task.options.count >= 100 {
      throw HTTPRefusal(.badRequest, "there are more than 100 options")
    }
    task.options.append((name, value))
  }

  /// The format that a client of Kroki asks for by `Accept`.
  private static func format(accepted request: HTTPRequest) -> String? {
    let accepted = request[header: "accept"]?.lowercased() ?? ""
    return OutputFormat.all.first { $0.name != "json" && accepted.hasPrefix($0.kind.mediaType) }?
      .name
  }

  // MARK: JSON

  /// The JSON form of Kroki; `nil` for a body that is something else, such as a trace.
  private static func question(
    in request: HTTPRequest
  ) throws(HTTPRefusal) -> (
    program: [UInt8], format: String?, options: [(name: String, value: String)]
  )? {
    guard request[header: "content-type"]?.lowercased().hasPrefix("application/json") ?? false
    else {
      return nil
    }
    let root: JSONValue
    do throws(JSONMistake) {
      root = try JSONDocument(request.body).root
    } catch {
      throw HTTPRefusal(.badRequest, "the body is no JSON: \(error)")
    }
    guard let source = root["diagram_source"] else {
      // A trace is JSON too.
      if request.path != "/" { return nil }
      throw HTTPRefusal(
        .badRequest, "the body has no 'diagram_source'",
        help: #"{"diagram_source": "J = 3 * 2", "diagram_type": "grad", "output_format": "svg"}"#)
    }
    guard let text = source.string else {
      throw HTTPRefusal(.badRequest, "'diagram_source' is no text")
    }
    if let kind = root["diagram_type"], !(kind.string.map(kinds.contains) ?? false) {
      throw HTTPRefusal(
        .badRequest, "'diagram_type' is another kind of diagram", help: "\"grad\" is drawn here")
    }
    var options: [(String, String)] = []
    for (key, value) in root["diagram_options"]?.members ?? [] {
      switch value.kind {
      case .string: options.append((key.string ?? "", value.string ?? ""))
      case .number, .boolean: options.append((key.string ?? "", value.spelling))
      default:
        throw HTTPRefusal(
          .badRequest, "the option '\(key.string ?? "")' is neither text nor number")
      }
    }
    return (Array(text.utf8), root["output_format"]?.string, options)
  }
}
