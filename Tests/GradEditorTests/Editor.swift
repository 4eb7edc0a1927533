import GradBase
import GradLanguage
import GradRequest

@testable import GradEditor

/// An editor that asks and reads.
struct Editor {
  var server = LanguageServer(files: .none, version: "1")
  var code: Int32?

  /// Sends messages and has numbers worked out, unless they are to be waited for.
  mutating func send(_ messages: String..., evaluates: Bool = true) -> [JSONValue] {
    perform(server.receive(messages.map { Array($0.utf8) }), evaluates)
  }

  mutating func perform(
    _ outgoing: [LanguageServer.Outgoing], _ evaluates: Bool = true
  ) -> [JSONValue] {
    var answers: [JSONValue] = []
    for item in outgoing {
      switch item {
      case .message(let text):
        if let document = try? JSONDocument(Array(text.utf8)) { answers.append(document.root) }
      case .evaluate(let evaluation) where evaluates:
        answers += perform(server.take(evaluation.run(Patience(nodes: 1000) { true })))
      case .evaluate: break
      case .exit(let code): self.code = code
      }
    }
    return answers
  }

  static func started(_ abilities: String = "{}") -> Editor {
    var editor = Editor()
    _ = editor.send(
      #"{"id": 0, "method": "initialize", "params": {"capabilities": \#(abilities)}}"#)
    return editor
  }

  mutating func open(_ text: String, evaluates: Bool = true) -> [JSONValue] {
    send(
      """
      {"method": "textDocument/didOpen", "params": {"textDocument": {"uri": "file:///a.grad", \
      "version": 1, "text": \(JSONDocument.quoted(text))}}}
      """, evaluates: evaluates)
  }
}
