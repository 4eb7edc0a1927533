import GradCore

/// Mathematics as it is typeset or typed: `f(x) = x² + 1`, `|x|`, `√x`.
extension Parser {
  /// Whether the statement is a function as mathematics writes it: `f(x, y) = …`.
  var isFormula: Bool {
    guard next.kind == .open, function == nil else { return false }
    var index = position + 2
    while tokens[index].kind == .name, tokens[index + 1].kind == .comma { index += 2 }
    return tokens[index].kind == .name && tokens[index + 1].kind == .close
      && tokens[index + 2].kind == .assign
  }

  /// Reads `f(x) = x**2 + 1` as the function it defines.
  mutating func readFormula() -> Bool {
    var function = SyntaxTree.Function(name: token.payload, token: Int32(position))
    function.isFormula = true
    advance()
    advance()
    guard readParameters(&function) else {
      skipLine()
      return true
    }
    advance()
    guard let value = readExpression() else { return false }
    guard endsStatement(token.kind) else { return unexpected() }
    function.result = value
    open(function, isOneLine: true)
    finishBody()
    return true
  }

  /// Reads the exponent after `operand`.
  mutating func readSuperscript(_ operand: Int32, _ isGrouped: inout Bool) -> Step {
    let here = Int32(position)
    if tree.nodes[Int(operand)].kind == .name, !isGrouped, isFunctionName(last) {
      let sign = text(token).hasPrefix("⁻") ? "-" : ""
      let help = powerOfFunction(
        last, sign + plainExponent(text(token)), argumentAt: position + 1)
      return refuse(
        .unsupportedOperator, "\(quoted(text(last) + text(token))) is no power of a number",
        help: help) ? .operator : .mistake
    }
    var exponent = add(.init(kind: .number, token: here, first: token.payload))
    if text(token).hasPrefix("⁻") {
      exponent = add(.init(kind: .negate, token: here, first: exponent))
    }
    let power = add(.init(kind: .power, token: here, first: operand, second: exponent))
    advance()
    isGrouped = false
    return .operand(power)
  }

  /// A call of a function of the table, by its own name.
  mutating func call(_ name: String, _ argument: Int32, at token: Int32) -> Int32 {
    let callee = add(.init(kind: .name, token: token, first: names.number(of: name)))
    let begin = Int32(tree.arguments.count)
    tree.arguments.append(.init(token: tree.nodes[Int(argument)].token, value: argument))
    return add(
      .init(kind: .call, token: token, first: callee, second: begin, third: begin + 1))
  }

  /// Whether the word names a function of the table or of the program.
  func isFunctionName(_ token: Token) -> Bool {
    token.kind == .name
      && (OperatorRow.named(names.form(Int32(token.payload))) != nil
        || tree.functions.suffix(1000).contains { $0.name == token.payload })
  }

  /// How the power of a function's result is written, or its inverse.
  func powerOfFunction(_ function: Token, _ exponent: String, argumentAt index: Int) -> String {
    let name = text(function)
    let argument = argument(at: index)
    let inverses = ["sin", "cos", "tan", "sinh", "cosh", "tanh"]
    if exponent == "-1", inverses.contains(name) { return "write a\(name)(\(argument))" }
    let power = exponent.isEmpty ? "" : "**\(exponent)"
    return "write \(name.prefix(40))(\(argument))\(power)"
  }

  /// What is in the brackets at word `index`, or the word there; `x` for anything long.
  func argument(at index: Int) -> String {
    let first = tokens[min(index, tokens.count - 1)]
    if first.kind == .name || first.kind == .number { return String(text(first).prefix(20)) }
    guard first.kind == .open else { return "x" }
    var (depth, end) = (0, index)
    repeat {
      if tokens[end].kind == .open { depth += 1 }
      if tokens[end].kind == .close { depth -= 1 }
      if endsStatement(tokens[end].kind) { return "x" }
      end += 1
    } while depth > 0
    let inner = Int(first.end)..<Int(tokens[end - 1].start)
    return inner.isEmpty || inner.count > 30 ? "x" : source.text(inner)
  }

  /// Whether the innermost bracket that is open is a bar.
  var isBetweenBars: Bool {
    for frame in frames.reversed() {
      switch frame {
      case .bars: return true
      case .prefix, .binary, .root, .inverse, .condition, .otherwise, .lambda: continue
      default: return false
      }
    }
    return false
  }

  /// Reads the bar, or two, that ends an absolute value.
  mutating func closeBars(_ operand: Int32, _ isGrouped: inout Bool) -> Step {
    var whole = operand
    for _ in 0..<(token.kind == .bar ? 1 : 2) {
      reduce(&whole, to: 0, &isGrouped)
      switch frames.last {
      case .bars(let open)?:
        frames.removeLast()
        whole = call("abs", whole, at: open)
      case .condition(_, let word)?: return missingElse(word)
      default: return unexpected() ? .operator : .mistake
      }
    }
    advance()
    isGrouped = false
    return .operand(whole)
  }
}
