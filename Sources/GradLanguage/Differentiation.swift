/// A call that differentiates: `torch.autograd.grad(J, w)`, `tape.gradient(J, [w, b])`,
/// `jax.grad(f)(x)`.
struct Differentiation {
  /// What is differentiated.
  enum Subject {
    /// The expression at a node of the syntax.
    case value(Int32)
    /// Function number `number` of the program, called with the arguments of the call.
    case function(Int)
  }
  var subject: Subject
  /// Whether a function is differentiated.
  var isOfFunction: Bool { if case .function = subject { true } else { false } }
  /// For a value, the names by which it is differentiated; where something else is given, none.
  var sources: [Int32] = []
  /// For a value of several entries, the expression of what each of them counts; `nil` if nothing says so.
  var weights: Int32?
  /// Whether a value of several entries stands for their sum: in TensorFlow.
  var sumsEntries = false
  /// Whether the derivatives are recorded, so that they can be differentiated again.
  var keepsGraph = false
  /// For a function, the parameters by which it is differentiated before that, one after the other.
  var before: [Int] = []
  /// For a function, the parameters by which it is differentiated.
  var positions: [Int] = []
  /// How the derivatives are given.
  enum Form {
    /// As what they are by: one, or a list, a tuple or a dictionary.
    case asGiven
    /// As a tuple, also one alone.
    case tuple
  }
  var form = Form.asGiven
  /// Whether the value comes behind the derivatives: `torch.func.grad_and_value`.
  var valueIsLast = false
  /// Whether the value comes with the derivatives, before them: `jax.value_and_grad`.
  var givesValue = false
  /// Whether the function returns something besides the value: `has_aux=True`.
  var hasMore = false
}

extension Program {
  /// The words that differentiate, if the program defines no function of that name.
  static let gradientWords: Set<String> = [
    "grad", "gradient", "gradients", "value_and_grad", "grad_and_value",
  ]

  /// How call `index` differentiates; `nil` if it does not.
  func differentiation(
    _ index: Int32, _ lookup: (Int32) -> Binding?
  ) throws(Mistake) -> Differentiation? {
    let call = tree.nodes[Int(index)]
    let callee = tree.nodes[Int(call.first)]
    switch callee.kind {
    case .call:
      guard let found = derivative(ofFunction: call.first, lookup) else {
        throw Mistake(
          code: .notAFunction, message: "a number is no function", token: callee.token,
          help: "only grad(f) and value_and_grad(f) give functions, of a function f of the program")
      }
      return found
    case .name:
      switch lookup(callee.first) {
      case .derivative(let node): return derivative(ofFunction: node, lookup)
      case .value, .function: return nil
      case nil: break
      }
    default: break
    }
    guard vocabulary.word(of: lastName(of: callee)) == .gradient, !isNumPy(callee) else {
      return nil
    }
    let arguments = tree.arguments[Int(call.second)..<Int(call.third)]
    let word = names[tree.importedNames[lastName(of: callee)] ?? lastName(of: callee)]
    func argument(_ place: Int, _ words: String...) -> SyntaxTree.Argument? {
      let unnamed = arguments.filter { $0.keyword < 0 }
      return place < unnamed.count
        ? unnamed[unnamed.startIndex + place] : arguments.first { words.contains(names(of: $0)) }
    }
    guard let first = argument(0, "outputs", "target") ?? arguments.first else {
      throw Mistake(
        code: .wrongArguments, message: "\(quoted(word)) takes what to differentiate",
        token: callee.token)
    }
    if let function = function(at: first.value, lookup) {
      if word == "gradient" || word == "gradients", arguments.count > 1 {
        let positions = Array(0..<(arguments.count - 1))
        return Differentiation(subject: .function(function), positions: positions)
      }
      throw Mistake(
        code: .functionAsValue,
        message: "\(quoted(word)) of a function is a function, not a number",
        token: callee.token,
        help: "call it: \(word)(\(names[tree.nodes[Int(first.value)].first]))(x)"
      )
    }
    guard let sources = argument(1, "inputs", "sources") else { throw notNamed(word, callee) }
    let weights = argument(2, "grad_outputs", "output_gradients")?.value
    return Differentiation(
      subject: .value(first.value), sources: leaves(of: sources.value),
      weights: weights.flatMap { tree.nodes[Int($0)].kind == .none ? nil : $0 },
      sumsEntries: word != "grad",
      keepsGraph: keepsGraph(arguments, callee),
      form: word == "grad" || tree.nodes[Int(sources.value)].kind == .tuple ? .tuple : .asGiven)
  }

