import GradLanguage
package import GradRequest

import GradBase

/// The Language Server Protocol, version 3.17, for programs: messages in, messages out.
///
/// A value without threads, clocks and files of its own: what takes time is handed to whoever runs the
/// server as an ``Evaluation``, whose end comes back by ``take(_:)``. Until then, what asks for numbers
/// waits, and all else is answered.
///
/// <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/>
package struct LanguageServer: Sendable {
  /// The files that programs may read, from their own folders.
  let files: Files
  /// The version that the server tells.
  let version: String
  private(set) var encoding = PositionEncoding.utf16
  var client = ClientAbilities()
  /// The programs that are open, by what they are known by.
  var documents: [String: OpenDocument] = [:]
  var notebooks: [String: OpenNotebook] = [:]
  var state = State.new
  /// Requests that wait for numbers.
  var waiting: [Waiting] = []
  /// The messages that go out.
  var outgoing: [Outgoing] = []
  /// The number of the next request of the server's own.
  var nextRequest = 1

  enum State: Sendable { case new, running, shutDown }

  /// Whether the editor has said that it is about to leave.
  package var isShutDown: Bool { state == .shutDown }

  /// A request that waits for the numbers of a text.
  struct Waiting: Sendable {
    var id: JSONValue
    var method: String
    var parameters: JSONValue?
    var uri: String
  }

  /// What whoever runs the server has to do.
  package enum Outgoing: Sendable {
    /// To send a message to the editor.
    case message(String)
    /// To work out the numbers of a text; earlier work on the same file is not wanted any more.
    case evaluate(Evaluation)
    /// To end the process with a code.
    case exit(Int32)
  }

  /// A server that knows no text yet.
  package init(files: Files, version: String) {
    self.files = files
    self.version = version
  }

  /// Takes messages of the editor, which came together.
  ///
  /// A request that is cancelled by a message behind it is not even begun.
  package mutating func receive(_ messages: [[UInt8]]) -> [Outgoing] {
    defer { outgoing = [] }
    var cancelled: [String: Int] = [:]
    let read = messages.enumerated().map { index, bytes in
      let document = Result { () throws(JSONMistake) in try JSONDocument(bytes).root }
      if case .success(let message) = document, message["id"] == nil,
        message["method"]?.isString("$/cancelRequest") == true, let id = message["params"]?["id"]
      {
        cancelled[id.spelling] = index
      }
      return document
    }
    for (index, result) in read.enumerated() {
      switch result {
      case .failure(let mistake):
        sendError(nil, .parseError, "the message is no JSON: \(mistake)")
      case .success(let message):
        if let id = message["id"], message["method"]?.string?.contains("/") == true,
          let later = cancelled[id.spelling], later > index
        {
          sendError(id, .cancelled, "the request was cancelled")
        } else {
          take(message)
        }
      }
    }
    return outgoing
  }

  /// Takes a header that says not how long its message is.
  package mutating func receiveBrokenFrame(_ reason: String) -> [Outgoing] {
    defer { outgoing = [] }
    sendError(nil, .parseError, reason)
    return outgoing
  }

  private mutating func take(_ message: JSONValue) {
    let id = message["id"]
    guard message.kind == .object, let method = message["method"]?.string else {
      // What answers a request of the server's own needs no answer.
      if message.kind == .object, id != nil, message["result"] != nil || message["error"] != nil {
        return
      }
      return sendError(id, .invalidRequest, "a message has a method, or is an answer")
    }
    if let id, id.kind != .number, id.kind != .string {
      return sendError(nil, .invalidRequest, "an id is a number or a string")
    }
    let parameters = message["params"]
    if let id {
      request(id, method, parameters)
    } else {
      notification(method, parameters)
    }
  }

  private mutating func request(_ id: JSONValue, _ method: String, _ parameters: JSONValue?) {
    switch (state, method) {
    case (.new, "initialize"): initialize(id, parameters)
    case (.new, _): sendError(id, .notInitialized, "the first request is 'initialize'")
    case (.running, "initialize"), (.shutDown, _):
      sendError(id, .invalidRequest, "'\(method)' is not expected any more")
    case (.running, "shutdown"):
      state = .shutDown
      for request in waiting { sendError(request.id, .cancelled, "the server is shut down") }
      waiting = []
      send(id) { $0.null() }
    case (.running, _): answer(id, method, parameters)
    }
  }

  private mutating func notification(_ method: String, _ parameters: JSONValue?) {
    if method == "exit" {
      outgoing.append(.exit(state == .shutDown ? 0 : 1))
      return
    }
    guard state == .running else { return }
    switch method {
    case "textDocument/didOpen": open(parameters)
    case "textDocument/didChange": change(parameters)
    case "textDocument/didClose": close(parameters)
    case "notebookDocument/didOpen": openNotebook(parameters)
    case "notebookDocument/didChange": changeNotebook(parameters)
    case "notebookDocument/didClose": closeNotebook(parameters)
    case "textDocument/didSave", "notebookDocument/didSave", "workspace/didChangeWatchedFiles":
      evaluateFilesAgain()
    case "$/cancelRequest": cancel(parameters?["id"])
    default: break
    }
  }

  /// Answers a request that waits for numbers and is not wanted any more.
  private mutating func cancel(_ id: JSONValue?) {
    guard let id, let index = waiting.firstIndex(where: { $0.id.spelling == id.spelling }) else {
      return
    }
    waiting.remove(at: index)
    sendError(id, .cancelled, "the request was cancelled")
  }

  private mutating func initialize(_ id: JSONValue, _ parameters: JSONValue?) {
    state = .running
    client = ClientAbilities(parameters?["capabilities"])
    encoding = client.encoding
    send(id) { [self] json in writeAbilities(&json) }
  }

  // MARK: Answers

  /// What errors of the protocol are called by.
  enum ErrorCode: Int {
    case parseError = -32_700
    case invalidRequest = -32_600
    case methodNotFound = -32_601
    case invalidParams = -32_602
    case notInitialized = -32_002
    case requestFailed = -32_803
    case contentModified = -32_801
    case cancelled = -32_800
  }

  /// Sends the result of a request.
  mutating func send(_ id: JSONValue, _ result: (inout JSONText) -> Void) {
    var json = JSONText()
    json.object { json in
      json.field("jsonrpc", "2.0")
      json.field("id") { writeId(id, &$0) }
      json.field("result", result)
    }
    outgoing.append(.message(json.text))
  }

  /// Sends why there is no result; without an id, that of a message that could not be read.
  mutating func sendError(_ id: JSONValue?, _ code: ErrorCode, _ message: String) {
    var json = JSONText()
    json.object { json in
      json.field("jsonrpc", "2.0")
      json.field("id") { json in
        if let id { writeId(id, &json) } else { json.null() }
      }
      json.field("error") { json in
        json.object { json in
          json.field("code", code.rawValue)
          json.field("message", message)
        }
      }
    }
    outgoing.append(.message(json.text))
  }

  /// Sends what asks for no answer.
  mutating func notify(_ method: String, _ parameters: (inout JSONText) -> Void) {
    var json = JSONText()
    json.object { json in
      json.field("jsonrpc", "2.0")
      json.field("method", method)
      json.field("params", parameters)
    }
    outgoing.append(.message(json.text))
  }

  /// Asks the editor to ask again.
  mutating func askAgain(_ method: String) {
    var json = JSONText()
    json.object { json in
      json.field("jsonrpc", "2.0")
      json.field("id", "graphviz-grad-\(nextRequest)")
      json.field("method", method)
    }
    nextRequest += 1
    outgoing.append(.message(json.text))
  }

  private func writeId(_ id: JSONValue, _ json: inout JSONText) {
    if let text = id.string {
      json.string(text)
    } else if let number = id.number {
      if let whole = Int(id.spelling) { json.number(whole) } else { json.number(number) }
    } else {
      json.null()
    }
  }
}
