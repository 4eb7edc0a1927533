import GradCore
import GradLanguage

/// A name of the program in the list of its names.
package struct DocumentSymbol: Sendable, Equatable {
  /// The name.
  package var name: String
  /// What it is, as the protocol counts: 12 for a function, 13 for a variable, 14 for a constant.
  package var kind: Int
  /// Beside it: its value.
  package var detail: String?
  /// All that belongs to it.
  package var range: Range<Int>
  /// The name itself.
  package var selection: Range<Int>
  /// The names of a function or a class.
  package var children: [DocumentSymbol]
}

extension Analysis {
  /// The names of the program in the order of the text, each where it is given a value first.
  package func symbols(_ numbers: Numbers?) -> [DocumentSymbol] {
    var bodies: [Int: Int] = [:]
    for (index, scope) in scopes.scopes.enumerated() {
      if let owner = scope.owner { bodies[owner] = index }
    }
    var byScope: [Int: [Int]] = [:]
    for (index, symbol) in scopes.symbols.enumerated() {
      byScope[symbol.scope, default: []].append(index)
    }
    return symbols(of: 0, byScope, bodies, numbers, depth: 0)
  }

  private func symbols(
    of scope: Int, _ byScope: [Int: [Int]], _ bodies: [Int: Int], _ numbers: Numbers?, depth: Int
  ) -> [DocumentSymbol] {
    (byScope[scope] ?? []).compactMap { index in
      let symbol = scopes.symbols[index]
      guard let first = symbol.definitions.first, symbol.kind != .module else { return nil }
      let selection = scopes.occurrences[first].range
      let body = bodies[index]
      let line = program.logicalLine(at: selection.lowerBound)
      var end = max(line.upperBound, selection.upperBound)
      if let body { end = max(end, scopes.scopes[body].range.upperBound) }
      let begin = min(line.lowerBound, selection.lowerBound)
      let node = numbers?.nodes(at: selection.lowerBound).last
      let isInput = node.map { numbers?.trace.nodes[$0].kind == .input } ?? false
      // Functions stand in each other only so deep.
      let children =
        depth < 20 ? body.map { symbols(of: $0, byScope, bodies, numbers, depth: depth + 1) } : nil
      return DocumentSymbol(
        name: symbol.name,
        kind: symbol.kind == .function ? 12 : symbol.kind == .class ? 5 : isInput ? 14 : 13,
        detail: symbol.kind == .function
          ? signature(of: symbol) : node.flatMap { node in numbers.map { "= \($0.value(node))" } },
        range: begin..<end, selection: selection, children: children ?? [])
    }.sorted { $0.selection.lowerBound < $1.selection.lowerBound }
  }

  /// The parts of the text that can be closed, by their first and last line.
  package var foldedLines: [FoldedLines] {
    var folds: [FoldedLines] = []
    for range in program.folds {
      let (first, last) = (buffer.line(of: range.lowerBound), buffer.line(of: range.upperBound))
      if last > first { folds.append(FoldedLines(first: first, last: last, isComment: false)) }
    }
    // Comments on lines of their own that follow each other.
    var begin: Int?
    for line in 0...buffer.lineStarts.count {
      let isComment =
        line < buffer.lineStarts.count
        && buffer.bytes[buffer.lineRange(line)].first { $0 != 0x20 && $0 != 0x09 } == 0x23
      if isComment {
        begin = begin ?? line
      } else if let first = begin {
        if line - 1 > first {
          folds.append(FoldedLines(first: first, last: line - 1, isComment: true))
        }
        begin = nil
      }
    }
    return folds.sorted { ($0.first, $1.last) < ($1.first, $0.last) }
  }
}

/// Lines that can be closed.
package struct FoldedLines: Sendable, Equatable {
  /// The first one, which stays.
  package var first: Int
  /// The last one.
  package var last: Int
  /// Whether they are comments.
  package var isComment: Bool
}
