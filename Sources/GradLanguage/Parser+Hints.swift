import GradCore

/// What was probably meant where the words do not make an expression.
extension Parser {
  /// Reports that nothing stands between two operands.
  mutating func missingOperator(_ left: Int32) -> Step {
    let before = last
    let isClose = before.end == token.start
    return refuse(
      .missingOperator,
      "an operator is missing between \(described(before)) and \(described(token))",
      at: isClose ? Int(before.start)..<Int(token.end) : token.range,
      help: operatorHelp(before, left))
      ? .operator : .mistake
  }

  private func operatorHelp(_ before: Token, _ left: Int32) -> String {
    let product = "operators are written out: a * b"
    if hasCommentMark { return commentHelp }
    if let help = statementHelp(before) { return help }
    if isFunctionName(before), tree.nodes[Int(left)].kind == .name, token.kind != .open {
      let isWhole = next.start > token.end || !beginsOperand(next.kind)
      let argument = isWhole && beginsWord(token.kind) ? text(token).prefix(20) : "…"
      return "did you mean '\(text(before).prefix(40))(\(argument))'?"
    }
    if token.kind == .open, before.kind == .number, position > 2,
      tokens[position - 2].kind == .power, isFunctionName(tokens[position - 3])
    {
      return powerOfFunction(tokens[position - 3], text(before), argumentAt: position)
    }
    if let number = groupedNumber(before) { return "did you mean '\(number)'?" }
    if token.kind == .open, tree.nodes[Int(left)].kind == .call {
      let callee = tree.nodes[Int(tree.nodes[Int(left)].first)]
      let name = names[callee.kind == .name ? callee.first : callee.second].lowercased()
      if let help = Vocabulary.elsewhere[name] { return help }
      return OperatorRow.named(name) == nil
        ? "what a call gives is no function" : "write \(name)(\(argument(at: position)))"
    }
    guard
      before.kind == .number || before.kind == .close
        || before.kind == .name && token.kind == .open
    else { return product }
    let second =
      switch token.kind {
      case .open: "(…)"
      case .root: "√…"
      case .bar: "|…|"
      default: text(token)
      }
    let first = before.kind == .close ? "(…)" : text(before)
    return first.utf8.count + second.utf8.count < 60
      ? "did you mean '\(first) * \(second)'?" : product
  }

  private func beginsWord(_ kind: Token.Kind) -> Bool { kind == .name || kind == .number }

  private func beginsOperand(_ kind: Token.Kind) -> Bool {
    beginsWord(kind) || kind == .open || kind == .root || kind == .superscript
  }

  /// What to do about two statements on one line, or a declaration of another language.
  private func statementHelp(_ before: Token) -> String? {
    guard openBracket == nil, token.kind == .name else { return nil }
    if before.kind == .name {
      switch text(before) {
      case "let", "var", "int", "float", "double", "const", "auto", "set", "val", "dim", "Dim",
        "my", "local", "static":
        if next.kind == .assign { return "write '\(text(token)) = …'" }
      case "function", "fn", "func", "fun", "define", "sub":
        return "a function is written 'def f(x): return …'"
      default: break
      }
    }
    let isCall = text(token) == "print" && next.kind == .open
    return isAssignment(next.kind) || isCall
      ? "a new line or ';' stands between two statements" : nil
  }

