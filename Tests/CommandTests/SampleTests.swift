import Foundation
import TestSupport
import Testing

@testable import graphviz_grad

@Suite struct SampleTests {
  @Test func everySampleComesAlong() throws {
    let files = (fileNames(in: "samples") + fileNames(in: "samples/arrays")).filter {
      $0.hasSuffix(".grad")
    }
    #expect(Sample.all.map { "\($0.name).grad" }.sorted() == files.sorted())
    for sample in Sample.all { #expect(!sample.summary.isEmpty, "\(sample.name)") }
  }

  @Test func aSampleIsDrawn() throws {
    try Tool.inFolder { tool in
      let drawn = try tool.run("\"$TOOL\" sample softmax | \"$TOOL\" render - -o -")
      #expect(drawn.status == 0 && drawn.output.hasPrefix("<svg"))
      #expect(try tool.run(["sample"]).output.contains("\nlecture "))
      let unknown = try tool.run(["sample", "lectur"])
      #expect(unknown.status == 64 && unknown.messages.contains("did you mean 'lecture'?"))
    }
  }

  @Test func aGalleryNeedsNoFiles() throws {
    try Tool.inFolder { tool in
      let drawn = try tool.run(["gallery", "-o", "g"])
      #expect(drawn.status == 0, "\(drawn.messages)")
      #expect(tool.text("g/index.html").contains("softmax.grad"))
    }
  }

  /// What ArgumentParser says and what this tool says have one form.
  @Test(arguments: [
    ["--nope"], [], ["render", "--nope"], ["render", "-T"], ["filter"], ["nudge", "-e", "J=1"],
    ["doctor", "x"], ["render", "-e", "J = "], ["render", "nope.grad"], ["sample", "nope"],
  ])
  func messagesHaveOneForm(_ arguments: [String]) throws {
    try Tool.inFolder { tool in
      let told = try tool.run(arguments)
      #expect(told.output.isEmpty)
      let lines = told.messages.split(separator: "\n")
      #expect(lines.first?.firstMatch(of: /^\S+: error: [^A-Z].* \[[a-z-]+\]$/) != nil, "\(lines)")
      #expect(!told.messages.contains("Usage:") && !told.messages.contains("Error:"))
    }
  }
}
