import GradBase
import GradLanguage

/// What is wrong, in the form that whoever asked can show: text, JSON, or a picture of the words.
struct Complaint {
  var status: HTTPStatus
  var text: String
  var json: String

  enum Form { case text, json, svg }

  init(_ status: HTTPStatus, text: String, json: String) {
    (self.status, self.text, self.json) = (status, text, json)
  }

  /// Why a request is not answered.
  init(_ refusal: HTTPRefusal) {
    let code =
      switch refusal.status {
      case .tooLarge, .headersTooLarge: "too-large"
      case .tooManyRequests: "busy"
      default: "request"
      }
    let message = [Diagnostic.ofServer(code, refusal.message, help: refusal.help)]
    self.init(
      refusal.status, text: DiagnosticPrinter.text.print(message, false),
      json: DiagnosticPrinter.json.print(message, false))
  }

  /// The form that a request wants: by `Accept`, else by what it asked for.
  static func form(for request: HTTPRequest, format: String?) -> Form {
    for type in (request[header: "accept"] ?? "").lowercased().split(separator: ",") {
      let name = type.prefix { $0 != ";" }.filter { $0 != " " }
      if name == "application/json" { return .json }
      if name == "text/plain" { return .text }
      // A browser asks so for what stands in a page.
      if name.hasPrefix("image/") { return .svg }
      if name == "text/html" { return .text }
    }
    switch format {
    case "json", DrawingTask.trace, "mimebundle": return .json
    case "svg" where request.method != "POST": return .svg
    default: return .text
    }
  }

  /// The answer in a form.
  func response(_ form: Form) -> HTTPResponse {
    var response =
      switch form {
      case .text: HTTPResponse("text/plain; charset=utf-8", Array(text.utf8), status: status)
      case .json: HTTPResponse("application/json", Array(json.utf8), status: status)
      case .svg: HTTPResponse("image/svg+xml", Array(picture.utf8), status: status)
      }
    response["Cache-Control"] = status == .badRequest ? "no-cache" : "no-store"
    response["Vary"] = "Accept"
    if status == .tooManyRequests || status == .unavailable { response["Retry-After"] = "1" }
    return response
  }

  /// The words as lines of a picture.
  private var picture: String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(60) {
      var rest = line.map { $0 == "\t" ? " " : $0 }[...]
      repeat {
        lines.append(String(rest.prefix(100)))
        rest = rest.dropFirst(100)
      } while !rest.isEmpty && lines.count < 80
    }
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    let width = Double(max(20, lines.map(\.count).max() ?? 0)) * 8.5 + 32
    let height = lines.count * 20 + 28
    let rows = lines.enumerated().map { row, line in
      "<text x=\"16\" y=\"\(row * 20 + 30)\" xml:space=\"preserve\">\(XML.text(line))</text>"
    }
    let words = XML.text(text)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(Int(width))" height="\(height)" \
      viewBox="0 0 \(Int(width)) \(height)" role="img" font-family="monospace" font-size="14" \
      fill="#b91c1c">
      <title>\(words)</title>
      <rect width="100%" height="100%" fill="#fef2f2"/>
      <rect width="6" height="100%"/>
      \(rows.joined(separator: "\n"))
      </svg>

      """
  }
}
