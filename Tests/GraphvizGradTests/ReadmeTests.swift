import Foundation
import GraphvizGrad
import Testing

/// The Swift of the README is what this test runs.
@Suite struct ReadmeTests {
  @Test func theExampleGivesItsNumbers() throws {
    // README begins
    let trace = record { tape in
      let a = tape.input(5, "a")
      let b = tape.input(3, "b")
      let c = tape.input(2, "c")
      let u = (b * c).named("u")
      let v = (a + u).named("v")
      return (3 * v).named("J")
    }
    let slope = trace["b"]?.derivative  // 6
    let svg = try trace.picture(.svg).text
    // README ends
    #expect(slope == 6)
    #expect(svg.hasPrefix("<svg"))
  }

  @Test func theExampleIsThatOfTheReadme() throws {
    let root = Sample.folder.deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let example = try #require(readme.components(separatedBy: "```swift\n").dropFirst().first)
      .components(separatedBy: "```")[0]
    let test = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
      .components(separatedBy: "// README begins\n")[1]
      .components(separatedBy: "    // README ends")[0]
    let code = test.split(separator: "\n").map { String($0.dropFirst(4)) }
    #expect(example == "import GraphvizGrad\n\n" + code.joined(separator: "\n") + "\n")
  }
}