  /// A number whose digits are grouped with blanks, without them.
  private func groupedNumber(_ before: Token) -> String? {
    guard before.kind == .number, token.kind == .number, text(before).utf8.count <= 3 else {
      return nil
    }
    var number = text(before)
    var index = position
    while tokens[index].kind == .number {
      let group = text(tokens[index])
      guard group.prefix(while: \.isNumber).count == 3 else { return nil }
      number += group
      index += 1
    }
    return number.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2E } ? number : nil
  }

  /// Whether a comma of another script stands before the word in its statement.
  var hasForeignComma: Bool {
    var index = position - 1
    while index >= 0, !endsStatement(tokens[index].kind) {
      if tokens[index].kind == .comma, tokens[index].end - tokens[index].start > 1 { return true }
      index -= 1
    }
    return false
  }

  // MARK: Comments

  var commentHelp: String { "comments begin with '#'" }

  /// Whether the line has a sign before the word that begins a comment in other languages.
  private var hasCommentMark: Bool {
    var index = position - 1
    while index > 0, tokens[index].kind != .newline {
      let (first, second) = (tokens[index - 1], tokens[index])
      if first.end == second.start, first.kind == second.kind,
        first.kind == .minus || first.kind == .semicolon
      {
        return true
      }
      index -= 1
    }
    return false
  }

  /// Whether what stands after the word is no expression but words, or nothing.
  var isComment: Bool {
    let first = tokens[position + 1]
    if endsStatement(first.kind) { return true }
    var index = position + 1
    while !endsStatement(tokens[index].kind) {
      if tokens[index].kind == .name, tokens[index + 1].kind == .name { return true }
      index += 1
    }
    return first.kind == .name
      && !tokens.indices[..<position].suffix(1000).contains { index in
        tokens[index].kind == .name && tokens[index].payload == first.payload
          && (isAssignment(tokens[index + 1].kind) || tokens[index + 1].kind == .comma)
      }
  }

  // MARK: Operators of others

  /// Reports an operator of Python, or of mathematics, that the language has not.
  mutating func refuseOperator() -> Bool {
    let sign = text(token)
    let (message, help): (String, String?) =
      switch sign {
      case "^": ("'^' is no power", powerHelp)
      case "^=": ("'^=' is no power", "use **=")
      case ":=": ("':=' is not supported", "use =")
      case "&&": ("'&&' is not supported", "use and")
      case "||", "|":
        (
          "'\(sign)' is not supported",
          isOpeningBar ? "an operator is missing before '|': 2 * |x|" : "use or"
        )
      case "!": ("'!' is not supported", "use not; there is no factorial")
      case "===", "!==", "<>":
        ("'\(sign)' is not supported", "use \(sign == "===" ? "==" : "!=")")
      case "?": ("'?' is not supported", "write 'a if condition else b'")
      case "%" where last.kind == .number && endsStatement(next.kind):
        ("'%' is not supported", "write \(text(last).prefix(20))/100")
      case "//", "%":
        (
          "'\(sign)' is not supported",
          isComment ? commentHelp : "it has no derivative where it jumps; '/' divides"
        )
      case "//=", "%=":
        ("'\(sign)' is not supported", "it has no derivative where it jumps; '/' divides")
      case "$": ("'$' is not supported", "a formula stands without '$'")
      case "...": ("'...' is not supported", "write the terms out")
      case "`": ("'`' is not supported", "a program stands without '`'")
      case "@", "@=":
        ("'\(sign)' multiplies arrays, which are not read", "write the sums out")
      case ";": ("';' stands in brackets", "arguments are separated by ','")
      default: ("\(quoted(sign)) is not supported", nil)
      }
    let code: Code =
      switch sign {
      case "@", "@=": .arrays
      case ";": .unexpectedToken
      default: .unsupportedOperator
      }
    return refuse(code, message, help: help)
  }

  /// Whether a bar stands where an operator is wanted but looks like the first of two.
  var isOpeningBar: Bool {
    guard last.end == token.start, next.start == token.end else { return false }
    var index = position + 1
    while !endsStatement(tokens[index].kind) {
      if tokens[index].kind == .bar || tokens[index].kind == .doubleBar { return true }
      index += 1
    }
    return false
  }

  private var powerHelp: String {
    if isFunctionName(last) {
      var index = position + 1
      if tokens[index].kind == .openBrace { index += 1 }
      var exponent = ""
      while tokens[index].kind == .minus || tokens[index].kind == .number {
        exponent += text(tokens[index])
        index += 1
      }
      if tokens[index].kind == .closeBrace { index += 1 }
      return powerOfFunction(last, exponent, argumentAt: index)
    }
    let isBase =
      last.kind == .name && text(last) == "e"
      && !tree.targets.suffix(1000).contains { $0.name == last.payload }
    return isBase ? "use exp(x), or **" : "use **"
  }

  // MARK: Arrays

  /// Reports a list where a number is wanted.
  mutating func refuseList() -> Step {
    var (depth, index, commas, hasLoop) = (0, position, 0, false)
    repeat {
      switch tokens[index].kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace: depth -= 1
      case .comma where depth == 1: commas += 1
      case .otherKeyword: hasLoop = true
      default: break
      }
      index += 1
    } while depth > 0 && tokens[index].kind != .end
    let help: String
    if hasLoop || index == position + 2 {
      help = "write the terms out"
    } else if commas > 0 || next.kind == .openSquare {
      help = "write one name for each number: x1, x2"
    } else if index == position + 3, next.kind == .number {
      help = "a number in square brackets is an array of one; write \(text(next).prefix(20))"
    } else if position + 4 == index, next.kind == .minus {
      help =
        "a number in square brackets is an array of one; write -\(text(tokens[position + 2]).prefix(20))"
    } else {
      help = "round brackets group: (x + 1)"
    }
    return refuse(.arrays, "a list is no number, and arrays are not read", help: help)
      ? .operator : .mistake
  }
}

extension Program {
  /// What to say where a number was written with a comma, `x = 1,5`, which makes a tuple; `nil` if none was.
  var decimalCommaHelp: String? {
    var (depth, hasTarget, isOne) = (0, false, true)
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace: depth -= 1
      case .newline, .semicolon: (depth, hasTarget, isOne) = (0, false, true)
      case .assign where depth == 0: hasTarget = true
      case .comma where depth == 0 && !hasTarget: isOne = false
      case .comma where depth == 0 && isOne && index > 0 && index + 1 < tokens.count:
        let (whole, rest) = (tokens[index - 1], tokens[index + 1])
        guard whole.kind == .number, rest.kind == .number, whole.end == token.start,
          rest.start == token.end, rest.end - whole.start < 40
        else { continue }
        let (first, last) = (source.text(whole.range), source.text(rest.range))
        return last.utf8.count == 3 && first.utf8.count <= 3
          ? "write \(first)\(last), or \(first).\(last)"
          : "a decimal point is written '.': \(first).\(last)"
      default: break
      }
    }
    return nil
  }
}
