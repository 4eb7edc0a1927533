import GradBase
import GradRequest

/// The programs of a folder as pages that follow their files.
actor Preview {
  private let folder: PreviewFolder?
  private let pool: DrawingPool
  /// Whether programs may name themes beside them.
  private let trustsHeads: Bool
  private var programs: [String: Program] = [:]
  private var list: [String] = []
  private var listeners: [Int: Listener] = [:]
  private var count = 0
  /// Looks at the files for as long as somebody listens.
  private var looking: Task<Void, Never>?
  private var isStopped = false

  /// What is known of a program.
  private struct Program {
    /// The files that it was drawn from, the program first.
    var sources: [SourceFile] = []
    /// Another number for each time it is drawn, also by a server that is started again.
    var version = Int(time(nil))
    /// The last page that could be drawn.
    var page: [UInt8] = []
    /// What was wrong, or worth a word, when it was drawn last.
    var words = ""
    var isWrong = false
    var isDrawing = false
  }

  /// Somebody who hears of changes, of the list or of one program.
  private struct Listener {
    var program: String?
    var stream: AsyncStream<[UInt8]>.Continuation
  }

  private static let mostListeners = 64

  init(_ path: String, _ pool: DrawingPool, trustsHeads: Bool) {
    folder = PreviewFolder(path)
    (self.pool, self.trustsHeads) = (pool, trustsHeads)
  }

  // MARK: Requests

  /// The answer to a request for something of the folder; `nil` for another.
  func answer(
    _ request: HTTPRequest, _ parts: [String]
  ) async throws(HTTPRefusal) -> HTTPResponse? {
    switch parts[0] {
    case "events": return try events(request)
    case "preview":
      _ = try file(parts.dropFirst())
      return Site.previewPage
    case "source":
      let file = try file(parts.dropFirst())
      guard let bytes = try? contents(ofFile: file) else { throw Self.missing }
      return own(HTTPResponse("text/plain; charset=utf-8", bytes))
    case "page":
      let path = parts.dropFirst().joined(separator: "/")
      _ = try file(parts.dropFirst())
      if programs[path] == nil { await draw(path) }
      guard let page = programs[path]?.page, !page.isEmpty else {
        throw HTTPRefusal(.badRequest, "the program has no figure yet")
      }
      var response = HTTPResponse("text/html; charset=utf-8", page)
      response["Content-Security-Policy"] =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        + "frame-ancestors 'self'"
      return own(response)
    default: return nil
    }
  }

  private static let missing = HTTPRefusal(.notFound, "there is no such program in the folder")

  private func file(_ parts: some BidirectionalCollection<String>) throws(HTTPRefusal) -> String {
    guard let file = folder?.file(parts) else { throw Self.missing }
    return file
  }

  /// What is in the folder is for its own pages.
  private func own(_ response: HTTPResponse) -> HTTPResponse {
    var response = response
    response["Cache-Control"] = "no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
  }

  // MARK: Events

  private func events(_ request: HTTPRequest) throws(HTTPRefusal) -> HTTPResponse {
    let program = request.query.first { $0.name == "program" }?.value
    if let program { _ = try file(program.split(separator: "/").map(String.init)) }
    if isStopped { throw HTTPRefusal(.unavailable, "the server is about to stop") }
    if listeners.count >= Self.mostListeners {
      throw HTTPRefusal(.unavailable, "\(Self.mostListeners) pages are open already")
    }
    count += 1
    let number = count
    let (pieces, stream) = AsyncStream.makeStream(
      of: [UInt8].self, bufferingPolicy: .bufferingNewest(16))
    stream.onTermination = { [weak self] _ in Task { await self?.leave(number) } }
    listeners[number] = Listener(program: program, stream: stream)
    stream.yield(Array(": welcome\n\n".utf8))
    if let program {
      if let known = programs[program], !known.isDrawing, !known.sources.isEmpty {
        tell(of: program)
      } else {
        Task { await draw(program) }
      }
    } else {
      lookForPrograms()
      stream.yield(Self.event("programs", listText))
    }
    if looking == nil { looking = Task { await look() } }
    var response = HTTPResponse(.ok)
    response["Content-Type"] = "text/event-stream"
    response.body = .stream(pieces)
    return own(response)
  }

  private func leave(_ number: Int) { listeners[number] = nil }

  private static func event(_ name: String, _ data: String) -> [UInt8] {
    Array("event: \(name)\ndata: \(data)\n\n".utf8)
  }

  private var listText: String {
    var json = JSONText()
    json.array { json in for program in list { json.string(program) } }
    return json.text
  }

  /// Tells those who look at a program what came of it.
  private func tell(of path: String) {
    guard let program = programs[path] else { return }
    var json = JSONText()
    json.object { json in
      json.field("version", program.version)
      json.field("hasPage", !program.page.isEmpty)
      json.field("text", program.words)
    }
    let event = Self.event(program.isWrong ? "mistake" : "drawn", json.text)
    for listener in listeners.values where listener.program == path { listener.stream.yield(event) }
  }

  // MARK: Files

  /// Lets those go who wait for changes.
  func stop() {
    isStopped = true
    for listener in listeners.values { listener.stream.finish() }
  }

  /// Looks at the files of the pages that are open, until none is.
  private func look() async {
    defer { looking = nil }
    var round = 0
    while !listeners.isEmpty, !isStopped {
      round += 1
      for path in Set(listeners.values.compactMap(\.program)) {
        if let known = programs[path], !known.isDrawing, known.sources.contains(where: \.isChanged)
        {
          Task { await draw(path) }
        }
      }
      if round.isMultiple(of: 20), listeners.values.contains(where: { $0.program == nil }) {
        lookForPrograms()
      }
      // A word now and then keeps proxies from ending the connection, and tells who has gone.
      if round.isMultiple(of: 300) {
        for listener in listeners.values { listener.stream.yield(Array(": still here\n\n".utf8)) }
      }
      try? await Task.sleep(for: .milliseconds(50))
    }
  }

  private func lookForPrograms() {
    guard let programs = folder?.programs, programs != list else { return }
    list = programs
    let event = Self.event("programs", listText)
    for listener in listeners.values where listener.program == nil { listener.stream.yield(event) }
  }

  /// Draws the page of a program, and tells of it.
  private func draw(_ path: String) async {
    guard let file = folder?.file(path.split(separator: "/").map(String.init)),
      programs[path]?.isDrawing != true
    else { return }
    programs[path, default: Program()].isDrawing = true
    defer { programs[path]?.isDrawing = false }
    let source = SourceFile(file)
    guard let bytes = try? contents(ofFile: file) else { return }
    var task = DrawingTask(format: "html", program: bytes)
    (task.file, task.name, task.trustsHead) = (file, path, trustsHeads)
    var answer = await pool.draw(task)
    if answer.outcome == .mistake {
      // Some options are for figures that stand still, such as forward mode: these have a plain page.
      task.format = "svg"
      let figure = await pool.draw(task)
      if figure.outcome == .drawn {
        answer = figure
        answer.bytes = Array(PreviewPage.still(String(decoding: figure.bytes, as: UTF8.self)).utf8)
      }
    }
    guard var program = programs[path] else { return }
    // A worker that did not come to an end has not said what it read.
    let isKnown = answer.outcome == .drawn || answer.outcome == .mistake
    program.sources = [source] + (isKnown ? answer.sources[...] : program.sources.dropFirst())
    program.words = answer.text
    program.isWrong = answer.outcome != .drawn
    if !program.isWrong {
      program.version += 1
      program.page = answer.bytes
    }
    program.isDrawing = false
    programs[path] = program
    forgetSome(but: path)
    tell(of: path)
  }

  /// Keeps few pages that nobody looks at.
  private func forgetSome(but path: String) {
    let open = Set(listeners.values.compactMap(\.program)).union([path])
    for other in programs.keys where programs.count > 50 && !open.contains(other) {
      programs[other] = nil
    }
  }
}