  /// Whether the derivatives of a call are recorded: with `create_graph=True`, and inside the block of
  /// another tape.
  private func keepsGraph(
    _ arguments: ArraySlice<SyntaxTree.Argument>, _ callee: SyntaxTree.Node
  ) -> Bool {
    if let told = arguments.first(where: { names(of: $0) == "create_graph" }) {
      let value = tree.nodes[Int(told.value)]
      return value.kind != .truth || value.first == 1
    }
    guard callee.kind == .attribute else { return false }
    let receiver = tree.nodes[Int(callee.first)]
    return tree.tapes.contains { tape in
      tape.token < callee.token && !(receiver.kind == .name && receiver.first == tape.name)
        && depth(at: callee.token, from: tape.token) > 0
    }
  }

  /// How many more blocks are open at a word than at one before it.
  private func depth(at token: Int32, from first: Int32) -> Int {
    var depth = 0
    for token in tokens[Int(first)..<Int(token)] {
      if token.kind == .indent { depth += 1 }
      if token.kind == .dedent { depth -= 1 }
      if depth < 0 { break }
    }
    return depth
  }

  /// What `grad(f)` at node `index` differentiates; `nil` if it is none.
  func derivative(ofFunction index: Int32, _ lookup: (Int32) -> Binding?) -> Differentiation? {
    guard callsGradient(index) else { return nil }
    let call = tree.nodes[Int(index)]
    let callee = tree.nodes[Int(call.first)]
    let name = lastName(of: callee)
    let word = names[tree.importedNames[name] ?? name]
    let arguments = tree.arguments[Int(call.second)..<Int(call.third)]
    guard ["grad", "value_and_grad", "grad_and_value"].contains(word), let first = arguments.first,
      callee.kind == .attribute || lookup(name) == nil
    else { return nil }
    let inner = innerDerivative(at: first.value, lookup)
    guard let subject = inner?.subject ?? function(at: first.value, lookup).map({ .function($0) })
    else { return nil }
    var positions = [0]
    var form = Differentiation.Form.asGiven
    if let numbers = arguments.dropFirst().first(where: {
      $0.keyword < 0 || names(of: $0) == "argnums"
    }) {
      let kind = tree.nodes[Int(numbers.value)].kind
      if kind == .tuple || kind == .list { form = .tuple }
      let parts = kind == .list ? tree.children(of: numbers.value) : leaves(of: numbers.value)
      positions = parts.compactMap { leaf in
        let node = tree.nodes[Int(leaf)]
        return node.kind == .number ? Int(exactly: self.numbers[Int(node.first)]) : nil
      }
    }
    var result = Differentiation(
      subject: subject, positions: positions, form: form,
      givesValue: word != "grad")
    result.valueIsLast = word == "grad_and_value"
    if let inner { result.before = inner.before + inner.positions }
    result.hasMore = arguments.contains { argument in
      names(of: argument) == "has_aux" && tree.nodes[Int(argument.value)].first == 1
    }
    return result
  }

  /// The derivative that is differentiated again: `grad(f)` in `grad(grad(f))`.
  private func innerDerivative(at index: Int32, _ lookup: (Int32) -> Binding?) -> Differentiation? {
    var inner = derivative(ofFunction: index, lookup)
    let node = tree.nodes[Int(index)]
    if node.kind == .name, case .derivative(let call)? = lookup(node.first) {
      inner = derivative(ofFunction: call, lookup)
    }
    // Of several derivatives, or of the value beside one, there is no derivative.
    return inner.flatMap { $0.positions.count == 1 && !$0.givesValue ? $0 : nil }
  }

  /// Refuses the derivative of a function that has no name, or of a number by nothing.
  func notNamed(_ word: String, _ callee: SyntaxTree.Node) -> Mistake {
    Mistake(
      code: .wrongArguments,
      message:
        "\(quoted(word)) takes a function that 'def' names, or a value and what it is made of",
      token: callee.token, help: "def f(x): return …; then \(word)(f)(x)")
  }

