import Foundation
import GradBase
import GradLanguage
import GradRequest
import TestSupport
import Testing

@testable import GradEditor

/// The protocol: messages in, messages out.
@Suite struct ServerTests {
  private func error(_ answers: [JSONValue]) -> Int? {
    answers.first?["error"]?["code"]?.number.map { Int($0) }
  }

  private static let text = #""textDocument": {"uri": "file:///a.grad"}"#

  @Test func lifecycle() {
    var editor = Editor()
    #expect(error(editor.send(#"{"id": 1, "method": "textDocument/hover"}"#)) == -32002)
    let abilities = editor.send(
      #"{"id": "x", "method": "initialize", "params": {"capabilities": {"general": {"positionEncodings": ["utf-16", "utf-8"]}}}}"#
    )[0]
    #expect(abilities["id"]?.string == "x")
    #expect(abilities["result"]?["capabilities"]?["positionEncoding"]?.string == "utf-8")
    #expect(error(editor.send(#"{"id": 2, "method": "initialize"}"#)) == -32600)
    #expect(error(editor.send(#"{"id": 3, "method": "no/such"}"#)) == -32601)
    #expect(error(editor.send(#"{"id": 3, "method": "textDocument/hover"}"#)) == -32602)
    #expect(editor.send(#"{"method": "$/setTrace", "params": {"value": "off"}}"#).isEmpty)
    #expect(editor.send(#"{"method": "no/such"}"#).isEmpty)
    #expect(error(editor.send("{")) == -32700)
    #expect(error(editor.send("[]")) == -32600)
    #expect(error(editor.send(#"{"id": 3}"#)) == -32600)
    #expect(error(editor.send(#"{"id": [], "method": "shutdown"}"#)) == -32600)
    #expect(editor.send(#"{"id": 4, "method": "shutdown"}"#)[0]["result"]?.kind == .null)
    #expect(error(editor.send(#"{"id": 5, "method": "textDocument/hover"}"#)) == -32600)
    _ = editor.send(#"{"method": "exit"}"#)
    #expect(editor.code == 0)
    var other = Editor.started()
    _ = other.send(#"{"method": "exit"}"#)
    #expect(other.code == 1)
  }

  @Test func numbersAreWaitedFor() {
    var editor = Editor.started()
    #expect(editor.open("a = 2\nb = a * a", evaluates: false).isEmpty)
    let ask = { (id: Int) in
      #"{"id": \#(id), "method": "textDocument/hover", "params": {\#(Self.text), "position": {"line": 1, "character": 0}}}"#
    }
    #expect(editor.send(ask(1)).isEmpty)
    #expect(error(editor.send(#"{"method": "$/cancelRequest", "params": {"id": 1}}"#)) == -32800)
    #expect(editor.send(ask(2)).isEmpty)
    // What asks for no numbers is answered.
    #expect(
      editor.send(
        #"{"id": 3, "method": "textDocument/foldingRange", "params": {\#(Self.text)}}"#
      )[0]["result"]?.kind == .array)
    let change =
      #"{"method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///a.grad", "version": 2}, "contentChanges": [{"range": {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 5}}, "text": "3"}]}}"#
    #expect(error(editor.send(change, evaluates: false)) == -32801)
    #expect(
      error(editor.send(ask(4), #"{"method": "$/cancelRequest", "params": {"id": 4}}"#)) == -32800)
    #expect(editor.send(ask(5)).isEmpty)
    guard let document = editor.server.documents["file:///a.grad"] else {
      Issue.record("the text is closed")
      return
    }
    let evaluation = Evaluation(uri: document.uri, version: 2, analysis: document.analysis)
    let answers = editor.perform(editor.server.take(evaluation.run(Patience(nodes: 100) { true })))
    let hover = answers.last?["result"]?["contents"]?["value"]?.string
    #expect(hover == "b = a·a = 3·3 = 9\ndb = 1")
  }

  @Test func messagesAreTold() {
    var editor = Editor.started()
    let diagnostics = editor.open("a = 2\nb = q * a").last?["params"]?["diagnostics"]?[0]
    #expect(diagnostics?["code"]?.string == "undefined-name")
    #expect(diagnostics?["range"]?["start"]?["line"]?.number == 1)
    #expect(diagnostics?["message"]?.string?.contains("help: did you mean 'a'?") == true)
    let closed = editor.send(
      #"{"method": "textDocument/didClose", "params": {\#(Self.text)}}"#)
    #expect(closed[0]["params"]?["diagnostics"]?.elements.isEmpty == true)
  }

  @Test func tokensAreToldByWhatChanged() {
    var editor = Editor.started()
    _ = editor.open("a = 2\nb = a * a\nc = b")
    func ask(_ more: String = "", _ method: String = "full") -> JSONValue? {
      editor.send(
        #"{"id": 9, "method": "textDocument/semanticTokens/\#(method)", "params": {\#(Self.text)\#(more)}}"#
      ).last?["result"]
    }
    let whole = ask()
    var data = whole?["data"]?.elements.compactMap(\.number) ?? []
    #expect(data.count == 11 * 5)
    _ = editor.send(
      #"{"method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///a.grad", "version": 2}, "contentChanges": [{"range": {"start": {"line": 1, "character": 8}, "end": {"line": 1, "character": 9}}, "text": "exp(a)"}]}}"#
    )
    let delta = ask(#", "previousResultId": "1""#, "full/delta")
    for edit in delta?["edits"]?.elements ?? [] {
      let start = Int(edit["start"]?.number ?? -1)
      let count = Int(edit["deleteCount"]?.number ?? -1)
      data.replaceSubrange(
        start..<start + count, with: edit["data"]?.elements.compactMap(\.number) ?? [])
    }
    #expect(data == ask()?["data"]?.elements.compactMap(\.number))
  }

  @Test func frames() {
    var frames = FrameReader()
    let bytes =
      FrameReader.framed("{\"θ\": 1}") + Array("Content-Type: x\r\ncontent-length:2\r\n\r\n{}".utf8)
      + Array("Nothing: 1\r\n\r\n".utf8) + FrameReader.framed("[]")
    var read: [FrameReader.Frame] = []
    for byte in bytes {
      frames.take([byte])
      while let frame = frames.next() { read.append(frame) }
    }
    #expect(
      read == [
        .message(Array("{\"θ\": 1}".utf8)), .message(Array("{}".utf8)),
        .broken("a header has no Content-Length"), .message(Array("[]".utf8)),
      ])
    frames.take("Content-Length: 99999999999\r\n\r\n".utf8)
    #expect(frames.next() == .lost("a message of 99999999999 bytes is too long"))
    var endless = FrameReader()
    endless.take([UInt8](repeating: 0x41, count: 70_000))
    #expect(endless.next() == .lost("the header of a message does not end"))
  }

  @Test(arguments: 1...30)
  func noiseBreaksNothing(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let sound = FrameReader.framed(
      #"{"id": 1, "method": "textDocument/hover", "params": {\#(Self.text), "position": {"line": 0, "character": 1}}}"#
    )
    var editor = Editor.started()
    _ = editor.open("a = 2\nb = a * a")
    var frames = FrameReader()
    for _ in 0..<40 {
      var bytes = sound
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
        }
      }
      frames.take(bytes)
      while let frame = frames.next() {
        if case .message(let message) = frame {
          _ = editor.perform(editor.server.receive([message]))
        }
        if case .lost = frame {
          frames = FrameReader()
          break
        }
      }
    }
    // It still answers.
    #expect(
      editor.send(
        #"{"id": 7, "method": "textDocument/documentSymbol", "params": {\#(Self.text)}}"#
      ).last?["id"]?.number == 7)
  }
}
