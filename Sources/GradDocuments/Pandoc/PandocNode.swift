import GradBase

/// Pieces of pandoc's documents, as JSON.
enum PandocNode {
  /// What an element carries besides its content.
  struct Attributes {
    var identifier = ""
    var classes: [String] = []
    var pairs: [(name: String, value: String)] = []

    var json: String {
      let pairs = pairs.map { "[\(quoted($0.name)),\(quoted($0.value))]" }
      return
        "[\(quoted(identifier)),[\(classes.map(quoted).joined(separator: ","))],"
        + "[\(pairs.joined(separator: ","))]]"
    }
  }

  static func quoted(_ text: String) -> String { JSONDocument.quoted(text) }

  /// An element with its content.
  static func element(_ type: String, _ content: String) -> String {
    #"{"t":"\#(type)","c":\#(content)}"#
  }

  static func list(_ elements: [String]) -> String { "[\(elements.joined(separator: ","))]" }

  static func paragraph(_ inlines: [String]) -> String { element("Para", list(inlines)) }

  static func plain(_ inlines: [String]) -> String { element("Plain", list(inlines)) }

  static func rawBlock(_ format: String, _ text: String) -> String {
    element("RawBlock", "[\(quoted(format)),\(quoted(text))]")
  }

  static func rawInline(_ format: String, _ text: String) -> String {
    element("RawInline", "[\(quoted(format)),\(quoted(text))]")
  }

  static func image(
    _ attributes: Attributes, _ inlines: [String], _ target: String, title: String
  ) -> String {
    element(
      "Image", "[\(attributes.json),\(list(inlines)),[\(quoted(target)),\(quoted(title))]]")
  }

  static func div(_ attributes: Attributes, _ blocks: [String]) -> String {
    element("Div", "[\(attributes.json),\(list(blocks))]")
  }

  /// A figure; its caption is empty if there are no words for it.
  static func figure(
    _ attributes: Attributes, caption: [String], _ blocks: [String]
  ) -> String {
    let caption = caption.isEmpty ? "[]" : "[\(plain(caption))]"
    return element("Figure", "[\(attributes.json),[null,\(caption)],\(list(blocks))]")
  }

  /// Words and the spaces between them.
  static func words(_ text: String) -> [String] {
    var inlines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !inlines.isEmpty { inlines.append(space) }
      inlines.append(element("Str", quoted(String(word))))
    }
    return inlines
  }

  private static let space = #"{"t":"Space"}"#

  /// Words in which something is marked.
  ///
  /// - Parameters:
  ///   - text: The words with the marks of ``CaptionText``.
  ///   - hasMath: Whether formulas are set as such; otherwise they are words in italics.
  /// - Returns: Inline elements.
  static func caption(_ text: String, hasMath: Bool) -> [String] {
    var inlines: [String] = []
    for piece in CaptionText.pieces(text) {
      switch piece {
      case .words(let plain):
        if plain.first?.isWhitespace ?? false, !inlines.isEmpty { inlines.append(space) }
        let words = words(plain)
        inlines += words
        if plain.last?.isWhitespace ?? false, !words.isEmpty { inlines.append(space) }
      case .math(let formula) where hasMath:
        inlines.append(element("Math", #"[{"t":"InlineMath"},\#(quoted(formula))]"#))
      case .emphasis(let words), .math(let words):
        inlines.append(element("Emph", list(self.words(words))))
      case .strong(let words): inlines.append(element("Strong", list(self.words(words))))
      case .code(let code):
        inlines.append(element("Code", "[\(Attributes().json),\(quoted(code))]"))
      }
    }
    return inlines
  }
}
