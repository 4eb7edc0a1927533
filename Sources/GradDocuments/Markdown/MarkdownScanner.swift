import GraphvizGrad

/// Finds the fenced blocks of a page of Markdown, by the rules of CommonMark 0.31.
///
/// Nothing else of the page is read than what tells where blocks begin and end: lists, quotations, HTML,
/// headings and paragraphs.
public struct MarkdownScanner {
  /// What lines may be in: a quotation, or an item of a list.
  private enum Container {
    case quote
    /// How far the item's lines are indented, and whether there is something in it.
    case item(indent: Int, hasContent: Bool)
  }

  /// What takes the next line, if it does not begin something else.
  private enum Leaf {
    case none
    case paragraph
    case html(HTMLBlock)
    case fence
  }

  private struct Fence {
    var block: MarkdownFence
    let mark: UInt8
    let length: Int
    let indent: Int
  }

  private var containers: [Container] = []
  private var leaf = Leaf.none
  /// The open fence, if the leaf is one.
  private var fence: Fence?
  private var fences: [MarkdownFence] = []
  /// The number of the line, from 1, and its bytes with what ends it.
  private var number = 0
  private var whole = 0..<0

  /// The fenced blocks of a page.
  ///
  /// - Parameter bytes: The page in UTF-8; lines end with LF, CRLF or CR.
  /// - Returns: The blocks in their order.
  public static func fences(in bytes: [UInt8]) -> [MarkdownFence] {
    bytes.withUnsafeBufferPointer { bytes in
      var scanner = Self()
      var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      while start < bytes.count {
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        var next = min(end + 1, bytes.count)
        if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { next = end + 2 }
        scanner.number += 1
        scanner.whole = start..<next
        scanner.take(MarkdownLine(bytes, start..<end))
        start = next
      }
      scanner.endLeaf()
      return scanner.fences
    }
  }

  // MARK: A line

  private mutating func take(_ line: MarkdownLine) {
    var line = line
    let matched = matching(&line)
    let isMatched = matched == containers.count
    if isMatched {
      if case .fence = leaf { return continueFence(line) }
      if case .html(let block) = leaf {
        if case .untilBlank = block, line.isBlank {
          leaf = .none
        } else if block.isEnded(by: line[from: line.offset]) {
          leaf = .none
        }
        return
      }
    } else if case .paragraph = leaf {
    } else {
      // What is not a paragraph ends with what it is in.
      end(after: matched)
    }
    begin(line, matched)
  }

  /// Goes past what marks the containers that the line is in.
  private mutating func matching(_ line: inout MarkdownLine) -> Int {
    for (index, container) in containers.enumerated() {
      let (start, columns) = line.indentation
      switch container {
      case .quote:
        guard columns < 4, start < line.end, line.bytes[start] == 0x3E else { return index }
        line.advance(to: start + 1)
        if line.isAtSpace { line.advance(columns: 1) }
      case .item(let indent, let hasContent):
        if start == line.end {
          guard hasContent else { return index }
          line.advance(to: start)
        } else {
          guard columns >= indent else { return index }
          line.advance(columns: indent)
        }
      }
    }
    return containers.count
  }

  /// Begins what the line begins, in the first `matched` containers.
  private mutating func begin(_ line: MarkdownLine, _ matched: Int) {
    var line = line
    var matched = matched
    while true {
      let (start, columns) = line.indentation
      let isInParagraph = if case .paragraph = leaf { true } else { false }
      // A line that leaves a container, and begins nothing, still belongs to the paragraph in it.
      let isLazy = matched < containers.count
      if start == line.end {
        end(after: matched)
        leaf = .none
        return
      }
      if columns >= 4 {
        if !isInParagraph { add() }
        return
      }
      let text = line[from: start]
      if text.first == 0x3E {
        open(.quote, after: matched)
        line.advance(to: start + 1)
        if line.isAtSpace { line.advance(columns: 1) }
      } else if let fence = fence(line, start, columns, matched) {
        end(after: matched)
        add()
        self.fence = fence
        leaf = .fence
        return
      } else if let html = HTMLBlock(text, isInParagraph: isInParagraph && !isLazy) {
        end(after: matched)
        add()
        leaf = html.isEnded(by: text) ? .none : .html(html)
        return
      } else if Self.isHeading(text) || isInParagraph && !isLazy && Self.isUnderline(text)
        || Self.isBreak(text)
      {
        end(after: matched)
        add()
        return
      } else if let item = Self.item(&line, start, columns, isInParagraph && !isLazy) {
        open(item, after: matched)
      } else {
        if !isInParagraph {
          end(after: matched)
          add()
          leaf = .paragraph
        }
        return
      }
      matched = containers.count
    }
  }

