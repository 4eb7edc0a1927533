import GradBase
import GradDrawing
import GraphvizGrad

/// The line of a page that shows a picture.
struct MarkdownImage {
  /// The line, without what marks lists and quotations.
  let line: String
  /// Whether it is HTML, which says more than an image of Markdown.
  let isHTML: Bool

  /// - Parameters:
  ///   - figure: What the picture shows.
  ///   - path: The address of the picture.
  ///   - twin: The picture for dark pages, if there is one.
  ///   - isPlain: Whether it is to be an image of Markdown, without a size.
  init(_ figure: DocumentFigure, path: String, twin: String?, isPlain: Bool = false) {
    let sizes = [("width", figure.width), ("height", figure.height)].compactMap { name, value in
      value.map { " \(name)=\"\(XML.attribute($0))\"" }
    }.joined()
    let path = Self.address(path)
    isHTML = !isPlain && (twin != nil || !sizes.isEmpty || figure.caption != nil)
    if !isHTML {
      // What an image of Markdown has for a caption is its title.
      let title =
        figure.caption.map { " \"\(Self.escaped(CaptionText.plain($0), "\\\""))\"" } ?? ""
      line = "![\(Self.escaped(figure.alternative, "\\`*_[]<>&"))](\(path)\(title))"
      return
    }
    let words = XML.attribute(Self.inOneLine(figure.alternative))
    let source = twin.map {
      "<source media=\"(prefers-color-scheme: dark)\" srcset=\"\(Self.address($0))\">"
    }
    let picture =
      "<picture>\(source ?? "")<img alt=\"\(words)\" src=\"\(path)\"\(sizes)></picture>"
    let name = figure.identifier
    let id = name.isEmpty ? "" : " id=\"\(XML.attribute(name))\""
    let caption = figure.caption.map { "<figcaption>\(CaptionText.html($0))</figcaption>" } ?? ""
    line =
      id.isEmpty && caption.isEmpty ? picture : "<figure\(id)>\(picture)\(caption)</figure>"
  }

  /// The line with the lines around it that make it a paragraph of its own.
  ///
  /// - Parameters:
  ///   - fence: The block before it.
  ///   - bytes: The page.
  /// - Returns: What is to stand after the block.
  func insertion(after fence: MarkdownFence, in bytes: [UInt8]) -> String {
    var blank = fence.prefix
    while blank.last == " " { blank.removeLast() }
    let last = bytes[fence.lines].suffix(2)
    let ending = last.last == 0x0D ? "\r" : last.elementsEqual([0x0D, 0x0A]) ? "\r\n" : "\n"
    if last.last != 0x0A, last.last != 0x0D {
      // The page ends with the block, and goes on ending without an empty line.
      let ending = bytes.contains(0x0D) ? "\r\n" : "\n"
      return "\(ending)\(blank)\(ending)\(fence.prefix)\(line)"
    }
    let next = bytes[fence.lines.upperBound...].first
    let separator = next == nil || next == 0x0A || next == 0x0D ? "" : blank + ending
    return "\(blank)\(ending)\(fence.prefix)\(line)\(ending)\(separator)"
  }

  /// Where the image of a block is in a page, without what marks lists and quotations.
  ///
  /// It is the first thing after the block, shows a picture of the folder, and that picture is either the
  /// block's own, or not there, or one that this tool drew. A picture of another folder, where the images of
  /// the page may have been before, is the block's if this tool drew it, or if it has the block's name and is
  /// not there any more.
  ///
  /// - Parameters:
  ///   - offset: The end of the block.
  ///   - bytes: The page.
  ///   - base: The folder of the page.
  ///   - folder: The folder of pictures, seen from the page.
  ///   - link: How the addresses of pictures in that folder begin.
  ///   - name: What the block's picture is called, without its extension.
  /// - Returns: The bytes up to the end of the line; `nil` if there is no such image.
  static func range(
    after offset: Int, in bytes: [UInt8], base: String, folder: String, link: String, _ name: String
  ) -> Range<Int>? {
    let start = bytes[offset...].firstIndex { !" \t>\r\n".utf8.contains($0) } ?? bytes.endIndex
    let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
    let line = String(decoding: bytes[start..<end], as: UTF8.self)
    let isElement = ["picture", "figure"].contains {
      line.hasPrefix("<\($0)") && line.hasSuffix("</\($0)>")
    }
    let mark = line.hasPrefix("![") ? "](" : isElement ? " src=\"" : nil
    guard let mark else { return nil }
    for place in line.indices where line[place...].hasPrefix(mark) {
      let rest = line[place...].dropFirst(mark.count)
      let path = rest.prefix { !" )\"\t".contains($0) }
      // One line, one image: what is more was not written by this tool.
      let after = rest.dropFirst(path.count)
      guard path.hasSuffix(".svg"), let slash = path.lastIndex(of: "/"),
        mark != "](" || after == ")" || after.hasPrefix(" \"") && after.hasSuffix("\")")
      else { continue }
      let file = path[slash...].dropFirst().dropLast(4)
      let isHere = path[..<slash] == address(link)
      if isHere, file == name { return start..<end }
      // Addresses of other places are not those of files.
      if !isHere, path.hasPrefix("/") || path.contains(":") { return nil }
      let place = isHere ? "\(folder)/\(unescaped(file)).svg" : unescaped(path)
      let bytes = try? contents(ofFile: base + place)
      let isOurs = bytes.map(Stamp.marks) ?? (isHere || file == name)
      return isOurs ? start..<end : nil
    }
    return nil
  }

  /// The path in an address.
  private static func unescaped(_ address: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(address.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A path in an address: bytes that have a meaning there are numbers.
  private static func address(_ path: String) -> String {
    path.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        || "-._~/".utf8.contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  private static func escaped(_ words: String, _ marks: String) -> String {
    inOneLine(words).map { marks.contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  private static func inOneLine(_ words: String) -> String {
    String(words.map { $0.isNewline ? " " : $0 })
  }
}
