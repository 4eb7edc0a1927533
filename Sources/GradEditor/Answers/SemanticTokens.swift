import GradLanguage

/// A word with what it means, for colours that the words alone do not tell.
package struct SemanticToken: Sendable, Equatable {
  /// The word, in one line.
  package var range: Range<Int>
  /// What it is.
  package var kind: Kind
  /// Whether it is given a value or a meaning here.
  package var isDeclaration = false
  /// Whether it is a name of the language.
  package var isOfLanguage = false

  /// What a word can be, in the order of the legend.
  package enum Kind: Int, Sendable, CaseIterable {
    case variable, parameter, function, `class`, namespace, property, number, string, keyword
    case `operator`, comment, macro
  }
}

extension Analysis {
  /// The words of a stretch of the text with their meanings; O(words of the stretch).
  package func semanticTokens(in range: Range<Int>? = nil) -> [SemanticToken] {
    var tokens: [SemanticToken] = []
    let occurrences = scopes.occurrences
    let range = range ?? 0..<buffer.bytes.count
    var next = scopes.occurrences(in: range).lowerBound
    for word in program.wordsAndComments(in: range) {
      switch word.kind {
      case .punctuation, .mistake: continue
      case .name:
        while next < occurrences.count, occurrences[next].range.lowerBound < word.range.lowerBound {
          next += 1
        }
        let found =
          next < occurrences.count && occurrences[next].range == word.range
          ? occurrences[next] : nil
        tokens.append(named(word.range, found))
      case .number: tokens.append(SemanticToken(range: word.range, kind: .number))
      case .string: add(word.range, .string, &tokens)
      case .keyword: tokens.append(SemanticToken(range: word.range, kind: .keyword))
      case .operator: tokens.append(SemanticToken(range: word.range, kind: .operator))
      case .comment: tokens.append(SemanticToken(range: word.range, kind: .comment))
      case .options: tokens.append(SemanticToken(range: word.range, kind: .macro))
      }
    }
    return tokens
  }

  private func named(_ range: Range<Int>, _ occurrence: NameScopes.Occurrence?) -> SemanticToken {
    var token = SemanticToken(range: range, kind: .variable)
    token.isDeclaration = occurrence?.isDefinition ?? false
    if let symbol = occurrence?.symbol {
      switch scopes.symbols[symbol].kind {
      case .value: token.kind = .variable
      case .parameter: token.kind = .parameter
      case .function: token.kind = .function
      case .class: token.kind = .class
      case .module: token.kind = .namespace
      }
      return token
    }
    switch KnownName(source.text(range)) {
    case .function, .word, .wrapper, .gradient: token.kind = .function
    case .module: token.kind = .namespace
    case .constant: token.kind = .variable
    case nil:
      token.kind = occurrence == nil ? .property : .variable
      return token
    }
    token.isOfLanguage = true
    return token
  }

  /// Adds a word of several lines, a token each.
  private func add(_ range: Range<Int>, _ kind: SemanticToken.Kind, _ tokens: inout [SemanticToken])
  {
    var begin = range.lowerBound
    for line in buffer.line(of: begin)...buffer.line(of: max(begin, range.upperBound - 1)) {
      let end = min(range.upperBound, buffer.lineRange(line).upperBound)
      if end > begin { tokens.append(SemanticToken(range: begin..<end, kind: kind)) }
      if line + 1 < buffer.lineStarts.count { begin = buffer.lineStarts[line + 1] }
    }
  }

  /// The numbers by which the protocol tells tokens: lines and units since the one before, length, kind
  /// and marks; the first line is counted from `start`.
  package func encoded(
    _ tokens: [SemanticToken], _ encoding: PositionEncoding, fromLine start: Int = 0
  ) -> [Int] {
    var data: [Int] = []
    data.reserveCapacity(5 * tokens.count)
    var (line, last, units) = (0, 0, 0)
    var offset = 0
    var first = true
    for token in tokens {
      let begin = token.range.lowerBound
      let row = first || begin >= nextStart(line) ? buffer.line(of: begin) : line
      if first || row != line {
        offset = buffer.lineStarts[row]
        units = 0
        data.append(row - (first ? start : line))
        last = 0
      } else {
        data.append(0)
      }
      first = false
      line = row
      for byte in buffer.bytes[offset..<begin] { units += encoding.units(byte) }
      var length = 0
      for byte in buffer.bytes[token.range] { length += encoding.units(byte) }
      data.append(units - last)
      data.append(length)
      data.append(token.kind.rawValue)
      data.append((token.isDeclaration ? 1 : 0) | (token.isOfLanguage ? 2 : 0))
      (last, offset) = (units, begin)
    }
    return data
  }

  private func nextStart(_ line: Int) -> Int {
    line + 1 < buffer.lineStarts.count ? buffer.lineStarts[line + 1] : .max
  }
}
