import Foundation
import Testing

/// The pages of the library's modules name the types that the modules have; functions group themselves.
@Suite struct TopicsTests {
  @Test(arguments: [("GradCore", "GradCore"), ("GradRequest", "GraphvizGrad")])
  func everyPublicTypeHasATopic(_ module: String, _ owner: String) throws {
    let sources = Sample.folder.deletingLastPathComponent().appending(path: "Sources")
    let folder = sources.appending(path: module)
    let page = try String(
      contentsOf: sources.appending(path: "\(owner)/Documentation.docc/\(owner).md"),
      encoding: .utf8)
    var count = 0
    for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      let declaration =
        /(?m)^(?:@\w+ )*public (?:final )?(?:struct|enum|class|protocol|typealias) (\w+)/
      for match in text.matches(of: declaration) {
        count += 1
        // Of another module by its path: DocC finds it by no other name.
        let name = module == owner ? "\(match.output.1)" : "\(module)/\(match.output.1)"
        #expect(page.contains("- ``\(name)``"), "\(name) of \(file)")
      }
    }
    #expect(count > 10)
  }
}
