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

    /// The lines of a block that stand before its program: one with `grad` in it, and options below it,
    /// as `:name: value` or between two lines `---`.
    func head(above start: Int) -> [(text: String, number: Int)] {
      var isBetween = false
      for line in stride(from: start - 1, through: max(0, start - 40), by: -1) {
        let content = DocumentPlaces.content(lines[line])
        if content == "---" {
          isBetween.toggle()
        } else if content.count > 3,
          !content.contains(where: { $0 != content.first || $0.isLetter })
        {
          // What marks the beginning of a block of Asciidoctor.
          continue
        } else if !isBetween, !content.hasPrefix(":"), content.contains("grad") {
          return (line..<start).map { (lines[$0], $0 + 1) }
        } else if !isBetween, !content.isEmpty, !content.hasPrefix(":") {
          return []
        }
      }
      return []
    }
  }

  /// What a tool tells of the place of a block.
  struct Told {
    /// The file; `nil` where it does not say.
    var path: String?
    /// The line where it begins, from 1.
    var line: Int
    /// The column where its lines begin.
    var column: Int32 = 1
  }

  private struct Match: Hashable {
    var document: Int
    var line: Int
  }

  /// Where a block is in its document.
  struct Place {
    let path: String
    /// The lines before the program that are part of the block, with their numbers: its beginning, and
    /// what it asks for.
    fileprivate let head: [(text: String, number: Int)]
    let origins: [Labels.Place]

    /// The block's beginning.
    var span: Span {
      guard let first = head.first else {
        return Span(startOf: Source(path, text: "", at: Array(origins.prefix(1))))
      }
      let column = first.text.prefix { $0.isIndentation }.count
      return piece(of: first, column..<first.text.count)
    }

    /// Where an attribute stands; `nil` if it is not in the lines before the program.
    func attribute(_ name: String) -> Span? {
      for line in head {
        if let columns = DocumentPlaces.columns(of: name, in: line.text) {
          return piece(of: line, columns)
        }
      }
      return nil
    }

    private func piece(of line: (text: String, number: Int), _ columns: Range<Int>) -> Span {
      let place = Labels.Place(line: Int32(line.number), column: Int32(columns.lowerBound + 1))
      let text = line.text.dropFirst(columns.lowerBound).prefix(columns.count)
      return Span(all: Source(path, text: String(text), at: [place]))
    }
  }

  /// Which letters of a line are an attribute with its value: `name=value`, or `:name: value` by itself.
  private static func columns(of name: String, in line: String) -> Range<Int>? {
    let (line, name) = (Array(trimmed(line)), Array(name))
    let found = line.indices.first { place in
      let isBegun = place == 0 || " \t{,:>[-".contains(line[place - 1])
      guard isBegun, line[place...].starts(with: name) else { return false }
      return line[place...].dropFirst(name.count).first.map { "=: \t,}]".contains($0) } ?? true
    }
    guard let found else { return nil }
    if line[found...].dropFirst(name.count).first == ":" { return found..<line.count }
    var quote: Character?
    let end = line[found...].indices.first { place in
      let letter = line[place]
      if let open = quote {
        if letter == open { quote = nil }
        return false
      }
      if letter == "\"" || letter == "'" { quote = letter }
      return " \t,}]".contains(letter)
    }
    return found..<(end ?? line.count)
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
  ///   - told: What is known of its place.
  ///   - attributes: What the block asks for, which tells it from others with the same text.
  /// - Returns: Where it is, which no other block is found at again.
  mutating func next(
    _ text: String, _ told: Told? = nil, _ attributes: [FigureBlock.Attribute] = []
  ) -> Place? {
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
        let head = document.head(above: start)
        let isTold = told.map { $0.line == start || $0.line == head.first?.number } ?? false
        let asked = attributes.count { attribute in
          head.contains { $0.text.contains(attribute.name) && $0.text.contains(attribute.value) }
        }
        let rank = (isTold ? 1_000 : 0) + (head.isEmpty ? 0 : 1 + asked)
        if rank > best?.rank ?? -1 { best = (match, rank) }
      }
    }
    guard let best else {
      guard let told else { return nil }
      // What the program is written as is not known, but how its block begins may be.
      let document = documents.first { told.path == nil || $0.path == told.path }
      let lines = document.map { Array($0.lines.dropFirst(told.line - 1).prefix(1)) } ?? []
      return Place(
        path: told.path ?? document?.path ?? "<document>",
        head: lines.filter { $0.contains("grad") }.map { ($0, told.line) },
        origins: (0..<max(1, block.count)).map {
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
    return Place(
      path: document.path, head: document.head(above: start), origins: origins)
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

extension DocumentPlaces.Told {
  /// The file and the place, where a block has its first line, in pandoc's `x.md@3:1-6:4`, or the same
  /// without a file.
  init?(_ position: String) {
    let parts = position.split(separator: "@")
    let numbers = (parts.last ?? "").split { $0 == ":" || $0 == "-" }.map { Int($0) }
    guard numbers.count == 4, let line = numbers[0], let column = numbers[1], line > 0 else {
      return nil
    }
    self.init(
      path: parts.count == 2 ? String(parts[0]) : nil, line: line, column: Int32(clamping: column))
  }
}
