import GradBase
import GradLanguage
import GradRequest
import GraphvizRenderer

/// Answers requests: figures, the playground, the preview of a folder, and how the server is.
struct Service: Sendable {
  let artist: Artist
  let pool: DrawingPool
  let cache: AnswerCache
  let metrics: Metrics
  let limits: ServerLimits
  /// The folder that is shown; `nil` for none.
  let preview: Preview?
  /// Names by which a preview may be called besides this machine's own.
  let hosts: Set<String>
  /// How many clients are connected, and whether more may come.
  let listener: Listener
  /// What makes another picture of the same program: the versions of this tool and of Graphviz.
  let version: String

  /// The answer to a request.
  func answer(_ request: HTTPRequest) async -> HTTPResponse {
    var kind = "other"
    let response = await answer(request, &kind)
    metrics.count(kind, response.status)
    return response
  }

  /// The answer to what is no request.
  func refuse(_ refusal: HTTPRefusal) -> HTTPResponse {
    metrics.count("unreadable", refusal.status)
    return Complaint(refusal).response(.text)
  }

  private func answer(_ request: HTTPRequest, _ kind: inout String) async -> HTTPResponse {
    var format: String?
    do throws(HTTPRefusal) {
      try checkHost(request)
      let parts = try request.pathParts()
      if request.method == "OPTIONS" { return options(parts) }
      guard ["GET", "HEAD", "POST"].contains(request.method) else {
        throw HTTPRefusal(.methodNotAllowed, "the method is neither GET, HEAD, POST nor OPTIONS")
      }
      let words =
        parts.first.map(PictureQuestion.kinds.contains) ?? false ? parts.dropFirst() : parts[...]
      format = words.first
      if let question = try PictureQuestion(request, parts, limit: limits.body) {
        kind = question.task.format
        return await draw(question.task, request)
      }
      guard request.method != "POST" else {
        throw HTTPRefusal(.notFound, "there is nothing at '\(printable(request.path))'")
      }
      if let response = await state(parts) {
        kind = parts[0]
        return response
      }
      if let response = Site.answer(request, parts, isPreview: preview != nil) {
        kind = "page"
        return response
      }
      if let preview, let response = try await preview.answer(request, parts) {
        kind = "preview"
        return response
      }
      if PictureQuestion.formats.contains(parts[0]), parts.count == 1 {
        throw HTTPRefusal(.methodNotAllowed, "the program is sent by POST to '/\(parts[0])'")
      }
      throw HTTPRefusal(.notFound, "there is nothing at '\(printable(request.path))'")
    } catch {
      var response = Complaint(error).response(Complaint.form(for: request, format: format))
      if error.status == .methodNotAllowed { response["Allow"] = "GET, HEAD, POST, OPTIONS" }
      return response
    }
  }

  /// Refuses names that are not this machine's where a folder is shown.
  ///
  /// A page of another site may have its name lead here, and then read what is here as its own. An address
  /// in numbers is no name.
  private func checkHost(_ request: HTTPRequest) throws(HTTPRefusal) {
    guard preview != nil else { return }
    let host = request.host
    let isNumber = host.hasPrefix("[") || host.allSatisfy { $0.isNumber || $0 == "." }
    if isNumber || host == "localhost" || host.hasSuffix(".localhost") || hosts.contains(host) {
      return
    }
    throw HTTPRefusal(
      .misdirected, "this server is not called '\(printable(host))'",
      help: "--host \(printable(host))")
  }

  private func options(_ parts: [String]) -> HTTPResponse {
    var response = HTTPResponse(.noContent)
    response["Allow"] = "GET, HEAD, POST, OPTIONS"
    // Pages of others may have figures drawn; what is in a folder is not for them.
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
    response["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response
  }

  // MARK: Figures

  private func draw(_ task: DrawingTask, _ request: HTTPRequest) async -> HTTPResponse {
    let isGet = request.method != "POST"
    let tag = tag(of: task)
    if isGet, let known = request[header: "if-none-match"], Self.matches(known, tag) {
      var response = HTTPResponse(.notModified)
      addCaching(to: &response, tag, isGet)
      return response
    }
    let start = ContinuousClock.now
    let (answer, wasKept) = await artist.answer(to: task)
    metrics.count(start.duration(to: .now), wasKept: wasKept)
    guard answer.outcome == .drawn else {
      let status: HTTPStatus =
        switch answer.outcome {
        case .mistake: .badRequest
        case .tooMuch: .unprocessable
        case .busy: .tooManyRequests
        case .failed, .drawn: .failed
        }
      let complaint = Complaint(status, text: answer.text, json: answer.json)
      return open(complaint.response(Complaint.form(for: request, format: task.format)))
    }
    var type = answer.mediaType
    if type.hasPrefix("text/") { type += "; charset=utf-8" }
    var response = HTTPResponse(type, answer.bytes)
    addCaching(to: &response, tag, isGet)
    response[Self.warnings] = answer.header
    // What is in the file does nothing but show itself, wherever it is opened.
    response["Content-Security-Policy"] =
      task.format == OutputFormat.html.name
      ? "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; sandbox allow-scripts"
      : "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return open(response)
  }

  /// The header with what is worth a word about a figure that was drawn.
  static let warnings = "Graphviz-Grad-Warnings"

  /// Lets pages of others read it.
  private func open(_ response: HTTPResponse) -> HTTPResponse {
    var response = response
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, \(Self.warnings)"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
  }

  private func addCaching(to response: inout HTTPResponse, _ tag: String, _ isGet: Bool) {
    response["ETag"] = tag
    response["Cache-Control"] = isGet ? "public, max-age=86400" : "no-cache"
  }

  /// A word for all that the picture is made of; it is known before anything is drawn.
  private func tag(of task: DrawingTask) -> String {
    var digest = FNV1a()
    digest.add(version)
    digest.add(task.message[...])
    return "\"\(String(digest.value, radix: 16))\""
  }

  /// Whether `If-None-Match` names a tag, or any.
  static func matches(_ header: String, _ tag: String) -> Bool {
    header == "*"
      || header.split(separator: ",").contains { part in
        let word = part.drop { $0 == " " }
        return (word.hasPrefix("W/") ? word.dropFirst(2) : word).prefix { $0 != " " } == tag
      }
  }

  // MARK: How the server is

  private func state(_ parts: [String]) async -> HTTPResponse? {
    guard parts.count == 1, parts[0] == "health" || parts[0] == "metrics" else { return nil }
    let load = await pool.load
    if parts[0] == "metrics" {
      let text = metrics.text(load, connections: listener.count, cacheSize: cache.size)
      return uncached(
        HTTPResponse("text/plain; version=0.0.4; charset=utf-8", Array(text.utf8)))
    }
    let isWell = listener.isOpen && load.workers > 0
    let word = !listener.isOpen ? "stopping" : isWell ? "ok" : "no workers"
    let text =
      "{\"status\": \"\(word)\", \"workers\": \(load.workers), \"waiting\": \(load.waiting)}\n"
    return uncached(
      HTTPResponse("application/json", Array(text.utf8), status: isWell ? .ok : .unavailable))
  }

  private func uncached(_ response: HTTPResponse) -> HTTPResponse {
    var response = response
    response["Cache-Control"] = "no-store"
    return response
  }
}
