/// How an interpreter's record is read: what it was given, without what it printed.
enum PromptMode {
  /// No prompt so far: every line is of the program.
  case none
  /// Lines begin with `>>>` or `In [3]: `; others were printed.
  case lines
  /// `In [3]:` stands on a line of its own, and what follows is of the program.
  case cell
  /// `Out[3]:` was seen: what follows was printed.
  case output
}

extension Lexer {
  /// Skips the prompt at the begin of a line, after its blanks, or the whole line where it was printed.
  ///
  /// - Returns: Whether the line was skipped.
  mutating func skipPrompt() -> Bool {
    guard offset < bytes.count else { return false }
    switch bytes[offset] {
    case UInt8(ascii: ">") where isNext(">>>"):
      prompts = .lines
      skip(3)
      return false
    case UInt8(ascii: "I"), UInt8(ascii: "O"):
      if let end = endOfNumberedPrompt("In [") {
        skip(end - offset)
        prompts =
          offset < bytes.count && bytes[offset] != 0x0A && bytes[offset] != 0x0D
          ? .lines : .cell
        return false
      }
      if endOfNumberedPrompt("Out[") != nil {
        if prompts != .lines { prompts = .output }
        skipToLineEnd()
        return true
      }
    case UInt8(ascii: ".") where prompts == .lines && isNext("..."):
      skip(isNext("...:") ? 4 : 3)
      return false
    case 0x0A, 0x0D: return false
    default: break
    }
    guard prompts == .lines || prompts == .output else { return false }
    if looksLikeStatement() {
      report.warning(
        .noEffect, "a line without a prompt, below lines with one, is taken for what was printed",
        at: offset..<offset + 1, help: "begin it with '>>>', or leave the prompts out")
    }
    skipToLineEnd()
    return true
  }

  private func isNext(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { offset + $0.count <= bytes.count && bytes[offset...].starts(with: $0) }
  }

  private mutating func skip(_ count: Int) {
    offset += count
    if offset < bytes.count, bytes[offset] == 0x20 { offset += 1 }
  }

  private mutating func skipToLineEnd() {
    while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset += 1 }
  }

  /// Where a prompt such as `In [3]:` at the offset ends.
  private func endOfNumberedPrompt(_ opening: StaticString) -> Int? {
    guard isNext(opening) else { return nil }
    var end = offset + opening.utf8CodeUnitCount
    while isDigit(at: end) || end < bytes.count && bytes[end] == 0x20 { end += 1 }
    guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: "]"),
      bytes[end + 1] == UInt8(ascii: ":")
    else { return nil }
    return end + 2
  }
}
