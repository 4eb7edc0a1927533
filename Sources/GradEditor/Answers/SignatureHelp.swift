import GradLanguage

/// The function whose arguments are being written.
package struct SignatureHelp: Sendable, Equatable {
  /// Its head: `atan2(y, x)`.
  package var label: String
  /// Its parameters, as they stand in the head.
  package var parameters: [String]
  /// Which of them is being written.
  package var active: Int
  /// Lines below: the formula and the derivatives.
  package var lines: [String]
}

extension Analysis {
  /// The innermost call around a byte; `nil` where there is none.
  package func signatureHelp(at offset: Int) -> SignatureHelp? {
    let line = program.logicalLine(at: offset)
    let words = program.words(in: min(line.lowerBound, offset)..<offset)
    var (depth, commas) = (0, 0)
    for (index, word) in words.enumerated().reversed() where word.kind == .punctuation {
      switch source.text(word.range) {
      case ")", "]", "}": depth += 1
      case "(" where depth == 0:
        guard index > 0, words[index - 1].kind == .name else { return nil }
        return help(words[index - 1].range, commas)
      case "[" where depth == 0, "{" where depth == 0: commas = 0
      case "(", "[", "{": depth -= 1
      case "," where depth == 0: commas += 1
      default: break
      }
    }
    return nil
  }

  private func help(_ range: Range<Int>, _ active: Int) -> SignatureHelp? {
    let name = source.text(range)
    let symbol = scopes.occurrence(at: range.lowerBound).flatMap { scopes.occurrences[$0].symbol }
    if let symbol = symbol.map({ scopes.symbols[$0] }) {
      guard symbol.kind == .function else { return nil }
      return SignatureHelp(
        label: signature(of: symbol), parameters: parameters(of: symbol),
        active: active, lines: [])
    }
    guard case .function(let row)? = KnownName(name) else { return nil }
    let label = row.signature(as: name)
    let parameters = label.dropFirst(name.count + 1).dropLast().split(separator: ",").map {
      String($0.drop { $0 == " " })
    }
    return SignatureHelp(
      label: label, parameters: parameters, active: min(active, max(0, parameters.count - 1)),
      lines: row.lines(as: name))
  }
}
