import GradFigure
import GradLanguage

extension SheetFormat {
  /// Plain text for a terminal.
  public static let text = SheetFormat(name: "text", fileExtension: "txt") { sheet in
    var parts = [underlined(sheet.title.plain, "=")]
    for block in sheet.blocks {
      switch block {
      case .heading(let heading): parts.append(underlined(heading.plain, "-"))
      case .paragraph(let text):
        parts.append(wrapped(text.plain, width: 96).joined(separator: "\n") + "\n")
      case .chain(let chain): parts.append(line(of: chain))
      case .items(let items):
        parts.append(
          items.enumerated().map { number, item in
            let lead = "  \(number + 1). "
            let indent = "\n" + String(repeating: " ", count: lead.count)
            return lead + wrapped(item.plain, width: 90).joined(separator: indent) + "\n"
          }.joined())
      case .table(let head, let rows, let isNumber):
        parts.append(
          Table(
            columns: head.map(\.plain), isNumber: isNumber,
            rows: rows.map { $0.map(\.plain) }
          ).text())
      case .figure(let picture): parts.append("[\(picture.alternative)]\n")
      case .pageBreak: parts.append("\n")
      }
    }
    return parts.joined(separator: "\n")
  }

  private static func underlined(_ text: String, _ mark: Character) -> String {
    "\(text)\n\(String(repeating: mark, count: Table.width(of: text)))\n"
  }

  /// One line if it is short, else one for each sign of equality.
  private static func line(of chain: [MathText]) -> String {
    let texts = chain.map(\.plain)
    let line = "  " + texts.joined(separator: " = ")
    if Table.width(of: line) <= 96 || texts.count < 3 { return line + "\n" }
    let indent = String(repeating: " ", count: Table.width(of: texts[0]))
    return "  \(texts[0]) = \(texts[1])\n"
      + texts.dropFirst(2).map { "  \(indent) = \($0)\n" }.joined()
  }

  /// Lines of at most `width` columns; where there are no spaces, as in Chinese, between any letters.
  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = [""]
    var used = 0
    var word = ""
    func flush() {
      let size = Table.width(of: word)
      if used + size > width, used > 0 {
        while lines[lines.count - 1].last == " " { lines[lines.count - 1].removeLast() }
        lines.append("")
        used = 0
      }
      lines[lines.count - 1] += word
      used += size
      word = ""
    }
    for letter in text {
      // A mark that ends a clause stays with the letter before it.
      if displayWidth(letter) > 1, !"，。、：；）".contains(letter) { flush() }
      word.append(letter)
      if letter == " " { flush() }
    }
    flush()
    return lines
  }
}
