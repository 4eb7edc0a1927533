import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import graphviz_grad

/// The quick reading of a command line against ArgumentParser's.
@Suite struct PlainCommandLineTests {
  static let verbs = Verb.all.filter(\.isPlain).map(\.name)

  private static func type(_ name: String) throws -> any ParsableCommand.Type {
    try #require(Verb.all.first { $0.name == name }?.type)
  }

  @Test(arguments: verbs) func aVerbIsCalledByItsName(name: String) throws {
    #expect(try Self.type(name)._commandName == name)
  }

  /// An option that is added stands here too, without a word in this file.
  @Test(arguments: verbs) func everyOptionIsReadAsArgumentParserReadsIt(name: String) throws {
    let type = try Self.type(name)
    let options = try Self.options(of: type)
    // Each word in one of several lines, for ArgumentParser takes its time with a line.
    let longest = options.map(\.words.count).max() ?? 0
    for place in 0..<longest {
      let words = options.filter { $0.words.count > place }.map { ($0, $0.words[place]) }
      var (front, back): ([String], [String]) = ([], ["a.grad"])
      for (option, word) in words {
        front += option.takesValue ? [word, "value"] : [word]
        let isOnce = option.takesAnyWord && !option.isRepeating
        back += option.takesValue ? [word, isOnce ? "-x" : "-"] : [word]
        if option.takesAnyWord, !isOnce { back += [word, "-x"] }
        if option.isRepeating { back += [word, "two"] }
      }
      #expect(try Self.areRead(front + ["a.grad", "b.grad"], by: type), "\(name) \(front)")
      #expect(try Self.areRead(back + ["b.grad"], by: type), "\(name) \(back)")
    }
    // These are left to ArgumentParser, whatever it makes of them.
    for option in options {
      for word in option.words {
        if option.takesValue, !option.takesAnyWord {
          #expect(try !Self.areRead([word, "-"] + [word, "-x"], by: type))
        }
        #expect(try !Self.areRead([word, "--unknown"], by: type))
        #expect(try !Self.areRead(["a.grad", "--help", word, "value"], by: type))
      }
    }
  }

  @Test(arguments: verbs) func allLinesOfWordsMeanTheSame(name: String) throws {
    let type = try Self.type(name)
    let options = try Self.options(of: type)
    let names = options.flatMap(\.words)
    let values = [
      "a.grad", "b.grad", "x=1", "-", "1/3", "", "-x", "--", "--help", "-ofile", "--of=x", "--of=",
      "--vary=1", "a b", "é", "=", "-1", "--legend", "-o=x", "-Tsvg", "---", "-=", "- x",
      "-(a + b)", "-é", "-1/3", "--=", "-a=1",
    ]
    let seed = UInt64.random(in: 0..<1 << 32)
    var random = SeededRandom(seed: seed)
    for _ in 0..<4 {
      var line: [String] = []
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        guard let option = options.randomElement(using: &random),
          let word = option.words.randomElement(using: &random),
          let value = values.prefix(Bool.random(using: &random) ? 5 : .max)
            .randomElement(using: &random)
        else { continue }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: line.append(value)
        case 1: line.append("\(word)=\(value)")
        case 2: line += [word, names.randomElement(using: &random) ?? ""]
        default: line += option.takesValue ? [word, value] : [word]
        }
      }
      _ = try Self.areRead(line, by: type, "seed \(seed)")
    }
  }

  /// Whether `line` is read without ArgumentParser; what it says must then be the same.
  private static func areRead(
    _ line: [String], by type: any ParsableCommand.Type, _ comment: Comment = ""
  ) throws -> Bool {
    guard let plain = PlainCommandLine.verb(type, line) else { return false }
    let full = try? type.parse(line)
    #expect(
      String(reflecting: plain) == full.map { String(reflecting: $0) }, "\(comment) \(line)")
    return true
  }

  // MARK: What ArgumentParser knows

  private struct Known {
    var words: [String]
    var takesValue: Bool
    var takesAnyWord: Bool
    var isRepeating: Bool
  }

  private struct Dump: Decodable {
    var command: Command
    struct Command: Decodable { var arguments: [Argument] }
    struct Argument: Decodable {
      var kind: String
      var isRepeating: Bool
      var parsingStrategy: String?
      var names: [Name]?
    }
    struct Name: Decodable {
      var kind: String
      var name: String
    }
  }

  private static func options(of type: any ParsableCommand.Type) throws -> [Known] {
    let dump = try JSONDecoder().decode(Dump.self, from: Data(type._dumpHelp().utf8))
    let options = dump.command.arguments.filter { $0.kind != "positional" }.map { argument in
      Known(
        words: (argument.names ?? []).map { ($0.kind == "short" ? "-" : "--") + $0.name },
        takesValue: argument.kind == "option",
        takesAnyWord: argument.parsingStrategy == "unconditional",
        isRepeating: argument.isRepeating)
    }.filter { !$0.words.contains("--help") }
    try #require(options.count > 4)
    return options
  }
}
