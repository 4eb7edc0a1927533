/// A file that is no program and is told by how it begins.
struct ForeignText {
  /// What it is, with its article: `a PNG picture`.
  var name: String
  /// What to do instead.
  var help: String?

  /// What the text is, if it is plainly no program.
  init?(_ source: Source) {
    let bytes = source.bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    // Most programs are told by their first letter.
    guard let first = bytes.first, Self.firstBytes.contains(first) || source.firstInvalid != nil
    else { return nil }
    let head = String(decoding: bytes.prefix(2000), as: UTF8.self)
    for (beginnings, name, help) in Self.beginnings
    where beginnings.contains(where: { head.hasPrefix($0) }) {
      self.init(name: name, help: help)
      return
    }
    if source.firstInvalid != nil, !source.looksLikeUTF16, bytes.prefix(2000).contains(0) {
      self.init(name: "a file that is no text", help: nil)
      return
    }
    guard head.hasPrefix("{") || head.hasPrefix("["), head.dropFirst().isJSONAfterBracket else {
      return nil
    }
    if head.isNotebook {
      self.init(
        name: "a notebook", help: "give its file a name that ends in .ipynb")
    } else {
      self.init(name: "JSON", help: "a trace is one object")
    }
  }

  /// Whether a text is a JSON object that is no notebook: the trace of a program.
  static func isTrace(_ source: Source) -> Bool {
    let bytes = source.bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    guard bytes.first == UInt8(ascii: "{") else { return false }
    let head = String(decoding: bytes.prefix(2000), as: UTF8.self)
    return head.dropFirst().isJSONAfterBracket && !head.isNotebook
  }

  private static let firstBytes = Set(
    beginnings.flatMap { $0.0.compactMap { $0.utf8.first } } + "{[".utf8)

  private init(name: String, help: String?) {
    self.name = name
    self.help = help
  }

  /// How files begin, what they are, and what to do instead; unreadable bytes stand as U+FFFD.
  private static let beginnings: [([String], String, String?)] = [
    (["\u{FFFD}PNG\r\n"], "a PNG picture", nil),
    (["\u{FFFD}\u{FFFD}\u{FFFD}"], "a JPEG picture", nil),
    (["GIF87a", "GIF89a"], "a GIF picture", nil),
    (["%PDF-"], "a PDF document", nil),
    (["%!PS"], "a PostScript document", nil),
    (["PK\u{3}\u{4}"], "a ZIP archive or an Office document", nil),
    (["\u{1F}\u{FFFD}"], "a compressed file", nil),
    (["\u{7F}ELF"], "a program for machines", nil),
    (["<svg", "<?xml"], "an XML document or an SVG picture", nil),
    (["<!DOCTYPE", "<!doctype", "<html"], "a page of HTML", nil),
    (
      ["digraph ", "digraph{", "strict digraph", "strict graph", "graph {", "graph{"],
      "a graph in Graphviz's language",
      "graphviz-grad-dot draws it, as dot does"
    ),
    (
      ["```"], "a page of Markdown",
      "leave the lines with ``` out; 'graphviz-grad markdown' draws the programs of a page"
    ),
    (["\\documentclass", "\\begin{"], "a LaTeX document", "write the formula as Python does"),
  ]
}

extension String {
  /// Whether JSON that begins so is a notebook.
  fileprivate var isNotebook: Bool { contains("\"cells\"") || contains("\"nbformat") }
}

extension Substring {
  /// Whether what follows the bracket that begins a text can only be JSON.
  fileprivate var isJSONAfterBracket: Bool {
    let rest = drop { $0.isWhitespace }
    return rest.hasPrefix("\"") || rest.hasPrefix("{")
  }
}
