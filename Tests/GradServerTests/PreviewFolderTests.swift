import Foundation
import Testing

@testable import GradServer

/// A folder shows its programs, and nothing else of the machine.
@Suite struct PreviewFolderTests {
  private func inFolder(_ body: (URL, PreviewFolder) throws -> Void) throws {
    let files = FileManager.default
    let base = files.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? files.removeItem(at: base) }
    let root = base.appending(path: "course")
    try files.createDirectory(
      at: root.appending(path: "week 1/.hidden"), withIntermediateDirectories: true)
    for path in [
      "course/a.grad", "course/week 1/b.grad", "course/week 1/.hidden/c.grad", "secret.grad",
      "course/x.txt", "course/.d.grad",
    ] {
      try Data("J = 3".utf8).write(to: base.appending(path: path))
    }
    try files.createSymbolicLink(
      at: root.appending(path: "out.grad"), withDestinationURL: base.appending(path: "secret.grad"))
    try files.createSymbolicLink(
      at: root.appending(path: "in.grad"), withDestinationURL: root.appending(path: "a.grad"))
    try files.createSymbolicLink(at: root.appending(path: "up"), withDestinationURL: base)
    try body(root, #require(PreviewFolder(root.path)))
  }

  @Test func programsAreListed() throws {
    try inFolder { _, folder in
      #expect(folder.programs == ["a.grad", "in.grad", "week 1/b.grad"])
    }
  }

  @Test(arguments: [
    ["..", "secret.grad"], ["out.grad"], ["up", "secret.grad"], ["up", "course", "a.grad"],
    ["x.txt"], ["."], [], [""],
    ["", "a.grad"], [".d.grad"], ["week 1", ".hidden", "c.grad"], ["week 1"], ["none.grad"],
    ["a.grad\0"], ["week 1", "..", "a.grad"],
  ])
  func whatIsNotOfTheFolderIsNotThere(_ parts: [String]) throws {
    try inFolder { _, folder in
      // A link that leads back into the folder is of the folder.
      if parts == ["up", "course", "a.grad"] {
        #expect(folder.file(parts) != nil)
      } else {
        #expect(folder.file(parts) == nil)
      }
    }
  }

  @Test func programsAreFound() throws {
    try inFolder { root, folder in
      #expect(folder.file(["week 1", "b.grad"])?.hasSuffix("course/week 1/b.grad") == true)
      #expect(folder.file(["in.grad"])?.hasSuffix("course/a.grad") == true)
      #expect(PreviewFolder(root.path + "/a.grad") == nil)
    }
  }
}
