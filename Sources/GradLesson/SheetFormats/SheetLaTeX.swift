import GradFigure

extension SheetFormat {
  /// A LaTeX document, for pdfLaTeX, XeLaTeX or LuaLaTeX.
  public static let latex = SheetFormat(name: "latex", fileExtension: "tex") { sheet in
    var parts = ["\\section*{\(LaTeXSheet.text(sheet.title))}"]
    var isWide = false
    for block in sheet.blocks {
      switch block {
      case .heading(let heading): parts.append("\\subsection*{\(LaTeXSheet.text(heading))}")
      case .paragraph(let text): parts.append(LaTeXSheet.text(text))
      case .chain(let chain):
        // Without an empty line before it, for that would be a paragraph.
        parts[parts.count - 1] += "\n" + LaTeXSheet.display(chain)
      case .items(let items):
        let lines = items.map { "\\item \(LaTeXSheet.text($0))" }.joined(separator: "\n")
        parts.append("\\begin{enumerate}\n\(lines)\n\\end{enumerate}")
      case .table(let head, let rows, let isNumber):
        parts.append(LaTeXSheet.table(head, rows, isNumber))
        isWide = isWide || head.count > 2 && !isNumber.contains(true)
      case .figure(let picture): parts.append(LaTeXSheet.fitted(picture.tikz))
      case .pageBreak: parts.append("\\newpage")
      }
    }
    return LaTeXSheet.document(parts.joined(separator: "\n\n"), isWide: isWide)
  }
}

/// Parts of a LaTeX document.
private enum LaTeXSheet {
  static func text(_ prose: Prose) -> String {
    prose.pieces.map { piece in
      switch piece {
      case .words(let words): LaTeX.text(words)
      case .math(let math): "$\(math.latex)$"
      }
    }.joined()
  }

  /// Signs of equality below each other, where one line would be long.
  static func display(_ chain: [MathText]) -> String {
    guard let first = chain.first else { return "" }
    if chain.reduce(0, { $0 + $1.count + 3 }) <= 78 || chain.count < 3 {
      return "\\[\n\(chain.map(\.latex).joined(separator: " = "))\n\\]"
    }
    let lines = chain.dropFirst().map { "&= \($0.latex)" }.joined(separator: " \\\\\n")
    return "\\begin{align*}\n\(first.latex) \(lines)\n\\end{align*}"
  }

  /// A table, made smaller if it is wider than the sheet.
  static func table(_ head: [Prose], _ rows: [[Prose]], _ isNumber: [Bool]) -> String {
    let columns = isNumber.map { $0 ? "r" : "l" }.joined()
    let lines = ([head] + rows).map { $0.map(text).joined(separator: " & ") + " \\\\" }
    return fitted(
      """
      \\renewcommand{\\arraystretch}{1.3}%
      \\begin{tabular}{\(columns)}
      \\hline
      \(lines[0])
      \\hline
      \(lines.dropFirst().joined(separator: "\n"))
      \\hline
      \\end{tabular}
      """)
  }

  /// Something in the middle of the sheet, at most as wide as that.
  static func fitted(_ body: String) -> String {
    """
    \\begin{center}
    \\setbox1\\hbox{%
    \(body)%
    }%
    \\ifdim\\wd1>\\linewidth\\resizebox{\\linewidth}{!}{\\box1}\\else\\box1\\fi
    \\end{center}
    """
  }

  static func document(_ body: String, isWide: Bool) -> String {
    var lines = [
      "\\documentclass[a4paper\(isWide ? ",landscape" : "")]{article}",
      "\\ifdefined\\Umathchar\\else\\usepackage[T1]{fontenc}\\fi",
      "\\usepackage{lmodern,amsmath,amssymb,graphicx}",
      "\\usepackage[margin=2.2cm]{geometry}",
    ]
    if body.contains("\\begin{tikzpicture}") { lines.append("\\usepackage{tikz}") }
    lines += LaTeX.packages(for: body)
    lines += ["\\setlength{\\parindent}{0pt}", "\\setlength{\\parskip}{0.6em}"]
    lines.append("\\setlength{\\emergencystretch}{2em}")
    lines += ["\\begin{document}"] + LaTeX.definitions(for: body)
    return (lines + [body, "\\end{document}"]).joined(separator: "\n") + "\n"
  }
}
