import GradFigure

extension SheetFormat {
  /// Markdown with mathematics between dollar signs, as pandoc, GitHub and notebooks read it.
  public static let markdown = SheetFormat(name: "markdown", fileExtension: "md") { sheet in
    var parts = ["# \(MarkdownText.text(sheet.title))\n"]
    for block in sheet.blocks {
      switch block {
      case .heading(let heading): parts.append("## \(MarkdownText.text(heading))\n")
      case .paragraph(let text): parts.append(MarkdownText.text(text) + "\n")
      case .chain(let chain): parts.append(MarkdownText.display(chain))
      case .items(let items):
        parts.append(
          items.enumerated().map { "\($0 + 1). \(MarkdownText.text($1))\n" }.joined())
      case .table(let head, let rows, let isNumber):
        let lines =
          [head.map(MarkdownText.cell), isNumber.map { $0 ? "---:" : ":---" }]
          + rows.map { $0.map(MarkdownText.cell) }
        parts.append(lines.map { "| \($0.joined(separator: " | ")) |\n" }.joined())
      case .figure(let picture):
        parts.append("![\(MarkdownText.escaped(picture.alternative))](\(picture.link))\n")
      case .pageBreak: parts.append("---\n")
      }
    }
    return parts.joined(separator: "\n")
  }
}

/// Text as Markdown wants it.
enum MarkdownText {
  static func text(_ prose: Prose) -> String {
    prose.pieces.map { piece in
      switch piece {
      case .words(let words): escaped(words)
      case .math(let math): "$\(formula(math))$"
      }
    }.joined()
  }

  /// In a table a stroke parts two cells.
  static func cell(_ prose: Prose) -> String {
    text(prose).map { $0 == "|" ? "\\|" : String($0) }.joined()
  }

  /// A line of its own, or several with their signs of equality below each other.
  static func display(_ chain: [MathText]) -> String {
    guard let first = chain.first else { return "" }
    if chain.reduce(0, { $0 + $1.count + 3 }) <= 72 || chain.count < 3 {
      return "$$\(chain.map(formula).joined(separator: " = "))$$\n"
    }
    let lines = chain.dropFirst().map { "&= \(formula($0))" }.joined(separator: " \\\\\n")
    return "$$\\begin{aligned}\n\(formula(first)) \(lines)\n\\end{aligned}$$\n"
  }

  /// Mathematics without the commands for rare letters and without grey, which stand in the LaTeX
  /// document alone: not every reader of Markdown knows them.
  static func formula(_ math: MathText) -> String {
    var latex = math.latex { "{\\scriptstyle @\($0)}" }
    for command in ["\\gradcjk{", "\\gradchar{"] {
      while let start = latex.range(of: command) {
        var rest = latex[start.upperBound...]
        let letters = rest.prefix { $0 != "}" }
        rest = rest.dropFirst(letters.count + 1)
        if command == "\\gradchar{" { rest = rest.dropFirst().drop { $0 != "}" }.dropFirst() }
        latex = latex[..<start.lowerBound] + letters + String(rest)
      }
    }
    return latex
  }

  static func escaped(_ words: String) -> String {
    words.map { "\\`*_{}[]<>#$|~".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}

extension String {
  /// Where `text` first stands.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      formIndex(after: &start)
    }
    return nil
  }
}
