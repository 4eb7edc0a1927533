import GradCore
import GradLanguage

/// What is shown behind a line without being part of it.
package struct InlayHint: Sendable, Equatable {
  /// The byte it stands before.
  package var offset: Int
  /// The text: `= 6 · du = 3`.
  package var text: String
  /// More of it, a line each, for who points at it.
  package var lines: [String]
}

extension Analysis {
  /// The values and derivatives behind the lines of a stretch of the text.
  package func inlayHints(in range: Range<Int>, _ numbers: Numbers?) -> [InlayHint] {
    guard let numbers else { return [] }
    var hints: [InlayHint] = []
    var line: (range: Range<Int>, parts: [Part])?
    func finish() {
      guard let line, !line.parts.isEmpty else { return }
      let end = endOfWords(in: line.range)
      let isAlone = line.parts.count == 1
      hints.append(
        InlayHint(
          offset: end,
          text: line.parts.map { isAlone ? $0.short : $0.full }.joined(separator: ", "),
          lines: line.parts.flatMap(\.lines)))
    }
    for part in parts(in: range, numbers) {
      let extent = program.logicalLine(at: part.offset)
      // Statements of one line share its end.
      let isSame = line.map {
        buffer.line(of: $0.range.upperBound) == buffer.line(of: extent.lowerBound)
      }
      if isSame == true, let known = line {
        line = (known.range.lowerBound..<extent.upperBound, known.parts + [part])
      } else {
        finish()
        line = (extent, [part])
      }
    }
    finish()
    return hints.filter { range.contains($0.offset) || $0.offset == range.upperBound }
  }

  /// What is shown of one name.
  private struct Part {
    var offset: Int
    var short: String
    var full: String
    var lines: [String]
  }

  private func parts(in range: Range<Int>, _ numbers: Numbers) -> [Part] {
    let trace = numbers.trace
    // A hint stands at the end of what may begin before the stretch.
    let begin = program.logicalLine(at: range.lowerBound).lowerBound
    var parts: [Part] = []
    for index in scopes.occurrences(in: begin..<range.upperBound) {
      let occurrence = scopes.occurrences[index]
      guard occurrence.isDefinition else { continue }
      let offset = occurrence.range.lowerBound
      let nodes = numbers.nodes(at: offset).filter { trace.nodes[$0].name != nil }
      if let part = part(nodes, source.text(occurrence.range), offset, numbers) {
        parts.append(part)
      }
    }
    // The last line may be an expression without a name, the output.
    let output = numbers.trace.output
    if trace.nodes[output].kind == .operation, let place = trace.nodes[output].place,
      let offset = source.offset(of: place), range.contains(offset),
      numbers.nodes(at: offset).contains(output),
      !parts.contains(where: { $0.offset == offset }), trace.nodes[output].scope == nil
    {
      if let part = part([output], trace.nodes[output].name ?? "out", offset, numbers) {
        parts.append(part)
      }
    }
    return parts.sorted { $0.offset < $1.offset }
  }

  /// What is shown of the nodes that a name stands for where it is written.
  private func part(_ nodes: [Int], _ name: String, _ offset: Int, _ numbers: Numbers) -> Part? {
    guard let node = nodes.last else { return nil }
    let value = numbers.value(node)
    let derivative = numbers.derivative(node)
    let input = numbers.trace.nodes[node]
    let isWritten =
      nodes.count == 1 && input.kind == .input
      && (isNumber(behind: offset) || input.array == nil && input.expression == value)
    var words = isWritten ? [] : ["= \(value)"]
    if let derivative { words.append(derivative) }
    guard !words.isEmpty else { return nil }
    var short = words.joined(separator: " · ")
    var full = isWritten ? short : "\(name) \(short)"
    if nodes.count > 1 {
      let count = " (the last of \(nodes.count))"
      short += count
      full += count
    }
    return Part(offset: offset, short: short, full: full, lines: numbers.explanation(node))
  }

  /// Whether what stands behind the `=` of a statement is a number, or a list of numbers: its value is
  /// written there, with however many digits.
  private func isNumber(behind offset: Int) -> Bool {
    let line = source.text(offset..<program.logicalLine(at: offset).upperBound)
    guard let sign = line.firstIndex(of: "=") else { return false }
    let blanks: Set<Character> = [" ", "\t", "\n", "\r\n"]
    let parts = line[line.index(after: sign)...].prefix { $0 != "#" && $0 != ";" }
      .split { "[](),".contains($0) }
      .map { part in
        let begin = part.drop(while: blanks.contains)
        return begin.lastIndex { !blanks.contains($0) }.map { String(begin[...$0]) } ?? ""
      }
    return parts.contains { !$0.isEmpty } && parts.allSatisfy { $0.isEmpty || Double($0) != nil }
  }

  /// The end of the last word of a stretch.
  private func endOfWords(in range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, [0x20, 0x09, 0x0A, 0x0D].contains(buffer.bytes[end - 1]) {
      end -= 1
    }
    return end
  }
}
