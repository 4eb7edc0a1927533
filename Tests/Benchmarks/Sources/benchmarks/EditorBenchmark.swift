import Foundation

/// A letter typed into a program of 10,000 lines: processor milliseconds of the server of editors until it
/// has told the messages and the values behind the lines that are seen.
///
/// What opening the program takes is left out: a session in which nothing is typed is taken off.
func benchmarkEditor(runs: Int = 3) -> Bool {
  inOwnFolder { tool, _ in
    var lines = ["x0 = 1.5"]
    for number in 1..<10_000 {
      lines.append("x\(number) = x\(number - 1) * 0.5 + sin(x\(max(0, number - 7)))  # \(number)")
    }
    let program = lines.joined(separator: "\n")
    let typed = "cos(x1) + tan(x2) + "
    let cost = median(
      try rounds(runs).map { _ in
        let whole = try seconds(ofSession: tool, program, typed: typed)
        return whole - (try seconds(ofSession: tool, program, typed: ""))
      })
    return report(
      "a letter in 10,000 lines, ms", 1_000 * cost / Double(typed.count), atMost: 50,
      "messages and values")
  }
}

/// Processor seconds of a session in which letters are typed in the middle of a program.
private func seconds(ofSession tool: String, _ program: String, typed: String) throws -> Double {
  let (process, input, output) = (Process(), Pipe(), Pipe())
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [tool, "lsp"]
  (process.standardInput, process.standardOutput) = (input, output)
  func send(_ message: [String: Any]) throws {
    let body = try JSONSerialization.data(withJSONObject: message)
    try input.fileHandleForWriting.write(
      contentsOf: Data("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
  }
  func ask(_ id: Int, _ method: String, _ parameters: [String: Any]) throws {
    try send(["id": id, "method": method, "params": parameters])
    let end = Data("\"id\": \(id), \"result\"".utf8)
    var answer = Data()
    while answer.range(of: end) == nil {
      let piece = output.fileHandleForReading.availableData
      if piece.isEmpty { throw CocoaError(.fileReadUnknown) }
      answer += piece
    }
  }
  return processorSeconds {
    do {
      try process.run()
      try ask(1, "initialize", ["capabilities": [:]])
      let uri = "file:///long.grad"
      try send([
        "method": "textDocument/didOpen",
        "params": ["textDocument": ["uri": uri, "version": 1, "text": program]],
      ])
      func place(_ line: Int, _ character: Int) -> [String: Int] {
        ["line": line, "character": character]
      }
      let seen: [String: Any] = [
        "textDocument": ["uri": uri], "range": ["start": place(4_980, 0), "end": place(5_020, 0)],
      ]
      try ask(2, "textDocument/inlayHint", seen)
      for (number, letter) in typed.enumerated() {
        let caret = place(5_000, "x5000 = ".count + number)
        let change: [String: Any] = [
          "range": ["start": caret, "end": caret], "text": String(letter),
        ]
        try send([
          "method": "textDocument/didChange",
          "params": [
            "textDocument": ["uri": uri, "version": number + 2], "contentChanges": [change],
          ],
        ])
        try ask(number + 3, "textDocument/inlayHint", seen)
      }
      try ask(1_000, "shutdown", [:])
      try send(["method": "exit"])
    } catch {
      _ = isNotMeasured("the server of editors does not answer: \(error)")
      process.terminate()
    }
    process.waitUntilExit()
  }
}
