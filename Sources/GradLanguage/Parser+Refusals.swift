extension Parser {
  /// Reports a mistake at the word, unless the lexer has; false, for the caller to return.
  mutating func refuse(
    _ code: Code, _ message: String, at range: Range<Int>? = nil, label: String = "",
    labels: [(Range<Int>, String)] = [], help: String?
  ) -> Bool {
    if token.kind != .mistake, token.kind != .unclosed {
      report.error(
        code, message, at: range ?? token.range, label: label,
        labels: labels.isEmpty ? openBracketLabels : labels, help: help)
    }
    return false
  }

  /// The innermost open bracket.
  private var openBracket: Token? {
    for frame in frames.reversed() {
      switch frame {
      case .group(let open, _, _), .call(let open, _, _, _, _): return tokens[Int(open)]
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
        return refuse(
          .unmatchedBracket, "')' is expected, not \(described(token))",
          labels: [(open.range, "opened here")], help: nil)
      }
      return refuse(
        .unmatchedBracket, "\(described(token)) closes no bracket", help: nil)
    case .otherOperator, .otherKeyword: return refuseOperator()
    default:
      if let wanted {
        return refuse(.unexpectedToken, "\(wanted) is expected, not \(described(token))", help: nil)
      }
      let help: String? =
        switch token.kind {
        case .assign: "one '=' a statement; '==' compares"
        case .if: "write 'y = a if condition else b'"
        default: nil
        }
      return refuse(.unexpectedToken, "\(described(token)) is not expected here", help: help)
    }
  }

  /// Reports that an operand is missing before the word.
  mutating func missingOperand() -> Step {
    switch token.kind {
    case .openSquare: return refuseArray()
    case .openBrace:
      return refuse(.unsupportedExpression, "sets and dictionaries are not supported", help: nil)
        ? .operator : .mistake
    case .none:
      return refuse(.unsupportedExpression, "'None' is no number", help: nil) ? .operator : .mistake
    case .otherKeyword where text(token) == "lambda":
      return refuse(
        .unsupportedExpression, "'lambda' is not supported",
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
    guard position > 0, !endsStatement(before.kind) else {
      return refuse(
        .expectedExpression, "an expression is expected, not \(described(token))", help: nil)
        ? .operator : .mistake
    }
    let isStep =
      isAtEnd && position > 1 && before.kind == tokens[position - 2].kind
      && (before.kind == .plus || before.kind == .minus)
    let sign = before.kind == .plus ? "+" : "-"
    return refuse(
      .expectedExpression,
      isAtEnd
        ? "an expression is missing after \(described(before))"
        : "an expression is expected after \(described(before)), not \(described(token))",
      at: isAtEnd ? before.range : token.range,
      help: isStep
        ? "write 'x \(sign)= 1'" : token.kind == .assign ? "'=' assigns, '==' compares" : nil)
      ? .operator : .mistake
  }

  private mutating func refuseArray() -> Step {
    refuse(
      .arrays, "arrays come later: a list cannot be used yet",
      help: "write one name for each number: x1, x2") ? .operator : .mistake
  }

  /// Reports that nothing stands between two operands.
  mutating func missingOperator(_ left: Int32) -> Step {
    let before = last
    let isClose = before.end == token.start
    var help: String? = "operators are written out: a * b"
    if before.kind == .number || before.kind == .close
      || before.kind == .name && token.kind == .open
    {
      let second = token.kind == .open ? "(…)" : text(token)
      let first = before.kind == .close ? "(…)" : text(before)
      if first.utf8.count + second.utf8.count < 60 {
        help = "did you mean '\(first) * \(second)'?"
      }
    } else if before.kind == .name, frames.isEmpty, position > 0, next.kind == .assign,
      ["let", "var", "int", "float", "double", "const", "auto", "set"].contains(text(before))
    {
      help = "write '\(text(token)) = …'"
    }
    return refuse(
      .missingOperator,
      "an operator is missing between \(described(before)) and \(described(token))",
      at: isClose ? Int(before.start)..<Int(token.end) : token.range, help: help)
      ? .operator : .mistake
  }

  /// Reports a word that cannot stand after an operand.
  mutating func wrongAfter(_ operand: Int32) -> Step {
    switch token.kind {
    case .name, .number, .true, .false, .none: return missingOperator(operand)
    case .string:
      return refuse(.unexpectedToken, "\(described(token)) is not expected here", help: nil)
        ? .operator : .mistake
    case .openSquare:
      return refuse(
        .arrays, "arrays come later: an element cannot be used yet",
        help: "write one name for each number: x1, x2") ? .operator : .mistake
    case .otherKeyword where text(token) == "for":
      return refuse(
        .unsupportedExpression, "a loop in an expression is not supported",
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

  /// Reports an operator of Python, or of mathematics, that the language has not.
  mutating func refuseOperator() -> Bool {
    let sign = text(token)
    switch sign {
    case "^": return refuse(.unsupportedOperator, "'^' is no power", help: "use **")
    case "^=": return refuse(.unsupportedOperator, "'^=' is no power", help: "use **=")
    case "@", "@=":
      return refuse(
        .arrays, "arrays come later: '\(sign)' cannot be used yet", help: "write the sums out")
    case ":=": return refuse(.unsupportedOperator, "':=' is not supported", help: "use =")
    case "&&", "&":
      return refuse(.unsupportedOperator, "'\(sign)' is not supported", help: "use and")
    case "||", "|":
      return refuse(.unsupportedOperator, "'\(sign)' is not supported", help: "use or")
    case "!":
      return refuse(
        .unsupportedOperator, "'!' is not supported", help: "use not; there is no factorial")
    case "===", "!==", "<>":
      return refuse(
        .unsupportedOperator, "'\(sign)' is not supported",
        help: "use \(sign == "===" ? "==" : "!=")")
    case "?":
      return refuse(
        .unsupportedOperator, "'?' is not supported", help: "write 'a if condition else b'")
    case "//", "%", "//=", "%=":
      return refuse(
        .unsupportedOperator, "'\(sign)' is not supported",
        help: "it has no derivative where it jumps; '/' divides")
    case ";":
      return refuse(
        .unexpectedToken, "';' stands in brackets", help: "arguments are separated by ','")
    default: return refuse(.unsupportedOperator, "\(quoted(sign)) is not supported", help: nil)
    }
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
      report.error(.invalidTarget, "an attribute cannot be given a value", at: place)
    default:
      report.error(
        .invalidTarget, "only a name can be given a value", at: place,
        help: "one name stands left of '='")
    }
  }

  /// Reports a statement that the language has not.
  mutating func refuseStatement() -> Bool {
    let word = text(token)
    if word == "pass" {
      advance()
      return endsStatement(token.kind) ? true : unexpected()
    }
    if next.kind == .assign {
      return refuse(
        .invalidTarget, "'\(word)' is a word of Python and no name",
        help: word == "lambda" ? "write 'lam' or 'λ'" : "write '\(word)_'")
    }
    let help: String? =
      switch word {
      case "for", "while": "there are no loops; write the steps out, or 'def' one and call it"
      case "if": "write 'y = a if condition else b'"
      case "lambda": "write 'def f(x): return …'"
      case "class": "there are only numbers and functions"
      case "global", "nonlocal": "a function reads names of the program without it"
      case "with", "try", "async", "await": "leave its lines where they are, without it"
      default: nil
      }
    let isRest =
      (word == "else" || word == "elif" || word == "except" || word == "finally")
      && tree.hasRefusedBlock
    if !isRest {
      report.error(.unsupportedStatement, "'\(word)' is not supported", at: token.range, help: help)
    }
    tree.hasRefusedBlock = true
    skipLine()
    return true
  }
}
