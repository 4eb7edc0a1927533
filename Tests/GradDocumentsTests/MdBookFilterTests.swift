import GradDocuments
import GraphvizGrad
import Testing

/// Books of mdBook with figures in them.
@Suite struct MdBookFilterTests {
  private func book(_ key: String, _ content: String, options: String = "") -> String {
    """
    [{"root":"/r","config":{"book":{"src":"text"},"preprocessor":{"graphviz-grad":{"command":"x"\(options)}}},
    "renderer":"html","mdbook_version":"0.4"}, {"\(key)" : [
      {"Chapter":{"name":"A","content":"\\u0023 grad","sub_items":[
        {"Chapter":{"name":"B","content":"\(content)","sub_items":[],"path":"b.md"}}],"path":null}},
      "Separator"] ,"__non_exhaustive":null }]
    """
  }

  private func mistakes(_ text: String, file: String? = nil) -> [Diagnostic] {
    var filter = MdBookFilter()
    filter.contents = { path in path == "/r/text/b.md" ? file.map { Array($0.utf8) } : nil }
    do throws(FigureError) {
      _ = try filter.filter(Array(text.utf8))
    } catch .request(let mistakes) {
      return mistakes
    } catch {
      Issue.record("\(error)")
    }
    return []
  }

  @Test(arguments: ["sections", "items"])
  func onlyProgramsChange(_ key: String) throws {
    let text = book(key, "```grad #f\\nx = 3; y = x*x\\n```\\nmore")
    let result = try MdBookFilter().filter(Array(text.utf8))
    let written = String(decoding: result.bytes, as: UTF8.self).split(separator: "\n")
    let lines = text.split(separator: "\n")
    #expect(written.count == 4 && lines[2] == written[1] && lines[4] + "]" == written[3] + "]]")
    #expect(
      written[2].contains(#"<figure id=\"f\" class=\"graphviz-grad\"><img src=\"data:image/svg"#))
    #expect(written[2].contains(#"</figure>\n\nmore","#))
    #expect(written[0] == "{\"\(key)\" : [")
  }

  @Test func mistakesStandInTheFile() throws {
    let text = book("items", "included\\n\\n- ```grad\\n  y = q\\n  ```")
    let there = try #require(
      mistakes(text, file: "{{#include}}\n- ```grad\n  y = q\n  ```\n").first)
    #expect(there.file == "text/b.md" && there.span?.start == .init(line: 3, column: 7))
    let lost = try #require(mistakes(text).first)
    #expect(lost.file == "text/b.md" && lost.span?.start == .init(line: 4, column: 7))
  }

  @Test func theBookHasDefaults() throws {
    let block = "```grad\\nx = 3; y = x*x\\n```"
    let text = book("items", block, options: #","width":"30%","before":["a"]"#)
    let written = try MdBookFilter().filter(Array(text.utf8)).bytes
    #expect(String(decoding: written, as: UTF8.self).contains(#"style=\"width:30%\""#))
    #expect(
      mistakes(book("items", block, options: #","theme":"drak","wdth":3"#)).map(\.file)
        == ["book.toml", "book.toml"])
  }

  @Test(arguments: ["", "{}", "[{},{}]", #"[{"renderer":"html"},{"chapters":[]}]"#])
  func whatIsNoBookIsRefused(_ text: String) {
    #expect(mistakes(text).map(\.code) == ["not-mdbook"])
  }
}
