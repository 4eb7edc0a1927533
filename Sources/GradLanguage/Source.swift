public import GradCore

/// A program's text with the name that messages give its file.
///
/// Lines end with LF, CRLF or CR. A byte order mark is dropped; bytes that are no UTF-8 are replaced
/// by U+FFFD, and the first of them is reported when the text is parsed.
public struct Source: Sendable, Equatable {
  /// The file's name in messages; `<stdin>` and `<expression>` stand for a file.
  public let name: String

  /// The file that holds the text, whatever messages call it: files that it names are beside this one.
  public private(set) var path: String

  /// The text in UTF-8, without a byte order mark.
  public let bytes: [UInt8]

  /// Where the first byte that was no UTF-8 stood; `nil` if the text was sound.
  let firstInvalid: Int?

  /// Whether the file looks like UTF-16.
  let looksLikeUTF16: Bool

  /// Where each line begins.
  private let lineStarts: [Int]

  /// Where each grapheme cluster begins, for the lines that are not all ASCII.
  private let clusterStarts: [Int: [Int]]

  /// Where each line begins in the document that the text was taken from; empty for a whole file.
  private var origins: [Labels.Place] = []

  /// The cell of a notebook that each line is in, from 1; empty for a whole file.
  private var cellOfLine: [Int32] = []

  /// The cells of code that are read if the text is a notebook, from 1; `nil` for those up to the one that
  /// names the output.
  public var cells: ClosedRange<Int>?

  /// A text and the name of its file.
  public init(_ name: String, text: String) {
    self.init(name, bytes: Array(text.utf8))
  }

  /// A text that stands in a document, such as a block of code.
  ///
  /// - Parameters:
  ///   - name: The document's name in messages.
  ///   - text: The text, without what the document puts before its lines.
  ///   - origins: Where each line of the text begins in the document; lines after the last of them
  ///     follow it.
  public init(_ name: String, text: String, at origins: [Labels.Place]) {
    self.init(name, bytes: Array(text.utf8))
    self.origins = origins
  }

