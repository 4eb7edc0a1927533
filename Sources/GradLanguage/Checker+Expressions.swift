import GradBase
import GradCore

extension Checker {
  /// Checks an expression that is used as a number.
  mutating func check(_ expression: SyntaxTree.Expression) {
    let begin = Int(expression.begin)
    roles.removeAll(keepingCapacity: true)
    roles += repeatElement(.value, count: Int(expression.root) - begin + 1)
    // From the root down, since what is wanted of a node depends on the one above.
    for index in stride(from: Int(expression.root), through: begin, by: -1) {
      check(index, begin)
    }
  }

  private mutating func check(_ index: Int, _ begin: Int) {
    let role = roles[index - begin]
    let node = program.tree.nodes[index]
    if role == .anything, let children = childrenOfAnything(node, Int32(index)) {
      for child in children { roles[Int(child) - begin] = .anything }
      return
    }
    if role == .nothing {
      for child in program.tree.children(of: Int32(index)) {
        roles[Int(child) - begin] = .nothing
      }
      return
    }
    switch node.kind {
    case .number: break
    case .name: checkName(node)
    case .string: checkText(node, role)
    case .truth: if role != .condition { refuseTruth(node, "is no number") }
    case .plus, .negate: roles[Int(node.first) - begin] = .value
    case .not:
      if role != .condition { refuseTruth(node, "gives no number") }
      roles[Int(node.first) - begin] = .condition
    case .add, .subtract, .multiply, .divide, .power: break
    case .floorDivide, .modulo, .matrixMultiply, .bitAnd, .bitOr, .bitXor, .shiftLeft,
      .shiftRight, .interpolated, .walrus, .none, .list, .dictionary,
      .subscript, .slice,
      .ellipsis, .lambda, .comprehension, .starred:
      // Only settings have these where nothing else is dynamic.
      report.error(
        .unsupportedExpression, "a setting is a number", at: program.range(of: node.token))
      for child in program.tree.children(of: Int32(index)) where Int(child) >= begin {
        roles[Int(child) - begin] = .nothing
      }
    case .less, .lessEqual, .greater, .greaterEqual, .equal, .notEqual, .contained,
      .notContained, .identical, .notIdentical:
      if role != .condition { refuseTruth(node, "compares, which gives no number") }
      if node.isChained { roles[Int(node.first) - begin] = .condition }
    case .and, .or:
      if role != .condition { refuseTruth(node, "gives no number") }
      roles[Int(node.first) - begin] = .condition
      roles[Int(node.second) - begin] = .condition
    case .conditional:
      roles[Int(node.first) - begin] = role
      roles[Int(node.second) - begin] = .condition
      roles[Int(node.third) - begin] = role
    case .tuple where role == .list: break
    case .tuple:
      report.error(
        .unsupportedExpression, "a tuple is no number", at: program.range(of: node.token),
        help: "write one name for each number: x1, x2")
    case .attribute:
      let isModule = self.isModule(node.first)
      if role != .method { checkAttribute(node, isModule: isModule) }
      roles[Int(node.first) - begin] = isModule ? .nothing : .value
    case .call: checkCall(index, node, begin)
    }
  }

  /// The parts of a node of which nothing is wanted but that its names are known; `nil` for a name or a
  /// call, which are checked.
  private func childrenOfAnything(_ node: SyntaxTree.Node, _ index: Int32) -> [Int32]? {
    switch node.kind {
    case .name, .call, .attribute: nil
    default: program.tree.children(of: index)
    }
  }

  /// What call `index` calls, by the names that are known so far.
  private func resolution(of index: Int) throws(Mistake) -> Resolution {
    try program.resolve(Int32(index), hints: report.hasRoom) { [visible] in visible.binding($0) }
  }

  private mutating func checkCall(_ index: Int, _ node: SyntaxTree.Node, _ begin: Int) {
    let callee = program.tree.nodes[Int(node.first)]
    let arguments = program.tree.arguments[Int(node.second)..<Int(node.third)]
    roles[Int(node.first) - begin] = callee.kind == .attribute ? .method : .nothing
    if callee.kind == .name, program.tree.poisoned.contains(callee.first) {
      for argument in arguments { roles[Int(argument.value) - begin] = .anything }
      return
    }
    do throws(Mistake) {
      let resolution = try resolution(of: index)
      switch resolution.callee {
      case .derivative(let differentiation):
        checkDerivative(differentiation, resolution, node, begin)
        return
      case .row(let type) where type == Operators.Truncate.self && resolution.written.count == 1:
        roles[Int(resolution.written[0]) - begin] = .text
      case .function where locals != nil:
        called[callee.first] = called[callee.first] ?? callee.token
      case .argument, .value:
        // What else `torch.tensor` is given says nothing about the number.
        for argument in arguments where argument.value != resolution.written[0] {
          roles[Int(argument.value) - begin] = .nothing
        }
        if callee.kind == .name || callee.first != resolution.written[0] {
          roles[Int(resolution.written[0]) - begin] = .text
        }
      default: break
      }
      if resolution.condition >= 0 {
        roles[Int(resolution.written[resolution.condition]) - begin] = .condition
      }
    } catch {
      // What a call that is not understood wants of its arguments is not known.
      for argument in arguments { roles[Int(argument.value) - begin] = .anything }
      if isTainted(node.first) { return }
      if callee.kind == .name, sideOfDerivative(callee.token) == .denominator { return }
      // The one call that may be known later in the text.
      if callee.kind == .name, locals == nil,
        case .function(let number)? = everywhere[callee.first],
        lookup(callee.first) == nil, error.code == .unknownFunction
      {
        let definition = program.range(of: program.tree.functions[number].token)
        report.error(
          .calledBeforeDefinition,
          "\(quoted(program.names[callee.first])) is called before its definition",
          at: program.range(of: callee.token), labels: [(definition, "defined here")],
          help: "move the definition up")
        return
      }
      if callee.kind == .attribute, isUnknownModule(callee.first) { return }
      report.error(
        error.code, error.message, at: program.range(of: error.token), label: error.label,
        help: error.help)
    }
  }

