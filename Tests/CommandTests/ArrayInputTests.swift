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
      let formats = ["svg", "tikz", "typ", "mermaid", "drawio", "dot", "json", "cmapx"].map {
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
    }
  }

  /// Pixels are made of what is drawn, whichever arrays that shows.
  @Test(arguments: ["png", "webp", "jpg", "pdf", "eps"]) func pixelsAreMade(_ format: String) throws
  {
    try Tool.inFolder { tool in
      try tool.write(trace("two-layer"), to: "t.json")
      let result = try tool.run(["render", "t.json", "-o", "f.\(format)"])
      #expect(result.status == 0, "\(result.messages)")
    }
  }

  /// An array is no direction: forward mode takes one of its numbers.
  @Test func forwardModeIsByOneNumber() throws {
    try Tool.inFolder { tool in
      try tool.write(trace("vectorised"), to: "t.json")
      let result = try tool.run(["render", "t.json", "--mode", "forward", "--wrt", "w"])
      #expect(result.status == 1)
      #expect(result.messages.contains("'w' is an array"), "\(result.messages)")
      #expect(result.messages.contains("--wrt 'w[0"), "\(result.messages)")
      #expect(tool.files == ["t.json"])
    }
  }

  @Test(arguments: ["vectorised", "two-layer", "slices"])
  func thePageComputesArraysAnew(_ name: String) throws {
    try Tool.inFolder { tool in
      try tool.write(trace(name), to: "t.json")
      let page = try tool.run(["render", "t.json", "-T", "html", "-o", "-"]).output
      #expect(page.contains("\"hasArrays\": true") && page.contains("computeArrays"))
      #expect(!page.contains("not available"))
    }
  }

  @Test func thePageNamesWhatATraceSaysTooLittleOf() throws {
    try Tool.inFolder { tool in
      try tool.write(trace("softmax"), to: "t.json")
      let page = try tool.run(["render", "t.json", "-T", "html", "-o", "-"]).output
      #expect(page.contains("cannot compute “softmax” (p) anew"))
    }
  }

  @Test func thePageSaysWhatItCannotCompute() throws {
    try Tool.inFolder { tool in
      let known = try trace("two-layer")
      #expect(known.contains("\"tanh\""), "the layer has a tanh")
      try tool.write(known.replacing("\"tanh\"", with: "\"my_kernel\""), to: "t.json")
      let page = try tool.run(["render", "t.json", "-T", "html", "-o", "-"]).output
      #expect(page.contains("cannot compute “my_kernel”") && page.contains("not available"))
      #expect(!page.contains("<script") && page.contains("<svg"))
    }
  }

  @Test func whatDecidesIsNotEdited() throws {
    try Tool.inFolder { tool in
      let program = "x=np.array([1,2]); w=np.array([3,4]); y=np.sum(w*np.where(x > 1, x, -x))"
      let page = try tool.run(["render", "-e", program, "-T", "html", "-o", "-"]).output
      #expect(page.contains("Not to be edited here: x."))
      let numbers = try tool.run(["render", "-e", "a=5; J=3*a", "-T", "html", "-o", "-"]).output
      #expect(!numbers.contains("computeArrays(recording, given) {"))
    }
  }
}
