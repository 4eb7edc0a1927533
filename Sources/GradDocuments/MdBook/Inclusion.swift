/// A line of a chapter that has mdBook put a file, or a part of one, in its place: `{{#include lecture.grad}}`.
struct Inclusion {
  /// The line, without what stands around it.
  let line: String
  /// The file, as the chapter's own is called.
  let path: String

  /// The lines of a chapter that include files.
  ///
  /// - Parameters:
  ///   - bytes: The chapter.
  ///   - name: What the chapter is called; files are seen from its folder.
  /// - Returns: The lines in their order.
  static func all(in bytes: [UInt8], of name: String) -> [Inclusion] {
    let folder = name.lastIndex(of: "/").map { name[..<$0].split(separator: "/") } ?? []
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .compactMap { line in
        guard let directive = left(in: line),
          let file = directive.split(separator: " ").dropFirst().first
        else { return nil }
        var parts = folder
        // What follows a colon chooses lines.
        for part in file.prefix(while: { $0 != ":" && $0 != "}" }).split(separator: "/") {
          if part == "..", !parts.isEmpty {
            parts.removeLast()
          } else if part != "." {
            parts.append(part)
          }
        }
        return Inclusion(line: directive, path: parts.joined(separator: "/"))
      }
  }

  /// What a text asks mdBook to include, if it asks for nothing else; `nil` for other texts.
  static func left(in text: some StringProtocol) -> String? {
    var line = Substring(text).drop { $0.isWhitespace || $0 == ">" }
    while line.last?.isWhitespace ?? false { line.removeLast() }
    let words = ["{{#include ", "{{#rustdoc_include "]
    guard words.contains(where: line.hasPrefix), line.hasSuffix("}}") else { return nil }
    return String(line)
  }
}
