/// How much of an expression is known without the tape.
enum Plainness {
  /// It is made of literals, constants and built-in functions.
  case closed
  /// The same in lists or dictionaries.
  case data
  /// Numbers that are no nodes are in it besides.
  case plain
  case no
}

/// What can be computed before anything is recorded, as numbers alone.
extension Recorder {
  /// How much of the expression at `root` is known without the tape.
  func plainness(of root: Int32) -> Plainness {
    var pending = [(node: root, isArgument: false)]
    var isPlain = false
    var hasList = false
    var hasLeaf = false
    let isMaker = makes(program.tree.nodes[Int(root)])
    switch program.tree.nodes[Int(root)].kind {
    case .name, .string, .none: return .no
    case .truth, .not, .and, .or: isPlain = true
    case let kind where kind.isComparison: isPlain = true
    default: break
    }
    while let (index, isArgument) = pending.popLast() {
      let node = program.tree.nodes[Int(index)]
      func add(_ nodes: some Sequence<Int32>, areArguments: Bool = isArgument) {
        pending += nodes.map { ($0, areArguments) }
      }
      switch node.kind {
      case .name:
        switch local(node.first) {
        case .number: isPlain = true
        case nil:
          switch globals[Int(node.first)] {
          case .value(.number): isPlain = true
          case nil: if program.vocabulary.constant(of: node.first) == nil { return .no }
          default: return .no
          }
        default: return .no
        }
      case .attribute:
        if program.isModule(node.first, { [visible] in visible.binding($0) }) { break }
        guard program.names[node.second] == "T" else { return .no }
        add([node.first])
      case .call:
        let callee = program.tree.nodes[Int(node.first)]
        if isMethodOfArrays(callee) {
          add([callee.first], areArguments: isArgument)
        } else if !isKnownFunction(callee) || Draw.givesItems(word(of: callee)) {
          return .no
        }
        if isLeaf(callee) { hasLeaf = true }
        add(
          program.tree.arguments[Int(node.second)..<Int(node.third)].filter {
            // What says how a number is kept says nothing of how much it is.
            $0.keyword < 0 || !["dtype", "device"].contains(program.names[$0.keyword])
          }.map(\.value), areArguments: true)
      case .list, .dictionary:
        // A list that a function makes an array of is none any more.
        if isMaker || !isArgument { hasList = true }
        add(program.tree.children(of: index))
      case .tuple where index != root: add(program.tree.children(of: index))
      case .interpolated, .walrus, .tuple, .subscript, .slice, .ellipsis, .lambda, .comprehension,
        .starred:
        return .no
      default: add(program.tree.children(of: index))
      }
    }
    if hasLeaf, isPlain { return .no }
    if !hasList { return isPlain ? .plain : .closed }
    // What computes with lists gives none that the program writes.
    return isMaker && !isPlain ? .data : .no
  }

  /// Whether an expression is a list, a dictionary, or what a function makes of its arguments.
  private func makes(_ node: SyntaxTree.Node) -> Bool {
    switch node.kind {
    case .list, .dictionary: true
    case .call: !isMethodOfArrays(program.tree.nodes[Int(node.first)])
    default: false
    }
  }

  /// Whether a callee is a method of what an expression gives: `np.arange(6).reshape`.
  private func isMethodOfArrays(_ callee: SyntaxTree.Node) -> Bool {
    callee.kind == .attribute && program.tree.nodes[Int(callee.first)].kind != .name
      && !program.isModule(callee.first, { [visible] in visible.binding($0) })
      && ArrayWord.named(program.names[callee.second]) != nil
  }

  /// Whether a callee makes a value of an engine of derivatives, which is an input wherever it stands:
  /// `Value(w)`.
  func isLeaf(_ callee: SyntaxTree.Node) -> Bool {
    guard callee.kind == .name, lookup(callee.first) == nil else { return false }
    return program.tree.engines.contains(callee.first)
      || ["Value", "Var", "Scalar"].contains(program.meant(callee.first))
  }

  /// Whether a callee makes a parameter: `nn.Parameter(…)`.
  func isParameter(_ callee: SyntaxTree.Node) -> Bool {
    callee.kind == .name
      ? program.meant(callee.first) == "Parameter" : program.names[callee.second] == "Parameter"
  }

  /// Whether a comprehension draws its items at random, which makes inputs of them: the first weights of a
  /// class, `self.w = [random.uniform(-1, 1) for _ in range(n)]`.
  func drawsItems(_ expression: SyntaxTree.Expression) -> Bool {
    let nodes = program.tree.nodes[Int(expression.begin)...Int(expression.root)]
    guard nodes.last?.kind == .comprehension else { return false }
    return nodes.contains { node in
      node.kind == .call && Draw.isNumber(word(of: program.tree.nodes[Int(node.first)]))
    }
  }

  /// What a callee is called in the tables.
  private func word(of callee: SyntaxTree.Node) -> String {
    switch callee.kind {
    case .name: program.meant(callee.first)
    case .attribute: program.names[callee.second]
    default: ""
    }
  }

  /// What makes an input of its own of an element of a list: `Value(0.5)`, or a number that is differentiated
  /// by, `torch.tensor(0.5, requires_grad=True)`; `nil` where nothing does.
  func leafStep(_ root: Int32) -> Step? {
    let node = program.tree.nodes[Int(root)]
    guard numeric == 0, node.kind == .call else { return nil }
    if isLeaf(program.tree.nodes[Int(node.first)]) { return .leaf(node.token) }
    return program.mark(of: .init(begin: root, root: root), isClosed: true) == true
      ? .learn(node.token) : nil
  }

  /// Whether a callee is a function of the tables, whatever it is called on.
  private func isKnownFunction(_ callee: SyntaxTree.Node) -> Bool {
    switch callee.kind {
    case .name:
      return
        (program.vocabulary.isFunction(callee.first)
        || ArrayWord.named(program.meant(callee.first)) != nil) && lookup(callee.first) == nil
    case .attribute:
      let owner = program.tree.nodes[Int(callee.first)]
      if owner.kind == .name, let value = value(of: owner.first), object(value) is RandomObject {
        return true
      }
      return
        (program.vocabulary.isFunction(callee.second)
        || ArrayWord.named(program.names[callee.second]) != nil)
        && program.isModule(callee.first) { [visible] in visible.binding($0) }
    default: return false
    }
  }

  /// Puts an expression on the list of tasks, as a number alone where it is one.
  mutating func push(_ root: Int32, _ plain: Plainness) {
    if plain == .no {
      tasks.append(.expression(root))
    } else {
      tasks += [.endNumeric, .expression(root), .beginNumeric]
    }
  }
}
