import Foundation
import GradCore
import GradLanguage
import GradRequest
import TestSupport
import Testing

@testable import GradEditor

/// Every sample at every place.
@Suite struct SampleTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "samples")

  private static let samples: [String] = {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (names ?? []).filter { $0.hasSuffix(".grad") || $0.hasSuffix(".py") }.sorted()
  }()

  private func analysis(_ name: String) throws -> Analysis {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    return Analysis(TextBuffer(text), named: name)
  }

  private let patience = Patience(nodes: 100_000) { true }

  @Test(arguments: samples)
  func everyPlaceIsAnswered(_ name: String) throws {
    let analysis = try analysis(name)
    let outcome = Numbers.outcome(of: analysis, patience)
    let numbers = try #require(outcome.numbers)
    #expect(!analysis.inlayHints(in: 0..<analysis.buffer.bytes.count, numbers).isEmpty)
    for offset in 0...analysis.buffer.bytes.count {
      _ = analysis.hover(at: offset, numbers)
      _ = analysis.signatureHelp(at: offset)
      _ = analysis.definitions(at: offset, numbers)
      if offset % 7 == 0 { _ = analysis.completion(at: offset, numbers) }
    }
    // Every name that is given a number is told with it.
    for node in numbers.trace.nodes where node.name != nil && node.call == nil && node.scope == nil
    {
      guard let offset = node.place.flatMap({ analysis.program.source.offset(of: $0) }) else {
        continue
      }
      if analysis.scopes.occurrence(at: offset) == nil { continue }
      #expect(analysis.hover(at: offset, numbers) != nil, "\(node.id)")
    }
  }

  @Test(arguments: samples)
  func aNameMayBeAnother(_ name: String) throws {
    let analysis = try analysis(name)
    let before = try analysis.program.trace().trace
    for symbol in analysis.scopes.symbols where symbol.kind != .module && symbol.scope == 0 {
      guard let first = symbol.definitions.first else { continue }
      let edits = try analysis.rename(
        at: analysis.scopes.occurrences[first].range.lowerBound, to: "renamed_\(symbol.name)")
      var buffer = analysis.buffer
      for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
        buffer.replace(edit.range, with: edit.text)
      }
      let other = Analysis(buffer, named: name)
      let after = try other.program.trace().trace
      #expect(
        after.nodes.map(\.derivative.bitPattern) == before.nodes.map(\.derivative.bitPattern),
        "\(symbol.name)")
      #expect(after.nodes.map(\.value.bitPattern) == before.nodes.map(\.value.bitPattern))
    }
  }

  /// Words come in the order of the text, do not overlap, and leave nothing out but blanks.
  @Test(arguments: samples)
  func wordsCoverTheText(_ name: String) throws {
    let analysis = try analysis(name)
    var end = 0
    for word in analysis.program.words {
      #expect(word.range.lowerBound >= end && !word.range.isEmpty)
      let gap = analysis.program.source.text(end..<word.range.lowerBound)
      #expect(gap.allSatisfy { $0.isWhitespace || $0 == "\\" }, "\(gap)")
      #expect(word.kind != .mistake)
      end = word.range.upperBound
    }
  }

  @Test(arguments: 1...12)
  func editsAtRandomAreAnswered(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let name = try #require(Self.samples.randomElement(using: &random))
    var analysis = try analysis(name)
    var numbers = Numbers.outcome(of: analysis, patience).numbers
    let pieces = [
      "(", ")", "\n", " ", "=", "def f(x):", "x", "1", "'", "#", "[", ":", "    ", "lambda", ",",
      "θ",
    ]
    for _ in 0..<60 {
      var buffer = analysis.buffer
      var begin = Int.random(in: 0...buffer.bytes.count, using: &random)
      while begin < buffer.bytes.count, buffer.bytes[begin] & 0xC0 == 0x80 { begin += 1 }
      var end = min(buffer.bytes.count, begin + Int.random(in: 0...3, using: &random))
      while end < buffer.bytes.count, buffer.bytes[end] & 0xC0 == 0x80 { end += 1 }
      buffer.replace(begin..<end, with: pieces.randomElement(using: &random) ?? "")
      analysis = Analysis(buffer, named: name)
      numbers = Numbers.outcome(of: analysis, patience).numbers ?? numbers?.kept(for: buffer)
      let offset = Int.random(in: 0...buffer.bytes.count, using: &random)
      _ = analysis.hover(at: offset, numbers)
      _ = analysis.completion(at: offset, numbers)
      _ = analysis.signatureHelp(at: offset)
      _ = analysis.definitions(at: offset, numbers)
      _ = analysis.symbols(numbers)
      _ = analysis.foldedLines
      _ = analysis.inlayHints(in: 0..<buffer.bytes.count, numbers)
      let data = analysis.encoded(analysis.semanticTokens(), .utf16)
      #expect(data.allSatisfy { $0 >= 0 }, "seed \(seed)")
    }
  }
}
