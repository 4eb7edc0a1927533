/// Text as XML wants it.
package enum XML {
  /// Between tags: with `&`, `<` and `>` escaped, and without the characters that XML forbids.
  package static func text(_ text: String) -> String { escaped(text, quotes: false) }

  /// Between double quotes.
  package static func attribute(_ text: String) -> String { escaped(text, quotes: true) }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    if text.unicodeScalars.allSatisfy(\.isPlain) { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where quotes: result += "&quot;"
      case "\n" where quotes: result += "&#10;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether it stands for itself everywhere in XML.
  fileprivate var isPlain: Bool {
    switch value {
    case 0x22, 0x26, 0x3C, 0x3E: false
    case 0x20...0x7E, 0xA0...0xFFFD, 0x1_0000...: true
    default: false
    }
  }
}
