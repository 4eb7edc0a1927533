import GraphvizGrad

/// Finds blocks of code again in the document that they come from, where nobody tells their places.
///
/// A file is the document of a block only if it holds the block's lines, one after another, with nothing
/// but spaces and marks of quotation before them.
struct DocumentPlaces {
  private let documents: [Document]
  /// Where blocks were found: each has a place of its own.
  private var taken: Set<Match> = []

  private struct Document {
    let path: String
    let lines: [String]
    /// The lines that a text without its indentation stands on.
    let index: [Substring: [Int]]
  }

  private struct Match: Hashable {
    var document: Int
    var line: Int
  }

  /// Where a block is in its document.
  struct Place {
    let path: String
    /// The line before the program, with its number, if it begins the block.
    fileprivate let head: (text: String, number: Int)?
    let origins: [Labels.Place]

    /// The block's beginning.
    var span: Span {
      guard let head else {
        return Span(startOf: Source(path, text: "", at: Array(origins.prefix(1))))
      }
      let column = head.text.prefix { $0.isIndentation }.count
      return piece(of: head, from: column)
    }

    /// Where an attribute stands; `nil` if it is not in the line before the program.
    func attribute(_ name: String) -> Span? {
      guard let head else { return nil }
      let (line, name) = (Array(head.text), Array(name))
      let found = line.indices.first { place in
        guard place > 0, " \t{,".contains(line[place - 1]) else { return false }
        let after = line[place...].dropFirst(name.count).first
        return line[place...].starts(with: name) && after.map { "= \t,}".contains($0) } ?? true
      }
      return found.map { piece(of: head, from: $0) }
    }

    private func piece(of head: (text: String, number: Int), from column: Int) -> Span {
      let place = Labels.Place(line: Int32(head.number), column: Int32(column + 1))
      return Span(
        all: Source(path, text: String(head.text.dropFirst(column)), at: [place]))
    }
  }

  /// - Parameter documents: Files that may be the document, likely ones first.
  init(_ documents: [(path: String, bytes: [UInt8])]) {
    self.documents = documents.map { path, bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .map { Self.expanded($0) }
      var index: [Substring: [Int]] = [:]
      for (number, line) in lines.enumerated() {
        index[Self.content(line), default: []].append(number)
      }
      return Document(path: path, lines: lines, index: index)
    }
  }

  /// The place of the next block with `text`; `nil` if no document has it.
  ///
  /// - Parameters:
  ///   - text: The block's text.
  ///   - position: What pandoc tells of the block's place: `x.md@3:1-6:4`, or the same without a file.
  /// - Returns: Where it is, which no other block is found at again.
  mutating func next(_ text: String, _ position: String?) -> Place? {
    let told = position.flatMap(Self.told)
    var block = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { Self.expanded($0) }
    while block.last?.allSatisfy(\.isWhitespace) ?? false { block.removeLast() }
    var best: (match: Match, rank: Int)?
    for (number, document) in documents.enumerated() {
      // The first line with something in it is looked up, the others are compared.
      guard let first = block.firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }) else { break }
      for line in document.index[Self.content(block[first])] ?? [] {
        let start = line - first
        guard start >= 0, start + block.count <= document.lines.count else { continue }
        let match = Match(document: number, line: start)
        guard !taken.contains(match),
          zip(block, document.lines[start...]).allSatisfy(Self.holds)
        else { continue }
        let isTold = told.map { $0.line == start } ?? false
        let isHeaded = start > 0 && document.lines[start - 1].contains("grad")
        let rank = (isTold ? 2 : 0) + (isHeaded ? 1 : 0)
        if rank > best?.rank ?? -1 { best = (match, rank) }
      }
    }
    guard let best else {
      guard let told else { return nil }
      let count = max(1, block.count)
      return Place(
        path: told.path ?? documents.first?.path ?? "<document>", head: nil,
        origins: (0..<count).map {
          Labels.Place(line: Int32(clamping: told.line + 1 + $0), column: told.column)
        })
    }
    taken.insert(best.match)
    let (document, start) = (documents[best.match.document], best.match.line)
    let origins = block.enumerated().map { offset, line in
      let whole = document.lines[start + offset]
      let column = max(0, Self.trimmed(whole).count - Self.trimmed(line[...]).count)
      return Labels.Place(line: Int32(start + offset + 1), column: Int32(column + 1))
    }
    let hasHead = start > 0 && document.lines[start - 1].contains("grad")
    return Place(
      path: document.path, head: hasHead ? (document.lines[start - 1], start) : nil,
      origins: origins)
  }

  /// The file and the place, where a block has its first line, in `x.md@3:1-6:4`.
  private static func told(_ position: String) -> (path: String?, line: Int, column: Int32)? {
    let parts = position.split(separator: "@")
    let numbers = (parts.last ?? "").split { $0 == ":" || $0 == "-" }.map { Int($0) }
    guard numbers.count == 4, let line = numbers[0], let column = numbers[1], line > 0 else {
      return nil
    }
    return (parts.count == 2 ? String(parts[0]) : nil, line, Int32(clamping: column))
  }

  /// Whether a line of the document is one of the block, indented or quoted.
  private static func holds(_ line: String, _ whole: String) -> Bool {
    let (line, whole) = (trimmed(line[...]), trimmed(whole[...]))
    return whole.hasSuffix(line) && whole.dropLast(line.count).allSatisfy(\.isIndentation)
  }

  private static func content(_ line: String) -> Substring {
    trimmed(line.drop { $0.isIndentation })
  }

  private static func trimmed(_ line: some StringProtocol) -> Substring {
    var line = Substring(line)
    while line.last?.isWhitespace ?? false { line.removeLast() }
    return line
  }

  /// Tabs as spaces up to the next multiple of four columns, as pandoc reads them.
  private static func expanded(_ line: Substring) -> String {
    guard line.contains("\t") else { return String(line) }
    var text = ""
    for letter in line {
      if letter == "\t" {
        repeat { text.append(" ") } while text.count % 4 > 0
      } else {
        text.append(letter)
      }
    }
    return text
  }
}

extension Character {
  /// Whether it may stand before a line of a block in a list or a quotation.
  fileprivate var isIndentation: Bool { self == " " || self == ">" }
}
