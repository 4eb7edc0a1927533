public import GraphvizGrad

/// A fenced block of code in a page of Markdown.
public struct MarkdownFence: Sendable {
  /// The block's bytes, from the start of its first line to the end of its last, line end included.
  public internal(set) var lines: Range<Int>
  /// Where the fence itself begins, after what marks lists and quotations.
  public let marker: Int
  /// Where the fence begins for messages.
  public let place: Labels.Place
  /// What the opening line says after the fence.
  public let info: String
  /// How many letters stand between the fence's first and its info.
  let infoOffset: Int
  /// The lines of code, without what marks lists and quotations.
  public internal(set) var code: [String] = []
  /// Where each of the lines begins.
  public internal(set) var origins: [Labels.Place] = []
  /// Whether there is a closing fence.
  public internal(set) var isClosed = false
  /// What a line after the block begins with to be in the same lists and quotations.
  public let prefix: String

  /// Whether the block holds a program.
  public var isProgram: Bool { FenceAttributes(info) != nil }

  /// The block as a program with what is asked of its figure.
  ///
  /// - Parameter file: What messages call the page.
  /// - Returns: The block, with places in the page.
  public func block(named file: String) -> FigureBlock {
    func span(_ text: String, after letters: Int) -> Span {
      let place = Labels.Place(line: place.line, column: place.column + Int32(clamping: letters))
      return Span(all: Source(file, text: text, at: [place]))
    }
    let source = Source(file, text: code.map { $0 + "\n" }.joined(), at: origins)
    var block = FigureBlock(source, at: span(info, after: infoOffset))
    let asked = FenceAttributes(info)
    block.identifier = asked?.identifier ?? ""
    block.attributes = (asked?.attributes ?? []).map { attribute in
      .init(
        attribute.name, attribute.value,
        at: span(attribute.spelling, after: infoOffset + attribute.offset))
    }
    return block
  }
}
