import Foundation
import Testing

/// Traces with arrays, in every verb that tells or draws them.
@Suite struct ArrayInputTests {
  private static let pictures = ["vectorised", "two-layer", "softmax", "slices"]

  private func trace(_ name: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: folder.appending(path: "Pictures/\(name).json"), encoding: .utf8)
  }

  @Test(arguments: pictures) func noVerbMakesArraysNumbers(_ name: String) throws {
    try Tool.inFolder { tool in
      try tool.write(trace(name), to: "t.json")
      let formats = ["svg", "tikz", "dot", "json", "html", "cmapx"].map {
        ["render", "t.json", "-T", $0, "-o", "-"]
      }
      let styles = ["lecture", "circuit", "record"].map {
        ["render", "t.json", "--style", $0, "-o", "-"]
      }
      let words = [
        ["explain", "t.json"], ["table", "t.json"], ["table", "t.json", "--format", "csv"],
        ["eval", "t.json"], ["eval", "t.json", "--format", "csv"],
        ["eval", "t.json", "--format", "markdown"], ["frames", "t.json", "-T", "json", "-o", "-"],
      ]
      for arguments in formats + styles + words {
        let result = try tool.run(arguments)
        #expect(result.status == 0, "\(arguments): \(result.messages)")
        #expect(!result.output.contains("NaN") && !result.output.contains("nan,"), "\(arguments)")
      }
      for format in ["png", "pdf", "eps"] {
        let result = try tool.run(["render", "t.json", "-o", "f.\(format)"])
        #expect(result.status == 0, "\(format): \(result.messages)")
      }
    }
  }

  @Test(arguments: [
    ["--mode", "forward", "--wrt", "b"]
  ])
  func whatTakesNumbersAloneSaysSo(_ options: [String]) throws {
    try Tool.inFolder { tool in
      try tool.write(trace("vectorised"), to: "t.json")
      let result = try tool.run(["render", "t.json"] + options)
      #expect(result.status != 0)
      #expect(
        result.messages.contains("\(options[0].prefix(7))")
          && result.messages.contains("'w' is an array"), "\(result.messages)")
      #expect(tool.files == ["t.json"])
    }
  }

  @Test func thePageSaysThatNothingCanBeEdited() throws {
    try Tool.inFolder { tool in
      try tool.write(trace("vectorised"), to: "t.json")
      let page = try tool.run(["render", "t.json", "-T", "html", "-o", "-"]).output
      #expect(page.contains("w is an array") && page.contains("not available"))
      #expect(!page.contains("<script") && page.contains("<svg"))
    }
  }
}
