import GradBase
import Testing

/// Reading JSON, and changing parts of it.
@Suite struct JSONDocumentTests {
  private func read(_ text: String) throws -> JSONDocument { try JSONDocument(Array(text.utf8)) }

  private func mistake(_ bytes: [UInt8]) -> JSONMistake? {
    do throws(JSONMistake) {
      _ = try JSONDocument(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test func valuesAreFoundByKeyAndPosition() throws {
    let root = try read(#" {"a": [1, {"b": "x"}, null, true], "c": -2.5e+1, "a\u0062": false} "#)
      .root
    #expect(root["a"]?[1]?["b"]?.string == "x")
    #expect(root["a"]?[0]?.number == 1 && root["c"]?.number == -25)
    #expect(root["a"]?[2]?.kind == .null && root["a"]?[3]?.boolean == true)
    #expect(root["ab"]?.boolean == false)
    #expect(root["b"] == nil && root["a"]?[4] == nil && root["c"]?["a"] == nil)
    #expect(root.members.map { $0.key.string } == ["a", "c", "ab"])
    #expect(root["a"]?.spelling == #"[1, {"b": "x"}, null, true]"#)
  }

  @Test func theLastOfTwoKeysCounts() throws {
    #expect(try read(#"{"a": 1, "b": 2, "a": 3}"#).root["a"]?.number == 3)
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9é\u2202""#, "éé∂"),
    (#""\ud83d\ude00 \uD83D""#, "😀 \u{FFFD}"), (#""\ude00x\u0000""#, "\u{FFFD}x\0"), (#""""#, ""),
  ])
  func escapesAreRead(_ spelling: String, _ text: String) throws {
    let root = try read(spelling).root
    #expect(root.string == text)
    #expect(root.isString(text) && !root.isString(text + "x"))
  }

  @Test(arguments: ["plain", "\"quotes\" \\ \n\r\t\u{1}\u{7F}", "∂é 😀", "a\r\nb", ""])
  func quotedTextsReadBack(_ text: String) throws {
    let string = try read(JSONDocument.quoted(text)).root.string
    #expect(string.map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test(arguments: [
    ("", 1, 1), ("  ", 1, 3), ("[1,]", 1, 4), ("[1 2]", 1, 4), ("{\"a\" 1}", 1, 6),
    ("{a: 1}", 1, 2),
    ("{\"a\": 1,}", 1, 9), ("[1]]", 1, 4), ("[\n\"é\", tru]", 2, 6), ("01", 1, 2), ("1.", 1, 3),
    ("-", 1, 2), ("1e", 1, 3), ("+1", 1, 1), (".5", 1, 1), ("NaN", 1, 1), ("'a'", 1, 1),
    ("\"a", 1, 1), ("\"\\x\"", 1, 2), ("\"\\u12g4\"", 1, 2), ("\"\\u12", 1, 2), ("\"a\nb\"", 1, 3),
    ("[", 1, 2), ("{\"a\":", 1, 6), ("[}", 1, 2), ("{]", 1, 2), ("[1}", 1, 3), ("{\"a\":1]", 1, 7),
    ("\u{C}1", 1, 1), ("]", 1, 1), ("1 // one", 1, 3), ("{\"a\":}", 1, 6), ("[,1]", 1, 2),
    ("\"\\", 1, 2),
  ])
  func mistakesHaveTheirPlace(_ text: String, _ line: Int, _ column: Int) throws {
    let found = try #require(mistake(Array(text.utf8)))
    #expect((found.line, found.column) == (line, column), "\(found.message)")
    #expect(!found.message.isEmpty && !found.message.hasSuffix("."))
  }

  @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]])
  func whatIsNoUTF8IsRefused(_ bytes: [UInt8]) {
    #expect(mistake(bytes)?.column == 2)
  }

  @Test func depthIsNoDanger() throws {
    let depth = 200_000
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let document = try read(text)
    #expect(JSONEdits().bytes(of: document.root).elementsEqual(text.utf8))
    #expect(Array(document.values(.array)).last?.range == depth - 1..<depth + 1)
    #expect(mistake(Array(text.utf8.dropLast()))?.column == 2 * depth)
  }

  @Test func whatIsNotChangedIsTheSameBytes() throws {
    let text = "\u{FEFF}{ \"a\" :[ 1.50,\"\\u0041\\/\" ] ,\r\n\"b\":\t{\"c\":1E5}}\n\n"
    let document = try read(text)
    #expect(JSONEdits().bytes(of: document.root) == Array(text.utf8))
    var edits = JSONEdits()
    #expect(edits.isEmpty)
    edits.replace(try #require(document.root["b"]?["c"]), with: "[]")
    edits.replace(try #require(document.root["a"]?[0]), with: "1,2")
    #expect(
      String(decoding: edits.bytes(of: document.root), as: UTF8.self)
        == "\u{FEFF}{ \"a\" :[ 1,2,\"\\u0041\\/\" ] ,\r\n\"b\":\t{\"c\":[]}}\n\n")
    let part = try #require(document.root["b"])
    #expect(String(decoding: edits.bytes(of: part), as: UTF8.self) == "{\"c\":[]}")
  }
}
