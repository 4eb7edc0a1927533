public import GraphvizGrad

/// Pages of Markdown that keep the pictures of their programs: below each block, a line with its image.
///
/// Nothing else of a page changes, and a page whose images are right is the same bytes as before.
public struct MarkdownInPlace: Sendable {
  /// The folder for the pictures, seen from the folder of each page; without a `/` at its end.
  public var folder = "figures"
  /// How the addresses of pictures in the folder begin; `nil` for the folder as pages see it.
  public var link: String?
  /// Whether images are those of Markdown alone, for readers that leave out HTML; they have no sizes.
  public var isPlain = false
  /// Whether every picture has a twin for dark pages.
  public var hasTwins = false

  /// Whether documents and their programs may name files beside them.
  public var trustsHeads = false

  /// The pages as they should be, in the order given.
  public private(set) var pages: [File] = []
  /// The pictures of all pages.
  public private(set) var pictures: [Picture] = []
  /// All that is wrong with the pages.
  public private(set) var mistakes: [Diagnostic] = []
  /// What is worth a word although there are figures.
  public private(set) var warnings: [Diagnostic] = []
  private var names = FigureNames()

  /// Hears that work on a figure begins, in the file that is named.
  public var begins: @Sendable (String) -> Void = { _ in }

  /// No pages yet.
  public init() {}

  /// A page, with its bytes as they should be.
  public struct File: Sendable {
    /// Its file.
    public let path: String
    /// What should be in it.
    public let bytes: [UInt8]
    /// Whether that is something else than what is in it.
    public let isChanged: Bool
    /// Whether images of the page are HTML.
    public let hasHTML: Bool
    /// The blocks whose opening line has a space, which not every reader of Markdown takes.
    public let spacedBlocks: [Span]
    /// The beginning of the names of pictures of blocks that have no name of their own.
    public let stem: String
  }

  /// A picture, and the file that it belongs in.
  public struct Picture: Sendable {
    /// The file.
    public let path: String
    /// What is to be drawn.
    public let figure: RequestedFigure
    /// The block that asks for it.
    public let place: Span
  }

  /// Reads a page.
  ///
  /// - Parameters:
  ///   - path: The page's file.
  ///   - bytes: What is in it.
  public mutating func add(_ path: String, _ bytes: [UInt8]) {
    var result: [UInt8] = []
    var offset = 0
    let stem = Self.stem(path)
    let base = Self.base(path)
    let link = link ?? folder
    var hasHTML = false
    var spacedBlocks: [Span] = []
    for (index, fence) in MarkdownScanner.fences(in: bytes).filter(\.isProgram).enumerated() {
      var block = fence.block(named: path)
      block.isTrusted = trustsHeads
      begins(path)
      do throws(FigureError) {
        let figure = try block.stillFigure()
        if !fence.isClosed {
          throw .request([
            Diagnostic(
              .error, code: "open-block", "nothing ends the block", file: path, span: block.place,
              help: "end it with a line like the fence that begins it")
          ])
        }
        let identifier = figure.identifier
        let name = identifier.isEmpty ? "\(stem)-\(index + 1)" : FileStem.of(identifier)
        try names.claim("\(base)\(folder)/\(name)", at: block.place)
        pictures.append(
          Picture(path: "\(base)\(folder)/\(name).svg", figure: figure.figure, place: block.place))
        if hasTwins {
          pictures.append(
            Picture(
              path: "\(base)\(folder)/\(name)-dark.svg", figure: figure.figure.inTheme(.dark),
              place: block.place))
        }
        warnings += figure.figure.warnings
        let image = MarkdownImage(
          figure, path: "\(link)/\(name).svg",
          twin: hasTwins ? "\(link)/\(name)-dark.svg" : nil,
          isPlain: isPlain)
        if isPlain, figure.width != nil || figure.height != nil {
          warnings.append(sizeLeftOut(at: block.place))
        }
        hasHTML = hasHTML || image.isHTML
        if fence.info.contains(" ") { spacedBlocks.append(block.place) }
        result += bytes[offset..<fence.lines.upperBound]
        offset = fence.lines.upperBound
        if let old = MarkdownImage.range(
          after: offset, in: bytes, base: base, folder: folder, link: link, name)
        {
          result += bytes[offset..<old.lowerBound]
          result += image.line.utf8
          offset = old.upperBound
        } else {
          result += image.insertion(after: fence, in: bytes).utf8
        }
      } catch {
        mistakes += error.mistakes(at: block.place) ?? []
      }
    }
    result += bytes[offset...]
    pages.append(
      File(
        path: path, bytes: result, isChanged: result != bytes, hasHTML: hasHTML,
        spacedBlocks: spacedBlocks, stem: stem))
  }

  private func sizeLeftOut(at place: Span) -> Diagnostic {
    Diagnostic(
      .warning, code: "no-size", "an image of Markdown alone has no size", file: place.source.name,
      span: place, help: "leave the size out, or let pages have HTML, without --plain")
  }

  /// The folder of a file, with a `/` at its end; empty for a name alone.
  static func base(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The name of a file without its folder and extension, as addresses take it.
  private static func stem(_ path: String) -> String {
    let name = path.dropFirst(base(path).count)
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    let stem = name[..<(dot == name.startIndex ? name.endIndex : dot)].lowercased()
    return FileStem.of(stem)
  }
}