  /// Closes the containers after the first ones, and what is in them.
  private mutating func end(after matched: Int) {
    endLeaf()
    containers.removeSubrange(matched...)
  }

  private mutating func endLeaf() {
    if let block = fence?.block { fences.append(block) }
    fence = nil
    leaf = .none
  }

  private mutating func open(_ container: Container, after matched: Int) {
    end(after: matched)
    add()
    containers.append(container)
  }

  /// Notes that there is something in the last container.
  private mutating func add() {
    if case .item(let indent, false) = containers.last {
      containers[containers.count - 1] = .item(indent: indent, hasContent: true)
    }
  }

  // MARK: Fences

  private func fence(
    _ line: MarkdownLine, _ start: Int, _ columns: Int, _ matched: Int
  ) -> Fence? {
    let mark = line.bytes[start]
    guard mark == 0x60 || mark == 0x7E else { return nil }
    let length = line[from: start].prefix { $0 == mark }.count
    let after = line[from: start + length]
    if length < 3 || mark == 0x60 && after.contains(mark) { return nil }
    let spaces = after.prefix { $0 == 0x20 || $0 == 0x09 }.count
    var info = after.dropFirst(spaces)
    while info.last == 0x20 || info.last == 0x09 { info.removeLast() }
    let prefix = containers[..<matched].map { container in
      switch container {
      case .quote: "> "
      case .item(let indent, _): String(repeating: " ", count: indent)
      }
    }.joined()
    return Fence(
      block: MarkdownFence(
        lines: whole, marker: start, place: place(start),
        info: String(decoding: info, as: UTF8.self),
        infoOffset: length + spaces, prefix: prefix),
      mark: mark, length: length, indent: columns)
  }

  private mutating func continueFence(_ line: MarkdownLine) {
    guard let (mark, least, indent) = fence.map({ ($0.mark, $0.length, $0.indent) }) else { return }
    var line = line
    let end = whole.upperBound
    if let start = fence?.block.lines.lowerBound { fence?.block.lines = start..<end }
    let (start, columns) = line.indentation
    let length = line[from: start].prefix { $0 == mark }.count
    if columns < 4, length >= least,
      line[from: start + length].allSatisfy({ $0 == 0x20 || $0 == 0x09 })
    {
      fence?.block.isClosed = true
      endLeaf()
      return
    }
    line.advance(columns: min(columns, indent))
    fence?.block.code.append(line.rest)
    let place = place(line.offset)
    fence?.block.origins.append(place)
  }

  /// The place of a byte of the line; what stands before it is ASCII.
  private func place(_ offset: Int) -> Labels.Place {
    Labels.Place(
      line: Int32(clamping: number), column: Int32(clamping: offset - whole.lowerBound + 1))
  }

  // MARK: Other beginnings

  private static func isHeading(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let count = text.prefix { $0 == 0x23 }.count
    return (1...6).contains(count) && isEndOrSpace(text.dropFirst(count).first)
  }

  private static func isUnderline(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let mark = text.first, mark == 0x3D || mark == 0x2D else { return false }
    return text.drop { $0 == mark }.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  private static func isBreak(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let mark = text.first, mark == 0x2A || mark == 0x2D || mark == 0x5F else { return false }
    var count = 0
    for byte in text {
      if byte == mark { count += 1 } else if byte != 0x20 && byte != 0x09 { return false }
    }
    return count >= 3
  }

  /// The item that the line begins, past its mark; `nil` if it begins none.
  private static func item(
    _ line: inout MarkdownLine, _ start: Int, _ columns: Int, _ isInParagraph: Bool
  ) -> Container? {
    let text = line[from: start]
    let digits = text.prefix { (0x30...0x39).contains($0) }
    var width = 1
    if [0x2A, 0x2B, 0x2D].contains(text.first) {
    } else if (1...9).contains(digits.count),
      [0x2E, 0x29].contains(text.dropFirst(digits.count).first)
    {
      if isInParagraph, Int(String(decoding: digits, as: UTF8.self)) != 1 { return nil }
      width = digits.count + 1
    } else {
      return nil
    }
    let after = text.dropFirst(width)
    let isEmpty = after.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    if !isEndOrSpace(after.first) || isInParagraph && isEmpty { return nil }
    line.advance(to: start + width)
    let spaces = line.indentation.columns
    let padding = isEmpty || spaces > 4 ? 1 : spaces
    line.advance(columns: padding)
    return .item(indent: columns + width + padding, hasContent: false)
  }

  private static func isEndOrSpace(_ byte: UInt8?) -> Bool {
    byte == nil || byte == 0x20 || byte == 0x09
  }
}
