/// Lengths of images in LaTeX.
enum LaTeXLength {
  /// The options of `\includegraphics` for a size.
  ///
  /// - Parameters:
  ///   - width: The width as pandoc writes it: `60%`, `8cm`, `300px` or `300`.
  ///   - height: The height.
  ///   - unset: The options if neither is given.
  /// - Returns: The options, with commas between them.
  static func options(width: String?, height: String?, otherwise unset: String) -> String {
    let given = [
      width.flatMap { length($0, of: "\\linewidth") }.map { "width=\($0)" },
      height.flatMap { length($0, of: "\\textheight") }.map { "height=\($0)" },
    ].compactMap(\.self)
    return given.isEmpty ? unset : given.joined(separator: ",")
  }

  /// `nil` for what is no length.
  private static func length(_ text: String, of whole: String) -> String? {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits) else { return nil }
    switch text.dropFirst(digits.count) {
    case "%": return "\(number / 100)\(whole)"
    // Pixels are those of the web, 96 an inch.
    case "", "px": return "\(number / 96)in"
    case "in", "cm", "mm", "pt", "em", "pc", "ex": return text
    default: return nil
    }
  }
}
