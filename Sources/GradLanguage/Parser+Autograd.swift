extension Parser {
  /// Whether node `index` is a call that differentiates, by its name.
  @inline(__always) func isGradientCall(_ index: Int32) -> Bool {
    let node = tree.nodes[Int(index)]
    return node.kind == .call && isGradientCallee(node.first)
  }

  /// Whether node `index`, which is called, differentiates by its name.
  func isGradientCallee(_ index: Int32) -> Bool {
    let callee = tree.nodes[Int(index)]
    switch callee.kind {
    case .name: return isGradientWord(callee.first)
    case .attribute: return isGradientWord(callee.second)
    case .call: return isGradientCallee(callee.first)
    default: return false
    }
  }

  /// Whether a name differentiates: `grad`, another name under which the program imports it, or one
  /// that it gives to the derivative of a function.
  private func isGradientWord(_ name: Int32) -> Bool {
    derivativeNames.contains(name)
      || names.call(tree.importedNames[name] ?? name) == .gradient
        && !tree.functions.contains { $0.name == name }
  }

  /// A statement without targets that differentiates or says what a parameter is; `nil` for others.
  mutating func autograd(_ expression: SyntaxTree.Expression, _ first: Int32) -> SyntaxTree
    .Statement?
  {
    let call = tree.nodes[Int(expression.root)]
    guard call.kind == .call else { return nil }
    if isGradientCallee(call.first) {
      training.differentiations += 1
      return statement(.look, first, [expression])
    }
    let callee = tree.nodes[Int(call.first)]
    guard callee.kind == .attribute else { return nil }
    let receiver = SyntaxTree.Expression(begin: expression.begin, root: callee.first)
    let argument = tree.arguments[Int(call.second)..<Int(call.third)].first
    let value = self.argument(0, of: call)
    switch names[callee.second] {
    case "backward":
      training.differentiations += 1
      let isOfModule = isModuleName(callee.first)
      // `torch.autograd.backward(J)`, and `J.backward()`
      guard let value = isOfModule ? self.argument(0, of: call, "tensors") : receiver else {
        return nil
      }
      let weight =
        isOfModule
        ? self.argument(1, of: call, "grad_tensors") : self.argument(0, of: call, "gradient")
      return statement(
        .differentiate, first, weight.map { [value, $0] } ?? [value],
        keepsGraph(call) ? .keepsGraph : .none)
    case "requires_grad_":
      let truth = argument.map { tree.nodes[Int($0.value)] }
      let isOff = truth?.kind == .truth && truth?.first == 0
      return statement(.mark, first, [receiver], isOff ? .off : .none)
    case "watch":
      guard let value, tree.nodes[Int(value.root)].kind == .name else { return nil }
      return statement(.mark, first, [value])
    default: return nil
    }
  }

  /// Notes that a call differentiates several values together: `torch.autograd.grad([u, v], x)`.
  mutating func noteOutputs(_ callee: Int32, _ arguments: ArraySlice<SyntaxTree.Argument>) {
    guard let first = arguments.first, case let value = tree.nodes[Int(first.value)],
      value.kind == .tuple || value.kind == .list,
      isGradientCallee(callee) || isBackward(callee)
    else { return }
    tree.isDynamic = true
  }

  private func isBackward(_ callee: Int32) -> Bool {
    let node = tree.nodes[Int(callee)]
    return node.kind == .attribute && names[node.second] == "backward" && isModuleName(node.first)
  }

  /// An argument of a call by its place, or by its name; `nil` where there is none, and for None.
  private func argument(
    _ place: Int, of call: SyntaxTree.Node, _ name: String = ""
  ) -> SyntaxTree.Expression? {
    let first = Int(call.second)
    let given = first..<Int(call.third)
    let unnamed = given.filter { tree.arguments[$0].keyword < 0 }
    guard
      let index = place < unnamed.count
        ? unnamed[place]
        : given.first(where: {
          tree.arguments[$0].keyword >= 0 && names[tree.arguments[$0].keyword] == name
        }), tree.nodes[Int(tree.arguments[index].value)].kind != .none
    else { return nil }
    // An argument begins right behind what is called, or behind the one before it.
    let last = index == first ? call.first : tree.arguments[index - 1].value
    return SyntaxTree.Expression(begin: last + 1, root: tree.arguments[index].value)
  }

  /// Whether a call says that its derivatives are differentiated again: `create_graph=True`.
  private func keepsGraph(_ call: SyntaxTree.Node) -> Bool {
    tree.arguments[Int(call.second)..<Int(call.third)].contains { argument in
      let value = tree.nodes[Int(argument.value)]
      return argument.keyword >= 0 && names[argument.keyword] == "create_graph"
        && value.kind == .truth && value.first == 1
    }
  }

  private func isModuleName(_ index: Int32) -> Bool {
    let node = tree.nodes[Int(index)]
    switch node.kind {
    case .name: return ["torch", "autograd"].contains(names[node.first])
    case .attribute: return names[node.second] == "autograd"
    default: return false
    }
  }

  mutating func statement(
    _ kind: SyntaxTree.Statement.Kind, _ first: Int32, _ values: Few<SyntaxTree.Expression>,
    _ option: SyntaxTree.Statement.Option = .none
  ) -> SyntaxTree.Statement {
    let begin = Int32(tree.values.count)
    tree.values += values
    return SyntaxTree.Statement(
      kind: kind, option: option, token: first, values: begin..<Int32(tree.values.count))
  }

  /// The name whose value is set in place, without a derivative: `w` of `w.data`.
  mutating func updated(_ list: Few<SyntaxTree.Expression>) -> SyntaxTree.Target? {
    guard list.count == 1 else { return nil }
    let attribute = tree.nodes[Int(list[0].root)]
    guard attribute.kind == .attribute, names[attribute.second] == "data" else { return nil }
    let owner = tree.nodes[Int(attribute.first)]
    // What a class calls its own data is an attribute as any other.
    guard owner.kind == .name, names[owner.first] != "self" else { return nil }
    return SyntaxTree.Target(name: owner.first, token: owner.token)
  }

  /// Whether the statement forgets derivatives: `optimizer.zero_grad()` or `w.grad.zero_()`.
  var isClearing: Bool {
    var index = position
    var isOfDerivative = false
    while tokens[index].kind == .name, tokens[index + 1].kind == .dot {
      if text(tokens[index]) == "grad" { isOfDerivative = true }
      index += 2
    }
    guard tokens[index].kind == .name, tokens[index + 1].kind == .open else { return false }
    let word = text(tokens[index])
    return word == "zero_grad" || word == "zero_" && isOfDerivative
  }

  /// Reads a statement that only shows something, `print(…)`, for the derivatives in it.
  mutating func readShown() {
    let first = Int32(position)
    guard token.kind == .name, text(token) == "print" || text(token) == "display" else {
      return skipStatement()
    }
    var index = position
    while !endsStatement(tokens[index].kind) {
      let word = tokens[index]
      if word.kind == .name, tokens[index + 1].kind == .open, isGradientWord(word.payload) {
        while index > position + 1, tokens[index - 1].kind == .dot, tokens[index - 2].kind == .name
        {
          index -= 2
        }
        break
      }
      index += 1
    }
    if !endsStatement(tokens[index].kind) {
      // What cannot be read is only shown; nothing is lost with it.
      let saved = report
      position = index
      if let expression = readExpression(), isDifferentiation(expression.root) {
        training.differentiations += 1
        add(statement(.look, first, [expression]))
      } else {
        report = saved
      }
    }
    skipStatement()
  }

  /// Whether the innermost bracket is that of a call which differentiates.
  var isInGradientCall: Bool {
    if case .call(_, let callee, _, _, _)? = frames.last { return isGradientCallee(callee) }
    return false
  }

  /// Whether `[0]` or the like comes next.
  var isElement: Bool {
    guard next.kind == .number, tokens[min(position + 2, tokens.count - 1)].kind == .closeSquare
    else { return false }
    let number = numbers[Int(next.payload)]
    return number >= 0 && number < 1e6 && number == number.rounded()
  }

  /// Whether a call that is only shown differentiates, and does not make a function of one.
  private func isDifferentiation(_ root: Int32) -> Bool {
    guard isGradientCall(root) else { return false }
    let call = tree.nodes[Int(root)]
    if tree.nodes[Int(call.first)].kind == .call { return true }
    guard call.second < call.third else { return false }
    let first = tree.nodes[Int(tree.arguments[Int(call.second)].value)]
    let isFunction = first.kind == .name && tree.functions.contains { $0.name == first.first }
    return !isFunction || call.third - call.second > 1
  }
}
