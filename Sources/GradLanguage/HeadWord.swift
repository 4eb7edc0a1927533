/// A word of a `#:` line at the head of a program.
package struct HeadWord: Sendable, Equatable {
  /// The word, without its quotes.
  package var text: String
  /// Where it stands.
  package var span: Span
}

extension Parser {
  /// Reads the words of the `#:` lines before the first statement, cut as a shell cuts them.
  mutating func readOptions() -> [HeadWord] {
    var options: [HeadWord] = []
    let head = tokens.first { $0.kind != .newline }.map { Int($0.start) } ?? 0
    let isEmpty = tokens.allSatisfy { $0.kind == .newline || $0.kind == .end }
    for line in 0..<source.lineCount {
      let range = source.lineRange(line)
      var start = range.lowerBound
      while start < range.upperBound, source.bytes[start] == 0x20 || source.bytes[start] == 0x09 {
        start += 1
      }
      guard start + 1 < range.upperBound, source.bytes[start] == UInt8(ascii: "#"),
        source.bytes[start + 1] == UInt8(ascii: ":")
      else { continue }
      if !isEmpty, start > head {
        // In a text of several lines in quotes it is no line of options.
        let word = tokens.last(startingUpTo: start)
        if word?.kind != .string || word?.range.contains(start) == false {
          report.warning(
            .lateOptions, "options stand at the head of the file, before the first statement",
            at: start..<start + 2)
        }
        continue
      }
      readWords(start + 2..<range.upperBound, &options)
    }
    return options
  }

  private mutating func readWords(_ range: Range<Int>, _ options: inout [HeadWord]) {
    var word: [UInt8]?
    var (begin, quote, opening): (Int, UInt8?, Int) = (0, nil, 0)
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = source.bytes[offset]
      if word == nil, byte != 0x20, byte != 0x09 { (word, begin) = ([], offset) }
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), offset + 1 < range.upperBound {
        offset += 1
        word?.append(source.bytes[offset])
      } else if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        (quote, opening) = (byte, offset)
      } else if quote == nil, byte == 0x20 || byte == 0x09 {
        finish(&word, begin..<offset, &options)
      } else {
        word?.append(byte)
      }
      offset += 1
    }
    finish(&word, begin..<range.upperBound, &options)
    if quote != nil {
      report.error(
        .badOption, "the quotes of an option do not end", at: opening..<opening + 1,
        label: "begun here")
    }
  }

  private func finish(_ word: inout [UInt8]?, _ range: Range<Int>, _ options: inout [HeadWord]) {
    guard let bytes = word else { return }
    options.append(
      HeadWord(text: String(decoding: bytes, as: UTF8.self), span: Span(source, range)))
    word = nil
  }
}

extension [Token] {
  /// The last word that begins at `offset` or before.
  fileprivate func last(startingUpTo offset: Int) -> Token? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : self[low - 1]
  }
}
