import GradLanguage

/// A program that an editor has open: a text, or cells of a notebook one after another.
struct OpenDocument: Sendable {
  /// What it is known by: its address, or that of the notebook.
  let uri: String
  /// The texts of the editor that it is made of.
  var parts: [DocumentPart]
  /// Another number at every change.
  var version = 1
  /// The text, read.
  var analysis: Analysis
  /// The newest numbers that hold for the text, or for its beginning.
  var numbers: Numbers?
  /// All that is wrong with it, as far as it is known.
  var diagnostics: [Diagnostic]
  /// Whether the numbers of this version have come, or are known not to come.
  var isEvaluated = false

  /// A program that was just opened.
  init(_ uri: String, _ parts: [DocumentPart], _ analysis: Analysis) {
    (self.uri, self.parts, self.analysis) = (uri, parts, analysis)
    diagnostics = analysis.diagnostics
  }

  /// Takes another text for the program.
  mutating func take(_ changed: Analysis) {
    version += 1
    analysis = changed
    diagnostics = changed.diagnostics
    numbers = numbers?.kept(for: changed.buffer)
    isEvaluated = false
  }

  /// The whole text.
  var buffer: TextBuffer { analysis.buffer }

  /// The part that holds a byte.
  func part(at offset: Int) -> DocumentPart {
    let line = buffer.line(of: offset)
    return parts.last { $0.firstLine <= line } ?? parts[0]
  }

  /// The lines of a part.
  func lines(of part: DocumentPart) -> Range<Int> {
    let next = parts.lazy.map(\.firstLine).first { $0 > part.firstLine }
    return part.firstLine..<(next ?? buffer.lineStarts.count)
  }

  /// The bytes of a part, without the end of its last line.
  func range(of part: DocumentPart) -> Range<Int> {
    let lines = lines(of: part)
    return buffer.lineStarts[lines.lowerBound]..<buffer.lineRange(lines.upperBound - 1).upperBound
  }

  /// The byte at a place of a part.
  func offset(
    of position: Position, in part: DocumentPart, _ encoding: PositionEncoding
  ) -> Int {
    let line = position.line + part.firstLine
    let offset = buffer.offset(of: Position(line: line, character: position.character), encoding)
    return min(offset, range(of: part).upperBound)
  }
}

/// What an editor holds as a text of its own: a file, or a cell.
struct DocumentPart: Sendable {
  var uri: String
  /// The version that the editor gave it.
  var version: Int
  /// Its first line among those of the program.
  var firstLine = 0
  /// The words that were told last, for who asks what has changed since.
  var tokens: (id: Int, data: [Int])?
}
