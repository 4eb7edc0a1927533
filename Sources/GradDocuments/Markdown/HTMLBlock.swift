/// A block of HTML in Markdown, by what begins and ends it (CommonMark 0.31, section 4.6).
enum HTMLBlock {
  /// Ends with a closing tag of these elements.
  case raw
  /// Ends with these bytes.
  case until([UInt8])
  /// Ends with a blank line.
  case untilBlank

  /// The block that begins with `line`; `nil` if none does.
  ///
  /// - Parameters:
  ///   - line: A line from its `<`.
  ///   - isInParagraph: Whether it would end a paragraph, which a tag by itself cannot.
  init?(_ line: Slice<UnsafeBufferPointer<UInt8>>, isInParagraph: Bool) {
    guard line.first == 0x3C else { return nil }
    if line.starts(with: "<!--".utf8) {
      self = .until(Array("-->".utf8))
    } else if line.starts(with: "<?".utf8) {
      self = .until(Array("?>".utf8))
    } else if line.starts(with: "<![CDATA[".utf8) {
      self = .until(Array("]]>".utf8))
    } else if line.starts(with: "<!".utf8), let letter = line.dropFirst(2).first, letter.isLetter {
      self = .until([0x3E])
    } else {
      let text = String(decoding: line, as: UTF8.self)
      var rest = text.dropFirst()
      let isClosing = rest.first == "/"
      if isClosing { rest = rest.dropFirst() }
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
      let after = rest.dropFirst(name.count)
      let isEnd = after.first.map { $0.isWhitespace || $0 == ">" } ?? true
      if !isClosing, isEnd, Self.rawElements.contains(name) {
        self = .raw
      } else if isEnd || after.hasPrefix("/>"), Self.elements.contains(name) {
        self = .untilBlank
      } else if !isInParagraph, isClosing || !Self.rawElements.contains(name),
        Self.isTag(line)
      {
        self = .untilBlank
      } else {
        return nil
      }
    }
  }

  /// Whether the block ends with `line`, which belongs to it.
  func isEnded(by line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    switch self {
    case .untilBlank: return false
    case .until(let end):
      return line.indices.contains { line[$0] == end[0] && line[$0...].starts(with: end) }
    case .raw:
      let text = String(decoding: line, as: UTF8.self).lowercased()
      return text.contains("</")
        && Self.rawElements.contains { element in
          let end = Array("</\(element)>".utf8)
          let bytes = Array(text.utf8)
          return bytes.indices.contains { bytes[$0] == 0x3C && bytes[$0...].starts(with: end) }
        }
    }
  }

  /// Whether a line is a whole tag and nothing after it.
  private static func isTag(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var rest = line.dropFirst()
    func skipSpaces() -> Bool {
      let spaces = rest.prefix { $0 == 0x20 || $0 == 0x09 }.count
      rest = rest.dropFirst(spaces)
      return spaces > 0
    }
    func skip(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest = rest.dropFirst()
      return true
    }
    let isClosing = skip(0x2F)
    guard rest.first?.isLetter ?? false else { return false }
    rest = rest.drop { $0.isLetter || $0.isDigit || $0 == 0x2D }
    var isSpaced = skipSpaces()
    while !isClosing, isSpaced, let first = rest.first, first.isLetter || "_:".utf8.contains(first)
    {
      rest = rest.drop { $0.isLetter || $0.isDigit || "_:.-".utf8.contains($0) }
      isSpaced = skipSpaces()
      guard skip(0x3D) else { continue }
      _ = skipSpaces()
      if let quote = rest.first, quote == 0x22 || quote == 0x27 {
        rest = rest.dropFirst().drop { $0 != quote }
        guard skip(quote) else { return false }
      } else {
        let value = rest.prefix { !" \t\"'=<>`".utf8.contains($0) }
        if value.isEmpty { return false }
        rest = rest.dropFirst(value.count)
      }
      isSpaced = skipSpaces()
    }
    if !isClosing { _ = skip(0x2F) }
    guard skip(0x3E) else { return false }
    _ = skipSpaces()
    return rest.isEmpty
  }

  private static let rawElements = ["script", "pre", "style", "textarea"]

  private static let elements: Set<String> = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center",
    "col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu",
    "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
  ]
}

extension UInt8 {
  /// Whether it is a letter of ASCII.
  fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  /// Whether it is a digit of ASCII.
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
