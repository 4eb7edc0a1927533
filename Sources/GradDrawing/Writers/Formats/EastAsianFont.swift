/// The letters of East Asia, which the usual fonts of a picture lack.
///
/// Programs with fonts of their own to fall back on find one that has them; others, such as CairoSVG, take the
/// first that is named.
enum EastAsianFont {
  /// Whether a byte of UTF-8 belongs to such a letter, where `before` says so of the one before it.
  static func has(_ byte: UInt8, before: Bool) -> Bool {
    switch byte {
    case 0x80..<0xC0: before
    // U+3000 to U+DFFF, and the wide forms from U+F000 on.
    case 0xE3...0xED, 0xEF: true
    default: false
    }
  }

  /// The fonts for a piece of text, as an attribute has them; `nil` where the usual ones do.
  ///
  /// Letters that China, Japan and Taiwan share have the form of `language` (BCP 47), that of the figure's words.
  static func families(for text: some StringProtocol, in language: String) -> String? {
    if !text.utf8.contains(where: { has($0, before: false) }) { return nil }
    let shared = language.hasPrefix("zh-Hant") ? "TC" : "SC"
    var form: String?
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x3041..<0x3100: form = "JP"
      case 0xAC00..<0xD7B0: form = "KR"
      case 0x3000..<0xE000, 0xF000..<0x10000: form = form ?? shared
      default: continue
      }
    }
    return form.map { "'Noto Sans CJK \($0)', Arial, 'Liberation Sans', Helvetica, sans-serif" }
  }
}
