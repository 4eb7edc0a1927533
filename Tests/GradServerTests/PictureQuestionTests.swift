import Testing

@testable import GradServer

/// What requests ask to be drawn.
@Suite struct PictureQuestionTests {
  private func task(
    _ method: String, _ path: String, body: String = "J = 3 * 2", headers: [(String, String)] = [],
    query: [(String, String)] = []
  ) throws(HTTPRefusal) -> DrawingTask? {
    var request = HTTPRequest(method: method, path: path)
    request.body = Array(body.utf8)
    request.headers = headers.map { ($0.0, $0.1) }
    request.query = query.map { ($0.0, $0.1) }
    return try PictureQuestion(request, try request.pathParts(), limit: 1_000)?.task
  }

  @Test func aBodyIsAProgram() throws {
    let task = try #require(
      try task(
        "POST", "/svg", headers: [("kroki-diagram-options-edge-labels", "none")],
        query: [("theme", "dark"), ("set", "b=3")]))
    #expect(task.format == "svg")
    #expect(task.program == Array("J = 3 * 2".utf8))
    #expect(task.options.map(\.name) == ["theme", "set", "edge-labels"])
    #expect(task.file == nil)
  }

  @Test func krokisFormsAreRead() throws {
    let json =
      #"{"diagram_source": "J = 3", "diagram_type": "grad", "output_format": "png", "diagram_options": {"style": "record", "legend": true, "scale": 3}}"#
    let type = [("content-type", "application/json; charset=utf-8")]
    let task = try #require(try task("POST", "/", body: json, headers: type))
    #expect(task.format == "png")
    #expect(task.options.map(\.value) == ["record", "true", "3"])
    #expect(try self.task("POST", "/grad/pdf")?.format == "pdf")
    #expect(
      try self.task("POST", "/grad", headers: [("accept", "application/pdf")])?.format == "pdf")
    let address = "/grad/svg/eJxLVLBVMOXyApLGCloKiVwAGlIC7Q"
    #expect(try self.task("GET", address)?.program == Array("a = 5\nJ = 3 * a\n".utf8))
  }

  @Test func aTraceIsAProgramToo() throws {
    let trace = #"{"schema": "graphviz-grad/trace/1"}"#
    let task = try task(
      "POST", "/svg", body: trace, headers: [("content-type", "application/json")])
    #expect(task?.program == Array(trace.utf8))
  }

  @Test(arguments: [
    ("/svg", "thema", "unknown option 'thema'"), ("/trace", "theme", "unknown option 'theme'"),
  ])
  func unknownOptionsAreRefusedByName(_ path: String, _ name: String, _ message: String) {
    #expect {
      _ = try task("POST", path, query: [(name, "dark")])
    } throws: { ($0 as? HTTPRefusal)?.message == message }
  }

  @Test func otherPlacesAreNoQuestions() throws {
    #expect(try task("GET", "/metrics") == nil)
    #expect(try task("GET", "/assets/site.css") == nil)
    #expect(throws: HTTPRefusal.self) { try task("POST", "/svgg") }
    #expect(throws: HTTPRefusal.self) { try task("GET", "/grad/svgg/eJw") }
    #expect(throws: HTTPRefusal.self) { try task("POST", "/") }
  }

  @Test func aTaskComesOverAsItWas() throws {
    var task = DrawingTask(format: "svg", program: [1, 0, 255], options: [("a", "b")])
    task.file = "/x/y.grad"
    var buffer = task.message + [9]
    let fields = try #require(Fields.take(from: &buffer))
    #expect(buffer == [9])
    #expect(DrawingTask(fields) == task)
    var part = Array(task.message.dropLast())
    #expect(Fields.take(from: &part) == nil)
  }

  @Test func complaintsTakeTheFormThatIsWanted() {
    func form(_ accept: String?, _ method: String, _ format: String?) -> Complaint.Form {
      var request = HTTPRequest(method: method, path: "/")
      if let accept { request.headers = [("accept", accept)] }
      return Complaint.form(for: request, format: format)
    }
    #expect(form("image/avif,image/webp,*/*;q=0.8", "GET", "svg") == .svg)
    #expect(form("application/json, image/svg+xml", "POST", "svg") == .json)
    #expect(form("*/*", "POST", "svg") == .text)
    #expect(form(nil, "GET", "svg") == .svg)
    #expect(form("*/*", "POST", "trace") == .json)
    let picture = Complaint(.badRequest, text: "a < b\n", json: "[]").response(.svg)
    guard case .bytes(let bytes) = picture.body else { return }
    #expect(String(decoding: bytes, as: UTF8.self).contains("a &lt; b"))
  }

  @Test func tagsAreCompared() {
    #expect(Service.matches("\"a\", W/\"b\"", "\"b\""))
    #expect(Service.matches("*", "\"b\""))
    #expect(!Service.matches("\"bc\"", "\"b\""))
  }
}
