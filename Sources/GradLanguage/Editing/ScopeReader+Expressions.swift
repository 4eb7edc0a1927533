/// Targets and expressions, with the functions and comprehensions in them.
extension ScopeReader {
  /// The first word of a kind outside brackets.
  func find(_ kind: Token.Kind, in range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index < range.upperBound {
      if tokens[index].kind == kind { return index }
      if let end = closing[index] { index = max(end, index) }
      index += 1
    }
    return nil
  }

  /// Reads what is given a value: names, also in brackets; of attributes and elements the names they
  /// belong to are read only.
  mutating func readTargets(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let token = tokens[index]
      let next = index + 1 < range.upperBound ? tokens[index + 1].kind : .end
      if token.kind == .openSquare, index > range.lowerBound,
        [.name, .close, .closeSquare].contains(tokens[index - 1].kind)
      {
        let end = min(closing[index] ?? range.upperBound, range.upperBound)
        readExpression(index + 1..<end)
        index = end
      } else if token.kind == .name {
        if index > range.lowerBound, tokens[index - 1].kind == .dot {
          // An attribute belongs to an object.
        } else if next == .dot || next == .openSquare || next == .open {
          refer(index)
        } else {
          define(index, .value)
        }
      }
      index += 1
    }
  }

  /// Reads an expression, with the functions and comprehensions in it.
  mutating func readExpression(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let token = tokens[index]
      switch token.kind {
      case .name:
        if index > 0, tokens[index - 1].kind == .dot, tokens[index - 1].end == token.start { break }
        if index + 1 < range.upperBound, tokens[index + 1].kind == .assign {
          referArgument(index)
        } else {
          refer(index)
        }
      case .string: readString(index)
      case .open, .openSquare, .openBrace:
        if comprehensions.contains(index), let end = closing[index], end <= range.upperBound {
          readComprehension(index + 1..<end)
          index = end
        }
      case .otherKeyword where isWord(index, "lambda"):
        index = readLambda(index, range.upperBound)
        continue
      default: break
      }
      index += 1
    }
  }

  mutating func readLambda(_ begin: Int, _ limit: Int) -> Int {
    let colon = find(.colon, in: begin + 1..<limit) ?? limit
    // It ends with the bracket or at the comma.
    var end = min(colon + 1, limit)
    while end < limit, tokens[end].kind != .comma, tokens[end].kind != .close,
      tokens[end].kind != .closeSquare, tokens[end].kind != .closeBrace
    {
      end = (closing[end] ?? end) + 1
    }
    end = min(end, limit)
    let inner = open(.lambda, at: begin, owner: nil)
    readParameters(begin + 1..<colon, of: inner, nil)
    let outer = scope
    scope = inner
    readExpression(min(colon + 1, end)..<end)
    scope = outer
    close(inner, at: end)
    return end
  }

  mutating func readComprehension(_ range: Range<Int>) {
    let inner = open(.comprehension, at: range.lowerBound, owner: nil)
    let outer = scope
    scope = inner
    var index = range.lowerBound
    var begin = index
    while index < range.upperBound {
      if let end = closing[index] {
        index = end + 1
      } else if tokens[index].kind == .otherKeyword, isWord(index, "for") {
        readExpression(begin..<index)
        var end = index + 1
        while end < range.upperBound, !(tokens[end].kind == .otherKeyword && isWord(end, "in")) {
          end += 1
        }
        readTargets(index + 1..<end)
        begin = end
        index = end
      } else {
        index += 1
      }
    }
    readExpression(begin..<range.upperBound)
    scope = outer
    close(inner, at: range.upperBound)
  }
}
