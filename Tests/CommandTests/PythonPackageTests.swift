import Foundation
import GraphvizGrad
import TestSupport
import Testing

@testable import graphviz_grad

/// What the Python package has in common with the command.
@Suite struct PythonPackageTests {
  private static let folder = URL(filePath: #filePath)
    .appending(path: "../../../Sources/Python/graphviz_grad").standardized

  /// The package knows the version and the options of the command that it belongs to.
  @Test func optionsAreThoseOfTheCommand() throws {
    let options = FigureOption.all.map(\.name) + ["of", "set", "seed"]
    let flags = FigureOption.flags + ["vary"]
    let text = """
      \"""The version, and the options of figures that the tool of this version knows.

      Written by `RECORD=1 swift test --filter PythonPackageTests`.
      \"""

      VERSION = "\(Version.project)"
      # Options that have a value, and those that have none.
      SETTINGS = "\(options.filter { !flags.contains($0) }.joined(separator: " "))".split()
      FLAGS = "\(flags.joined(separator: " "))".split()

      """
    let file = Self.folder.appending(path: "options.py")
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("Recorded options.py; run again to compare")
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  /// The lexer of Pygments in the package is the one that `integration` writes.
  @Test func coloursAreThoseOfTheLanguage() throws {
    let file = Self.folder.appending(path: "pygments_lexer.py")
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try Integration.pygments.text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("Recorded pygments_lexer.py; run again to compare")
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == Integration.pygments.text)
  }

  /// A file that stands alone has every module once, and imports none of them.
  @Test(arguments: ["sphinx", "jupyter", "superfences"])
  func aFileAloneNeedsNoOther(_ name: String) throws {
    let text = Integration.python(name, name)
    #expect(!text.contains("from ."))
    #expect(text.matches(of: /class GradError/).count == 1)
    #expect(text.matches(of: /from __future__ import annotations/).count == 1)
    #expect(text.hasPrefix("# Written by `graphviz-grad integration \(name)`"))
  }
}
