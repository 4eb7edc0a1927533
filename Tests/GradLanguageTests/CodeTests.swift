import Foundation
import Testing

@testable import GradLanguage

/// The codes of diagnostics.
@Suite struct CodeTests {
  @Test func everyCodeIsExpectedSomewhere() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".txt") }
    let text = try files.map {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }.joined()
    for code in Code.allCases {
      #expect(
        text.contains("\(code.rawValue):") || text.contains("\"\(code.rawValue)\""),
        "\(code.rawValue)")
    }
  }

  @Test func sourcesThatAreTooLarge() {
    var lexer = Lexer(Source("large", text: "a = 1"), largest: 4)
    lexer.run()
    #expect(lexer.report.diagnostics.map(\.code) == ["source-too-large"])
    #expect(lexer.report.diagnostics[0].message == "a program of 5 bytes is too large")
  }
}
