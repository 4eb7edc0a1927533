/// Text as LaTeX wants it, whatever characters it has.
public enum LaTeX {
  /// Running text: specials escaped, and other scripts so that pdfTeX never stops at them.
  ///
  /// Accented Latin letters stay as they are. Chinese and Japanese go through `\gradcjk`, which sets
  /// them with the package `CJKutf8`; anything else through `\gradchar`, which sets a character where
  /// the document's fonts have it and its number (`U+0416`) where they do not.
  public static func text(_ text: some StringProtocol) -> String {
    var result = ""
    var ideographs = ""
    for scalar in text.unicodeScalars {
      if isIdeograph(scalar) {
        ideographs.unicodeScalars.append(scalar)
        continue
      }
      if !ideographs.isEmpty {
        result += "\\gradcjk{\(ideographs)}"
        ideographs = ""
      }
      result += escaped(scalar)
    }
    return ideographs.isEmpty ? result : result + "\\gradcjk{\(ideographs)}"
  }

  /// One line of a comment: without characters that end it.
  public static func comment(_ text: String) -> String {
    var result = "% "
    for scalar in text.unicodeScalars.prefix(200) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The packages beyond `amsmath` that a document needs for `source`, a line each.
  public static func packages(for source: String) -> [String] {
    (source.contains("\\gradcjk{") ? ["\\ifdefined\\Umathchar\\else\\usepackage{CJKutf8}\\fi"] : [])
      + (source.contains("\\textcolor{gray}") ? ["\\usepackage{xcolor}"] : [])
  }

  /// The commands that `source` needs, a line each; they may stand anywhere before it.
  public static func definitions(for source: String) -> [String] {
    var lines: [String] = []
    if source.contains("\\gradchar{") { lines += character }
    if source.contains("\\gradcjk{") { lines += ideograph }
    return lines
  }

  /// A character if the font or the encoding has it, else its number.
  private static let character = [
    ##"\ifdefined\Umathchar\def\gradchar#1#2{\iffontchar\font"#2 #1\else\texttt{U+#2}\fi}"##,
    #"\else\def\gradchar#1#2{\ifcsname u8:\detokenize{#1}\endcsname#1\else\texttt{U+#2}\fi}\fi"#,
  ]

  /// Ideographs in the traditional face, what that lacks in the simplified one, and the number of what
  /// both lack; with XeTeX and LuaTeX in the font `\gradcjkfont`, if the document defines it.
  private static let ideograph = [
    #"\ifdefined\Umathchar\def\gradcjk#1{{\ifdefined\gradcjkfont\gradcjkfont\fi#1}}\else"#,
    #"\def\gradcjk#1{\begin{CJK}{UTF8}{bsmi}\let\CJKsymbol\gradtraditional#1\end{CJK}}"#,
    #"\def\gradtraditional#1{\iffontchar\font#1\relax\symbol{#1}\else\gradsimplified{#1}\fi}"#,
    #"\def\gradsimplified#1{{\font\gradfont=gbsnu\csname CJK@plane\endcsname\space"#,
    #"  at \csname f@size\endcsname pt\iffontchar\gradfont#1\relax\gradfont\char#1\relax"#,
    #"  \else\csname CJK@numbToHex\endcsname{\gradhex}{#1}%"#,
    #"  \fontencoding{\encodingdefault}\ttfamily"#,
    #"  U+\MakeUppercase{\csname CJK@plane\endcsname\gradhex}\fi}}\fi"#,
  ]

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\\": "\\textbackslash{}"
    case "{", "}", "$", "&", "#", "_", "%": "\\\(scalar)"
    case "^": "\\textasciicircum{}"
    case "~": "\\textasciitilde{}"
    case "<": "\\textless{}"
    case ">": "\\textgreater{}"
    case "|": "\\textbar{}"
    case "`": "\\textasciigrave{}"
    case "\"": "\\char34{}"
    case "-": "-{}"
    case "\n", "\t", "\u{A0}": " "
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": ""
    case " "..."~", "\u{C0}"..."\u{17E}", "–", "—", "‘", "’", "“", "”": String(scalar)
    case "₀"..."₉": "\\textsubscript{\(scalar.value - 0x2080)}"
    case "⁴"..."⁹": "\\textsuperscript{\(scalar.value - 0x2070)}"
    case "⁰", "¹", "²", "³":
      "\\textsuperscript{\(scalar == "¹" ? 1 : scalar == "⁰" ? 0 : scalar.value - 0xB0)}"
    default:
      if let symbol = symbols[Character(scalar)] {
        "\\ensuremath{\(symbol.text)}"
      } else {
        "\\gradchar{\(scalar)}{\(hex(scalar))}"
      }
    }
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Chinese characters, kana, and their punctuation.
  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3000...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFF60: true
    default: false
    }
  }
}