  /// Whether node `index` is a call of a word that differentiates, whatever the program calls so.
  ///
  /// To be asked for before ``derivative(ofFunction:_:)`` where that is no more than possible: a closure
  /// that looks names up may copy all that it knows.
  @inline(__always) func callsGradient(_ index: Int32) -> Bool {
    let call = tree.nodes[Int(index)]
    guard call.kind == .call else { return false }
    let callee = tree.nodes[Int(call.first)]
    guard callee.kind == .name || callee.kind == .attribute else { return false }
    return vocabulary.word(of: lastName(of: callee)) == .gradient
  }

  private func function(at index: Int32, _ lookup: (Int32) -> Binding?) -> Int? {
    let node = tree.nodes[Int(index)]
    if node.kind == .name, case .function(let number)? = lookup(node.first) { return number }
    return nil
  }

  /// The parts of a tuple, or the node itself.
  private func leaves(of index: Int32) -> [Int32] {
    tree.nodes[Int(index)].kind == .tuple ? tree.children(of: index) : [index]
  }

  private func lastName(of callee: SyntaxTree.Node) -> Int32 {
    callee.kind == .name ? callee.first : callee.second
  }

  private func names(of argument: SyntaxTree.Argument) -> String {
    argument.keyword < 0 ? "" : names[argument.keyword]
  }

  /// Whether a callee is a function of NumPy, whose `gradient` takes differences of arrays.
  private func isNumPy(_ callee: SyntaxTree.Node) -> Bool {
    guard callee.kind == .attribute else { return false }
    let module = tree.nodes[Int(callee.first)]
    return module.kind == .name && ["np", "numpy"].contains(names[module.first])
  }

  /// Whether the program may differentiate functions: `jax.grad(f)`.
  var differentiatesFunctions: Bool {
    ["grad", "value_and_grad", "grad_and_value"].contains { names.existing($0) != nil }
  }

  // MARK: Parameters

  /// Whether an expression says that its value is a parameter, or that it is none; `nil` if it says
  /// nothing.
  ///
  /// - Parameters:
  ///   - expression: What a statement computes.
  ///   - isClosed: Whether the value is a number, so that a mark anywhere in it counts.
  /// - Returns: Whether it is a parameter.
  func mark(of expression: SyntaxTree.Expression, isClosed: Bool) -> Bool? {
    if isClosed {
      let marks = (expression.begin...expression.root).compactMap { markOfCall($0) }
      return marks.isEmpty ? nil : marks.contains(true)
    }
    var index = expression.root
    while tree.nodes[Int(index)].kind == .call {
      if let mark = markOfCall(index) { return mark }
      let call = tree.nodes[Int(index)]
      let callee = tree.nodes[Int(call.first)]
      guard callee.kind == .name || callee.kind == .attribute,
        vocabulary.word(of: lastName(of: callee))?.isFunction == true
      else { return nil }
      if call.second < call.third {
        index = tree.arguments[Int(call.second)].value
      } else if callee.kind == .attribute {
        index = callee.first
      } else {
        return nil
      }
    }
    return nil
  }

  /// What the call at node `index` says: `requires_grad=True`, `nn.Parameter(…)`, `tf.Variable(…)`.
  private func markOfCall(_ index: Int32) -> Bool? {
    let call = tree.nodes[Int(index)]
    guard call.kind == .call else { return nil }
    let callee = tree.nodes[Int(call.first)]
    guard callee.kind == .name || callee.kind == .attribute else { return nil }
    for place in Int(call.second)..<Int(call.third) {
      let argument = tree.arguments[place]
      guard argument.keyword >= 0,
        ["requires_grad", "trainable"].contains(names[argument.keyword])
      else { continue }
      let value = tree.nodes[Int(argument.value)]
      if value.kind == .truth { return value.first == 1 }
    }
    switch names.call(lastName(of: callee)) {
    case .parameter: return true
    case .variable:
      guard callee.kind == .attribute else { return nil }
      let module = tree.nodes[Int(callee.first)]
      let isTensorFlow =
        module.kind == .name && ["tf", "tensorflow"].contains(names[module.first])
      return isTensorFlow ? true : nil
    case .marking where callee.kind == .attribute:
      let arguments = tree.arguments[Int(call.second)..<Int(call.third)]
      let value = arguments.first.map { tree.nodes[Int($0.value)] }
      return value?.kind == .truth ? value?.first == 1 : true
    default: return nil
    }
  }
}