  /// Whether node `index` begins with a name whose own value could not be read; that was reported.
  private mutating func isTainted(_ index: Int32) -> Bool {
    let base = callees.base(of: index, in: program.tree.nodes) {
      $0.kind == .attribute || $0.kind == .call
    }
    let node = program.tree.nodes[Int(base)]
    return node.kind == .name
      && (tainted.contains(node.first) || program.tree.poisoned.contains(node.first))
  }

  /// Checks a call that differentiates: what it differentiates, and by what.
  private mutating func checkDerivative(
    _ differentiation: Differentiation, _ resolution: Resolution, _ call: SyntaxTree.Node,
    _ begin: Int
  ) {
    roles[Int(call.first) - begin] = .nothing
    var read = Array(resolution.written)
    switch differentiation.subject {
    case .value(let value): read = [value] + differentiation.sources
    case .function(let number):
      let function = program.tree.functions[number]
      if locals != nil { called[function.name] = called[function.name] ?? call.token }
    }
    for argument in program.tree.arguments[Int(call.second)..<Int(call.third)]
    where !read.contains(argument.value) {
      // A list of parameters is checked part by part.
      let isList = program.tree.nodes[Int(argument.value)].kind == .tuple
      let parts = isList ? program.tree.children(of: argument.value) : []
      roles[Int(argument.value) - begin] =
        isList && !parts.isEmpty && parts.allSatisfy(read.contains) ? .list : .nothing
    }
  }

  /// Whether node `index` begins with a name that nothing assigns; that is reported instead.
  private mutating func isUnknownModule(_ index: Int32) -> Bool {
    let base = attributes.base(of: index, in: program.tree.nodes) { $0.kind == .attribute }
    let node = program.tree.nodes[Int(base)]
    return node.kind == .name && lookup(node.first) == nil
      && program.vocabulary.word(of: node.first) != .module
  }

  /// Whether node `index` is a module: what a chain of words for modules begins with decides.
  private mutating func isModule(_ index: Int32) -> Bool {
    let vocabulary = program.vocabulary
    let base = modules.base(of: index, in: program.tree.nodes) {
      $0.kind == .attribute && [.module, .submodule].contains(vocabulary.word(of: $0.second))
    }
    return program.isModule(base) { [visible] in visible.binding($0) }
  }

  private mutating func checkText(_ node: SyntaxTree.Node, _ role: Role) {
    let text = program.text(of: node.token)
    let next = Int(node.token) + 1
    let isOneText = program.tokens.count <= next || program.tokens[next].kind != .string
    if role == .text, isOneText, textNumber(text) != nil { return }
    report.error(
      .unsupportedExpression, "a text is no number", at: program.range(of: node.token),
      help: role == .text
        ? "float takes texts such as 'inf' and '2.5'" : "write the number without quotes")
  }

  private mutating func checkAttribute(_ node: SyntaxTree.Node, isModule: Bool) {
    if isTainted(node.first) { return }
    let name = program.names[node.second]
    let range = program.range(of: node.token)
    if isModule {
      if program.vocabulary.constant(of: node.second) != nil { return }
      if program.vocabulary.isFunction(node.second) {
        report.error(
          .functionAsValue, "\(quoted(name)) is a function, not a number", at: range,
          help: "call it: \(name.prefix(40))(x)")
        return
      }
      let nearest = nearestName(to: name, among: Vocabulary.constants.keys.sorted())
      report.error(
        .unknownAttribute, "no constant is called \(quoted(name))", at: range,
        help: nearest.map { "did you mean '\($0)'?" })
      return
    }
    if name == "T" || name == "shape" || name == "mT" {
      report.error(
        .arrays, "a number has no '.\(name)', and arrays are not read", at: range)
    } else if name == "data" {
      return
    } else if name == "grad", isDifferentiated, program.tree.nodes[Int(node.first)].kind == .name {
      return
    } else if name == "grad" {
      report.error(
        .unknownAttribute, "a derivative cannot be used in the program", at: range,
        help: "the figure and 'eval' show the derivative of every name")
    } else if program.vocabulary.isFunction(node.second) {
      report.error(
        .functionAsValue, "\(quoted(name)) is a function, not a number", at: range,
        help: "call it: .\(name.prefix(40))()")
    } else if !isUnknownModule(node.first) {
      report.error(.unknownAttribute, "a number has no attribute \(quoted(name))", at: range)
    }
  }

  private mutating func refuseTruth(_ node: SyntaxTree.Node, _ message: String) {
    let word = program.text(of: node.token)
    // A sign of another script has been reported.
    guard word.utf8.allSatisfy({ $0 < 0x80 }) else { return }
    report.error(
      .comparisonAsValue, "\(quoted(word)) \(message)", at: program.range(of: node.token),
      help: node.kind == .truth
        ? "write \(word == "True" ? 1 : 0)"
        : "write 'a if condition else b' or where(condition, a, b)")
  }
}
