import Foundation
import GradLanguage
import Testing

@testable import GradServer

/// What workers answer, and how what is worth a word comes to whoever asked.
@Suite struct DrawingAnswerTests {
  private func warning(_ text: String) -> Diagnostic {
    Diagnostic(.warning, code: "kink", text, file: "program", help: nil)
  }

  @Test func anAnswerComesOverAsItWas() throws {
    var answer = DrawingAnswer("image/png", [1, 0, 255], [warning("'θ' is at a kink")])
    answer.sources = [SourceFile("/a b/x.npy", state: "1 2"), SourceFile("/gone.csv", state: "")]
    var buffer = answer.message
    let fields = try #require(Fields.take(from: &buffer))
    let read = try #require(DrawingAnswer(fields))
    #expect(read.bytes == answer.bytes && read.mediaType == "image/png")
    #expect(read.text == answer.text && read.json == answer.json)
    #expect(read.sources == answer.sources)
    #expect(DrawingAnswer([[1], [2]]) == nil)
  }

  @Test func warningsAreALineOfJSON() throws {
    let answer = DrawingAnswer("image/svg+xml", [], [warning("'θ' \"🎈\""), warning("b\nc")])
    let header = try #require(answer.header)
    #expect(header.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    let read = try #require(
      JSONSerialization.jsonObject(with: Data(header.utf8)) as? [[String: String]])
    #expect(read.map { $0["message"] } == ["'θ' \"🎈\"", "b\nc"])
    #expect(read.allSatisfy { $0["severity"] == "warning" && $0["code"] == "kink" })
    #expect(DrawingAnswer("image/png", [], []).header == nil)
  }

  @Test func aHeaderIsNoLongerThanProxiesTake() throws {
    let many = (0..<20).map { warning("\($0)" + String(repeating: "x", count: 400)) }
    let header = try #require(DrawingAnswer("image/png", [], many).header)
    #expect(header.utf8.count < 4_000)
    let read = try JSONSerialization.jsonObject(with: Data(header.utf8)) as? [Any]
    #expect(read?.isEmpty == false)
  }

  private func drawn(
    _ format: String, _ program: String, _ options: [(String, String)] = []
  ) -> DrawingAnswer {
    DrawingTask(
      format: format, program: Array(program.utf8),
      options: options.map { (name: $0.0, value: $0.1) }
    ).draw(largest: .max)
  }

  private func object(_ answer: DrawingAnswer) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(answer.bytes)) as? [String: Any], "\(answer.text)")
  }

  @Test(arguments: ["json", "trace"])
  func jsonHoldsTheWarnings(_ format: String) throws {
    let answer = drawn(format, "x = 2\nx * 3\ny = x ** 2\n")
    let plain = drawn(format, "x = 2\ny = x ** 2\n")
    let warnings = try #require(object(answer)["warnings"] as? [[String: Any]])
    #expect(!warnings.isEmpty && warnings.allSatisfy { $0["code"] is String })
    #expect(answer.header != nil)
    #expect(try object(plain)["warnings"] == nil && plain.header == nil)
  }

  @Test func aTraceTakesWhatEvalTakes() throws {
    let program = "x = 2\nw = 3\ny = w * x ** 2\n"
    let answer = try object(
      drawn(
        "trace", program, [("order", "2"), ("wrt", "x"), ("set", "w=5"), ("detail", "statements")]))
    let higher = try #require(answer["higher"] as? [[String: Any]])
    #expect(higher.contains { $0["input"] as? String == "x" && $0["derivative"] as? Double == 10 })
    #expect((answer["nodes"] as? [Any])?.count == 3)
    #expect(drawn("trace", program, [("order", "4")]).text.contains("--order: '4'"))
    #expect(drawn("trace", program, [("detail", "all")]).text.contains("unknown detail 'all'"))
    #expect(drawn("trace", program, [("wrt", "q")]).outcome == .mistake)
  }

  @Test func aFigureSaysWhatItReads() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (data, theme) = (folder.appending(path: "d.csv"), folder.appending(path: "t.json"))
    try Data("1,2\n".utf8).write(to: data)
    try Data(#"{"base": "dark"}"#.utf8).write(to: theme)
    let program =
      "#: --theme t.json\nimport numpy as np\nx = np.loadtxt('d.csv', delimiter=',')\nJ = x.sum()\n"
    var task = DrawingTask(format: "svg", program: Array(program.utf8))
    task.file = folder.appending(path: "p.grad").path
    task.name = "p.grad"
    // Without trust the theme is a mistake, and the data is known all the same.
    let refused = task.draw(largest: .max)
    #expect(refused.outcome == .mistake && refused.text.contains("--trust-heads"))
    #expect(refused.sources.map(\.path) == [data.path])
    task.trustsHead = true
    let answer = task.draw(largest: .max)
    #expect(answer.outcome == .drawn, "\(answer.text)")
    #expect(answer.sources.map(\.path) == [theme.path, data.path])
    #expect(answer.sources.allSatisfy { !$0.isChanged })
    try Data("1,2,3\n".utf8).write(to: data)
    #expect(answer.sources.map(\.isChanged) == [false, true])
    // Emptied for an instant, and then gone.
    try Data().write(to: theme)
    #expect(!answer.sources[0].isChanged)
    try FileManager.default.removeItem(at: theme)
    #expect(answer.sources[0].isChanged)
    // A program that is sent has no files.
    task.file = nil
    #expect(task.draw(largest: .max).sources.isEmpty)
  }
}
