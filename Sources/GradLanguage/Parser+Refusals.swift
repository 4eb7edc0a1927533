extension Parser {
  /// Reports a mistake at the word, unless the lexer has; false, for the caller to return.
  mutating func refuse(
    _ code: Code, _ message: String, at range: Range<Int>? = nil, label: String = "",
    labels: [(Range<Int>, String)] = [], help: String?
  ) -> Bool {
    if token.kind != .mistake, token.kind != .unclosed, !opensWithoutEnd {
      report.error(
        code, message, at: range ?? token.range, label: label,
        labels: labels.isEmpty ? openBracketLabels : labels, help: help)
    }
    return false
  }

  /// Whether the word is a bracket that is never closed, which has been reported.
  private var opensWithoutEnd: Bool {
    guard token.kind == .openBrace || token.kind == .openSquare else { return false }
    var index = position
    while !endsStatement(tokens[index].kind), tokens[index].kind != .unclosed { index += 1 }
    return tokens[index].kind == .unclosed
  }

  /// The innermost open bracket.
  @inline(__always) var openBracket: Token? {
    for frame in frames.reversed() {
      switch frame {
      case .group(let open, _, _), .call(let open, _, _, _, _), .bars(let open),
        .list(let open, _), .dictionary(let open, _, _), .elements(let open, _, _, _),
        .set(let open, _):
        return tokens[Int(open)]
      case .comprehension(let number):
        switch openComprehensions[number].bracket {
        case .group(let open, _, _), .call(let open, _, _, _, _), .list(let open, _),
          .dictionary(let open, _, _):
          return tokens[Int(open)]
        default: continue
        }
      default: continue
      }
    }
    return nil
  }

  /// The innermost open bracket, if it is on another line and so perhaps forgotten.
  private var openBracketLabels: [(Range<Int>, String)] {
    guard let open = openBracket,
      source.line(of: Int(open.start)) != source.line(of: Int(token.start))
    else { return [] }
    return [(open.range, "this bracket is open")]
  }

  /// Reports a word that cannot stand where it does.
  mutating func unexpected(wanted: String? = nil) -> Bool {
    switch token.kind {
    case .close, .closeSquare, .closeBrace:
      if let open = openBracket {
        let wanted =
          switch open.kind {
          case .open: ")"
          case .openSquare: "]"
          case .openBrace: "}"
          default: "|"
          }
        return refuse(
          .unmatchedBracket, "'\(wanted)' is expected, not \(described(token))",
          labels: [(open.range, "opened here")], help: nil)
      }
      return refuse(
        .unmatchedBracket, "\(described(token)) closes no bracket", help: nil)
    case .otherOperator, .otherKeyword, .bar, .doubleBar: return refuseOperator()
    case _
    where openBracket.map({ $0.kind == .bar || $0.kind == .doubleBar }) == true
      && endsStatement(token.kind):
      let open = openBracket ?? token
      return refuse(
        .unclosedBracket, "'|' is never closed", at: open.range, label: "opened here",
        help: nil)
    default:
      if let wanted {
        return refuse(.unexpectedToken, "\(wanted) is expected, not \(described(token))", help: nil)
      }
      let help: String? =
        switch token.kind {
        case .assign where hasForeignComma: "a new line or ';' stands between two statements"
        case .assign: "one '=' a statement; '==' compares"
        case .if: "write 'y = a if condition else b'"
        case .def, .return, .import, .from: "a new line or ';' stands between two statements"
        case .openBrace where last.kind == .name && text(last).hasSuffix("_"):
          "an index is part of the name: \(text(last).prefix(20))1"
        default: nil
        }
      return refuse(.unexpectedToken, "\(described(token)) is not expected here", help: help)
    }
  }

  /// Reports that an operand is missing before the word.
  mutating func missingOperand() -> Step {
    switch token.kind {
    case .openSquare: return refuseList()
    case .openBrace:
      return refuse(.unsupportedExpression, "sets and dictionaries are not supported", help: nil)
        ? .operator : .mistake
    case .none:
      return refuse(.unsupportedExpression, "'None' is no number", help: nil) ? .operator : .mistake
    case .otherKeyword where text(token) == "lambda":
      return refuse(
        .unsupportedExpression, "'lambda' is not read",
        help: "write 'def f(x): return …', and 'lam' or 'λ' for a name") ? .operator : .mistake
    case .star where last.kind == .open || last.kind == .comma,
      .power where last.kind == .open || last.kind == .comma:
      return refuse(.unsupportedExpression, "arguments cannot be unpacked", help: nil)
        ? .operator : .mistake
    case .otherOperator:
      return refuseOperator() ? .operator : .mistake
    case .otherKeyword, .def, .return, .import, .from:
      return refuse(
        .expectedExpression, "an expression is expected, not the word \(described(token))",
        help: "a name cannot be a word of Python") ? .operator : .mistake
    default: break
    }
    let before = last
    let isAtEnd = endsStatement(token.kind)
    let isTight = before.end == token.start
    if token.kind == .slash && (next.kind == .star || endsStatement(before.kind) || position == 0)
      || token.kind == .star && before.kind == .slash && isTight
    {
      return refuse(
        .expectedExpression, "an expression is expected, not \(described(token))",
        help: commentHelp) ? .operator : .mistake
    }
    guard position > 0, !endsStatement(before.kind) else {
      return refuse(
        .expectedExpression, "an expression is expected, not \(described(token))", help: nil)
        ? .operator : .mistake
    }
    let isStep =
      isAtEnd && position > 1 && before.kind == tokens[position - 2].kind
      && (before.kind == .plus || before.kind == .minus)
    let sign = before.kind == .plus ? "+" : "-"
    let help: String? =
      switch token.kind {
      case _ where isStep: "write 'x \(sign)= 1'"
      case .assign: "'=' assigns, '==' compares"
      case .less where before.kind == .assign && isTight,
        .greater where before.kind == .assign && isTight:
        "write '\(text(token))='"
      case .if: "write 'a if condition else b'"
      default: nil
      }
    return refuse(
      .expectedExpression,
      isAtEnd
        ? "an expression is missing after \(described(before))"
        : "an expression is expected after \(described(before)), not \(described(token))",
      at: isAtEnd ? before.range : token.range,
      help: help)
      ? .operator : .mistake
  }

  /// Reports a word that cannot stand after an operand.
  mutating func wrongAfter(_ operand: Int32) -> Step {
    switch token.kind {
    case .name, .number, .true, .false, .none, .root: return missingOperator(operand)
    case .string:
      return refuse(.unexpectedToken, "\(described(token)) is not expected here", help: nil)
        ? .operator : .mistake
    case .openSquare:
      return refuse(
        .arrays, "a number has no elements, and arrays are not read",
        help: "write one name for each number: x1, x2") ? .operator : .mistake
    case .otherKeyword where text(token) == "for":
      return refuse(
        .unsupportedExpression, "a loop in an expression is not read",
        help: "write the terms out") ? .operator : .mistake
    case .assign where !frames.isEmpty:
      return refuse(
        .unexpectedToken, "'=' is not expected in brackets", help: "'==' compares")
        ? .operator : .mistake
    default: return unexpected() ? .operator : .mistake
    }
  }

  mutating func missingElse(_ word: Int32) -> Step {
    if token.kind == .assign {
      return refuse(
        .unexpectedToken, "'=' is not expected in a condition", help: "'==' compares")
        ? .operator : .mistake
    }
    return refuse(
      .missingElse, "the conditional expression has no 'else'", at: tokens[Int(word)].range,
      help: "write 'a if condition else b'") ? .operator : .mistake
  }

  /// Reports the left side of an assignment.
  mutating func refuseTarget(_ node: SyntaxTree.Node) {
    let place = tokens[Int(node.token)].range
    let name = text(tokens[Int(node.token)])
    switch node.kind {
    case .call where tree.nodes[Int(node.first)].kind == .name:
      report.error(
        .invalidTarget, "a call cannot be given a value", at: place,
        help: "a function is written 'def \(name.prefix(20))(x): return …'")
    case .number:
      report.error(
        .invalidTarget, "a number cannot be given a value", at: place,
        help: "the name stands left of '='")
    case .attribute:
      report.error(
        .invalidTarget, "an attribute cannot be given a value", at: place,
        help: "give the name a value: x = …")
    default:
      let isDerivative =
        node.kind == .divide && node.token > 0
        && tokens[Int(node.token) - 1...Int(node.token) + 1].allSatisfy {
          $0.kind == .slash || $0.kind == .name && text($0).hasPrefix("d")
        }
      report.error(
        .invalidTarget, "only a name can be given a value", at: place,
        help: isDerivative
          ? "derivatives are computed; write the formula of what is differentiated"
          : "one name stands left of '='")
    }
  }
}