  /// A file, whose first line may say that another file has the others, as C's preprocessor says it.
  ///
  /// `#line 12 "paper.tex"` stands before a program that begins in line 12 of a paper, and that something
  /// took out of it. Messages then tell places in the paper; the line itself is no part of the text.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - bytes: What is in it; any bytes at all.
  public init(file path: String, bytes: [UInt8]) {
    let end = bytes.firstIndex { $0 == 0x0A } ?? bytes.endIndex
    let mark = String(decoding: bytes[..<end], as: UTF8.self)
    guard mark.hasPrefix("#line "), end < bytes.endIndex,
      let found = mark.wholeMatch(of: /#line ([0-9]{1,9}) "([^"]+)"\r?/),
      let line = Int32(found.1)
    else {
      self.init(path, bytes: bytes)
      return
    }
    self.init(String(found.2), bytes: Array(bytes[(end + 1)...]))
    self.path = path
    origins = [Labels.Place(line: max(1, line), column: 1)]
  }

  /// The code of a notebook, whose lines are in cells.
  init(_ name: String, text: String, at origins: [Labels.Place], inCells cells: [Int32]) {
    self.init(name, text: text, at: origins)
    cellOfLine = cells
  }

  /// Whether the file is a notebook, by its name.
  var isNotebook: Bool { name.hasSuffix(".ipynb") && cellOfLine.isEmpty }

  /// The bytes of a file and its name; any bytes at all.
  public init(_ name: String, bytes: [UInt8]) {
    self.name = name
    path = name
    var kept = bytes
    if kept.starts(with: [0xEF, 0xBB, 0xBF]) { kept.removeFirst(3) }
    looksLikeUTF16 = kept.starts(with: [0xFF, 0xFE]) || kept.starts(with: [0xFE, 0xFF])
    if String(validating: kept, as: UTF8.self) != nil {
      firstInvalid = nil
      self.bytes = kept
    } else {
      let repaired = Array(String(decoding: kept, as: UTF8.self).utf8)
      firstInvalid = zip(repaired, kept).prefix { $0 == $1 }.count
      self.bytes = repaired
    }
    (lineStarts, clusterStarts) = Self.lines(of: self.bytes)
  }

  /// The whole text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The number of lines; an empty text has one.
  package var lineCount: Int { lineStarts.count }

  /// The line, from 0, that holds the byte at `offset`; found sooner where it is line `guess` or the next.
  package func line(of offset: Int, near guess: Int = 0) -> Int {
    var (low, high) = (0, lineStarts.count)
    if lineStarts[guess] <= offset {
      low = guess
      if guess + 2 < high, lineStarts[guess + 2] > offset { high = guess + 2 }
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The line and the column, in grapheme clusters, of the byte at `offset`.
  func place(of offset: Int) -> Labels.Place { place(of: offset, in: line(of: offset)) }

  /// The places of the bytes at `offsets`, which is quicker where they stand one after another.
  func places(of offsets: some Sequence<Int>) -> [Labels.Place] {
    var line = 0
    return offsets.map { offset in
      line = self.line(of: offset, near: line)
      return place(of: offset, in: line)
    }
  }

  private func place(of offset: Int, in line: Int) -> Labels.Place {
    var column = offset - lineStarts[line]
    if let starts = clusterStarts[line] {
      var (low, high) = (0, starts.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= offset { low = middle } else { high = middle }
      }
      // One past the last cluster, at the end of the line.
      column = offset > starts[low] && offset >= lineRange(line).upperBound ? low + 1 : low
    }
    return place(line: line, column: column)
  }

  /// The byte at a place of a whole file; `nil` where the file has no such place.
  package func offset(of place: Labels.Place) -> Int? {
    let (line, column) = (Int(place.line) - 1, Int(place.column) - 1)
    guard lineStarts.indices.contains(line), column >= 0 else { return nil }
    let range = lineRange(line)
    if let starts = clusterStarts[line] {
      return column < starts.count ? starts[column] : range.upperBound
    }
    return range.lowerBound + column <= range.upperBound ? range.lowerBound + column : nil
  }

  /// The cell of a notebook that the byte at `offset` is in, from 1; `nil` in other files.
  func cell(of offset: Int) -> Int32? {
    let line = line(of: offset)
    return line < cellOfLine.count ? cellOfLine[line] : cellOfLine.last
  }

  /// The place of a character in the document, by its line and column in the text, from 0.
  private func place(line: Int, column: Int) -> Labels.Place {
    guard let last = origins.last else {
      return Labels.Place(line: Int32(clamping: line + 1), column: Int32(clamping: column + 1))
    }
    let origin = line < origins.count ? origins[line] : last
    let beyond = max(0, line - origins.count + 1)
    return Labels.Place(
      line: Int32(clamping: Int(origin.line) + beyond),
      column: Int32(clamping: Int(origin.column) + column))
  }

  /// The bytes of line `line`, from 0, without its end.
  package func lineRange(_ line: Int) -> Range<Int> {
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
    let begin = lineStarts[line]
    if line + 1 < lineStarts.count {
      end -= 1
      if end > begin, bytes[end] == 0x0A, bytes[end - 1] == 0x0D { end -= 1 }
    }
    return begin..<end
  }

  /// The text of `range`.
  package func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Where the printable ASCII ends that begins at `start`.
  private static func endOfPlain(_ bytes: [UInt8], from start: Int) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var end = start
      while end < bytes.count, bytes[end] &- 0x20 < 0x60 { end += 1 }
      return end
    }
  }

  private static func lines(of bytes: [UInt8]) -> ([Int], [Int: [Int]]) {
    var starts = [0]
    var clusters: [Int: [Int]] = [:]
    var isPlain = true
    func close(_ end: Int) {
      guard !isPlain, let begin = starts.last else { return }
      var offset = begin
      clusters[starts.count - 1] = String(decoding: bytes[begin..<end], as: UTF8.self).map {
        let start = offset
        offset += $0.utf8.count
        return start
      }
    }
    var offset = 0
    while true {
      offset = Self.endOfPlain(bytes, from: offset)
      if offset == bytes.count { break }
      let byte = bytes[offset]
      offset += 1
      if byte == 0x0A || byte == 0x0D {
        close(offset - 1)
        if byte == 0x0D, offset < bytes.count, bytes[offset] == 0x0A { offset += 1 }
        starts.append(offset)
        isPlain = true
      } else if byte >= 0x80 {
        isPlain = false
      }
    }
    close(bytes.count)
    return (starts, clusters)
  }
}

/// A stretch of a source text.
public struct Span: Sendable, Equatable {
  /// The text that the span is in.
  public let source: Source
  /// The bytes from the first to one past the last.
  package let range: Range<Int>

  package init(_ source: Source, _ range: Range<Int>) {
    self.source = source
    self.range = range
  }

  /// The place of the first character.
  public var start: Labels.Place { source.place(of: range.lowerBound) }

  /// The cell of a notebook that the first character is in, from 1; `nil` in other files.
  public var cell: Int32? { source.cell(of: range.lowerBound) }

  /// The place where a text begins.
  public init(startOf source: Source) { self.init(source, 0..<0) }

  /// The span of a whole text, without the end of its last line.
  public init(all source: Source) {
    let last = source.lineRange(source.lineCount - 1)
    self.init(source, 0..<last.upperBound)
  }

  /// The place one past the last character.
  public var end: Labels.Place { source.place(of: range.upperBound) }
}
