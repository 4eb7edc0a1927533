extension Parser {
  /// Whether the statement only shows, checks or trains, as its words tell before it is read.
  mutating func isLeftOut() -> Bool {
    switch token.kind {
    case .string:
      // A docstring, or a text with what is put into it.
      var index = position
      while !endsStatement(tokens[index].kind) {
        if isAssignment(tokens[index].kind) { return false }
        index += 1
      }
      return true
    case .otherKeyword:
      // `del x` frees a name; `del xs[0]` changes what it belongs to.
      if text(token) == "del" {
        var index = position
        while !endsStatement(tokens[index].kind) {
          if tokens[index].kind == .openSquare { return false }
          index += 1
        }
      }
      return LeftOut.statements.contains(text(token)) && next.kind != .assign
    case .otherOperator: return isNotebookCommand
    case .name:
      // Only calls and attributes can be of these kinds, and most statements are neither.
      switch next.kind {
      case .dot, .open, .openSquare, .otherOperator: break
      case .name, .string: return text(token) == "print"
      default: return false
      }
      return isLeftOutCall()
    default: return false
    }
  }

  /// A line such as `%matplotlib inline`, `!pip install torch`, `?x` or `x?`.
  private var isNotebookCommand: Bool {
    let first = text(token)
    if first == "..." { return endsStatement(next.kind) }
    return (first == "%" || first == "!" || first == "?") && !endsStatement(next.kind)
  }

  /// `print(…)`, `plt.plot(…)`, `y.backward()`, `x.grad` and the like.
  private mutating func isLeftOutCall() -> Bool {
    var index = position
    while tokens[index].kind == .name, tokens[index + 1].kind == .dot { index += 2 }
    guard tokens[index].kind == .name else { return false }
    let after = tokens[index + 1].kind
    if after == .otherOperator, index == position {
      // `x?` asks a notebook for help.
      return text(tokens[index + 1]) == "?" && endsStatement(tokens[index + 2].kind)
    }
    let word = text(tokens[index])
    let root = tokens[position]
    if index == position {
      if after == .openSquare {
        return LeftOut.objects.contains(word) && !isKnown(tokens[index].payload)
      }
      if word == "seed", origins[root.payload] == "random", drawsOfPython {
        isSeeded = true
        return false
      }
      return after == .open && LeftOut.functions.contains(word)
        && !isKnown(tokens[index].payload) && !assigns(from: index)
    }
    if text(root) == "torch", text(tokens[position + 2]) == "backends" { return true }
    // `jax.config.update("jax_enable_x64", True)`.
    if text(root) == "jax", text(tokens[position + 2]) == "config" { return true }
    let isOfObject = LeftOut.objects.contains(text(root)) || tree.unread.contains(root.payload)
    if after == .open, isDifferentiated, LeftOut.updates.contains(word), !assigns(from: index) {
      return true
    }
    let changesDerivatives = word.hasPrefix("clip_grad_")
    if after == .open, word == "step" || changesDerivatives, function != nil {
      training.updates += 1
      if isDifferentiated, isOfObject || changesDerivatives {
        training.steps += 1
        // What the function goes on with has the weights before the step.
        if !changesDerivatives { add(statement(.forget, Int32(position), [])) }
      }
    }
    if after == .open, word == "step", isOfObject { callClosure(of: index) }
    if after == .open, isDifferentiated, function == nil, !assigns(from: index) {
      // `optimizer.step()`, `w.sub_(…)`, `w.data.add_(…)`.
      if word == "step" || changesDerivatives { forgetAll(Int32(position)) }
      if word.hasSuffix("_"), word != "requires_grad_", isKnown(root.payload) {
        forget([.init(name: root.payload, token: Int32(position))], Int32(position))
        return true
      }
    }
    if isOfObject, after != .assign || index > position, !isKnown(root.payload) { return true }
    // A method of the program's own.
    if after == .open,
      tree.functions.contains(where: { $0.isInner && $0.name == tokens[index].payload })
    {
      return false
    }
    guard !assigns(from: index) else { return false }
    if after == .open, LeftOut.modes.contains(word), isKnown(root.payload) { return false }
    if after == .open, word == "requires_grad_" { return !isKnown(root.payload) }
    if after == .open, word == "watch", tokens[index + 2].kind == .name,
      endsStatement(close(of: index + 1)), tokens[index + 3].kind == .close
    {
      return !isKnown(tokens[index + 2].payload)
    }
    if endsStatement(after) || after == .openSquare { return LeftOut.attributes.contains(word) }
    if word == "seed", ["np", "numpy"].contains(text(root)) || drawsOfPython {
      isSeeded = true
      return false
    }
    if Self.seedsOfTorch.contains(word), after == .open, text(tokens[index - 2]) != "cuda",
      drawsOfTorch
    {
      isSeeded = true
      return false
    }
    guard after == .open, LeftOut.methods.contains(word), endsStatement(close(of: index + 1))
    else { return false }
    if word == "register_hook" { checkHook(at: index + 2) }
    return true
  }

  /// Refuses a hook that may change what comes back; one that only shows or keeps it is left out.
  private mutating func checkHook(at index: Int) {
    var word = index
    if text(tokens[index]) == "lambda" {
      while tokens[word].kind != .colon, !endsStatement(tokens[word].kind) { word += 1 }
      word += 1
      // One call of what shows or keeps it, and nothing behind.
      var end = word
      while tokens[end].kind == .name || tokens[end].kind == .dot { end += 1 }
      let keeps = ["print", "display", "append"].contains(text(tokens[end - 1]))
      if keeps, tokens[end].kind == .open, close(of: end) == .close { return }
    } else if tokens[index].kind == .name {
      if text(tokens[index]) == "print" { return }
      let function = tree.functions.last { $0.name == tokens[index].payload }
      if let function, function.result == nil, !givesBack(function.body) { return }
    }
    report.error(
      .unsupportedStatement, "a hook may change what comes back, which is not read",
      at: tokens[index].range,
      help:
        "a torch.autograd.Function with a 'backward' of its own is read; so is a hook that prints")
  }

  /// Whether statements may return something, in blocks too.
  private func givesBack(_ statements: [SyntaxTree.Statement]) -> Bool {
    statements.contains { statement in
      statement.kind == .return || statement.kind == .attempt
        || [statement.block, statement.otherwise].contains { block in
          block >= 0 && givesBack(tree.blocks[Int(block)])
        }
    }
  }

  /// Calls what an optimizer calls in each of its steps: `optimizer.step(closure)`.
  private mutating func callClosure(of index: Int) {
    let (name, end) = (tokens[index + 2], tokens[index + 3])
    guard name.kind == .name, end.kind == .close,
      tree.functions.contains(where: { $0.name == name.payload })
    else { return }
    let token = Int32(index + 2)
    let callee = add(.init(kind: .name, token: token, first: name.payload))
    let count = Int32(tree.arguments.count)
    let call = add(.init(kind: .call, token: token, first: callee, second: count, third: count))
    let value = SyntaxTree.Expression(begin: callee, root: call)
    add(statement(.expression, token, [value]))
    noteCalls(value)
    training.updates += 1
    tree.isDynamic = true
  }

  private static let seedsOfTorch: Set<String> = ["manual_seed", "set_default_dtype"]

  /// Whether a sign of assignment follows in the statement.
  private func assigns(from index: Int) -> Bool {
    var index = index
    var depth = 0
    while !endsStatement(tokens[index].kind) {
      switch tokens[index].kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace: depth -= 1
      case let kind where depth == 0 && isAssignment(kind): return true
      default: break
      }
      index += 1
    }
    return false
  }

  func isAssignment(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign, .powerAssign: true
    default: false
    }
  }

  /// The word after the bracket that closes the one at `index`.
  private func close(of index: Int) -> Token.Kind {
    var index = index
    var depth = 0
    while tokens[index].kind != .end {
      switch tokens[index].kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace: depth -= 1
      default: break
      }
      index += 1
      if depth == 0 { break }
    }
    return tokens[index].kind
  }

  /// Whether the program has given a value or a body to the name so far.
  mutating func isKnown(_ name: Int32) -> Bool {
    while knownTargets < tree.targets.count {
      known.insert(tree.targets[knownTargets].name)
      knownTargets += 1
    }
    while knownFunctions < tree.functions.count {
      known.insert(tree.functions[knownFunctions].name)
      knownFunctions += 1
    }
    return known.contains(name)
  }

  /// Whether what is assigned is no number but an object that shows, checks or trains, or a text.
  mutating func isUnreadValue() -> Bool {
    if token.kind == .string {
      return (next.kind == .if || endsStatement(next.kind)) && textNumber(text(token)) == nil
        && !isInterpolated(token)
    }
    guard token.kind == .name else { return false }
    if isType() { return true }
    if next.kind == .open {
      // A class of the program may be called as an optimizer is: `G = Generator(2)`.
      return isMaker(token) && !isKnown(token.payload)
        && !tree.classes.contains { $0.name == token.payload }
    }
    guard next.kind == .dot else { return false }
    if text(token) == "torch", text(tokens[position + 2]) == "Generator" { return !drawsOfTorch }
    if tree.unread.contains(token.payload), tokens[position + 2].kind == .name,
      Program.gradientWords.contains(text(tokens[position + 2])),
      tokens[position + 3].kind == .open
    {
      // `tape.gradient(loss, w)`
      return false
    }
    if LeftOut.objects.contains(text(token)) || tree.unread.contains(token.payload) {
      return !tree.targets.contains { $0.name == token.payload }
    }
    var index = position
    while tokens[index].kind == .name, tokens[index + 1].kind == .dot { index += 2 }
    guard tokens[index].kind == .name else { return false }
    // `torch.optim.SGD`, `torch.device`.
    return isMaker(tokens[index])
      || index > position + 2 && LeftOut.objects.contains(text(tokens[index - 2]))
  }

  /// Whether a name is that of what makes such objects.
  private func isMaker(_ token: Token) -> Bool { names.call(token.payload) == .maker }

  /// Whether a type comes that programs only name: `List[float]`, `t.Callable[[float], float]`, `list[int]`.
  private mutating func isType() -> Bool {
    guard next.kind == .openSquare || next.kind == .dot, function == nil, bodies.isEmpty,
      !isKnown(token.payload)
    else { return false }
    return origins[token.payload] == "typing"
      || next.kind == .openSquare && ["list", "tuple", "dict", "set"].contains(text(token))
  }

  // MARK: Values made of derivatives

  /// Leaves out what gives names values that are made of derivatives.
  mutating func forget(_ targets: [SyntaxTree.Target], _ token: Int32) {
    training.updates += 1
    if targets.isEmpty { return }
    // What calls the function forgets all that it knows.
    if function != nil { training.steps += 1 }
    let begin = Int32(tree.targets.count)
    tree.targets += targets
    add(
      SyntaxTree.Statement(
        kind: .forget, token: token, targets: begin..<Int32(tree.targets.count)))
  }

  /// Leaves out a step of training, after which no value so far is known, but for the `results` of the step.
  mutating func forgetAll(_ token: Int32, besides results: Set<Int32> = []) {
    _ = isKnown(-1)
    let names = known.subtracting(results).sorted()
    forget(names.map { SyntaxTree.Target(name: $0, token: token) }, token)
  }

  // MARK: Expressions by themselves

  /// Reports a comparison that was meant to give a name its value.
  mutating func isTypo(_ list: Few<SyntaxTree.Expression>) -> Bool {
    guard list.count == 1 else { return false }
    let root = tree.nodes[Int(list[0].root)]
    guard root.kind == .equal || root.kind == .less else { return false }
    let left = tree.nodes[Int(root.first)]
    let sign = tokens[Int(root.token)]
    let after = tokens[Int(root.token) + 1]
    if root.kind == .less {
      guard left.kind == .name, after.kind == .minus, after.start == sign.end else { return false }
      report.error(
        .comparisonStatement, "'<-' compares with a negative number and assigns nothing",
        at: Int(sign.start)..<Int(after.end), help: "a name is given a value with '='")
      return true
    }
    guard left.kind == .name, !isKnown(left.first) else { return false }
    report.error(
      .comparisonStatement, "'==' compares and assigns nothing", at: sign.range,
      help: "a name is given a value with '='")
    return true
  }

  /// Whether expressions that nothing is assigned only look at values: `x.grad, y.grad`,
  /// `x.grad == 4`, `y.item()`.
  func merelyLooks(_ list: Few<SyntaxTree.Expression>) -> Bool {
    let parts = parts(list)
    return parts.allSatisfy { part in
      let root = tree.nodes[Int(part.root)]
      switch root.kind {
      case .name, .number: return parts.count > 1
      case .string, .interpolated, .truth, .not, .and, .or, .tuple: return true
      case .attribute: return LeftOut.attributes.contains(names[root.second])
      case .call:
        let callee = tree.nodes[Int(root.first)]
        if callee.kind == .attribute, LeftOut.methods.contains(names[callee.second]) { return true }
      default: break
      }
      if root.kind.isComparison { return true }
      let nodes = tree.nodes[Int(part.begin)...Int(part.root)]
      return nodes.contains { $0.kind == .attribute && names[$0.second] == "grad" }
    }
  }
}
