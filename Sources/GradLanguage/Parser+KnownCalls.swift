/// Calls that are read as something else: what only compiles a function, functions that libraries have in two
/// forms under one name, and functions without a name where one is wanted.
extension Parser {
  /// What a call of `callee`, with the pending arguments from `base` on, is instead: an operand; `nil` if it is
  /// what it says, perhaps by another name.
  mutating func simplified(_ callee: Int32, from base: Int) -> Int32? {
    let node = tree.nodes[Int(callee)]
    guard node.kind == .name || node.kind == .attribute else { return nil }
    let name = node.kind == .name ? node.first : node.second
    let meant = tree.importedNames[name] ?? name
    shorten(callee)
    if let word = randomWord(callee) {
      rename(callee, word)
      tree.isDynamic = true
      return nil
    }
    switch names.call(meant) {
    case .compiling:
      guard isOfJAX(callee), base < pending.count else { return nil }
      let function = pending[base].value
      pending.removeSubrange(base...)
      leaveOut(callee)
      tree.isDynamic = true
      return function
    case .mapping:
      guard isOfJAX(callee) else { return nil }
      rename(callee, "tree_map")
      tree.isDynamic = true
    case .dynamic: tree.isDynamic = true
    case .range where node.kind == .attribute && isOfTensorFlow(callee):
      rename(callee, "arange")
      tree.isDynamic = true
    case .maker where isOfOptimizers(callee):
      // An optimizer that a function returns.
      pending.removeSubrange(base...)
      leaveOut(callee)
      tree.isDynamic = true
      return add(.init(kind: .none, token: node.token))
    case .bar where base < pending.count:
      // A bar that shows how far a loop is.
      let items = pending[base].value
      pending.removeSubrange(base...)
      leaveOut(callee)
      return items
    case .rangeOfBar: rename(callee, "range")
    case .place where isOfOperator(callee):
      rename(callee, names[tree.nodes[Int(node.first)].second] + ".at")
      tree.nodes[Int(callee)].first = tree.nodes[Int(node.first)].first
      tree.isDynamic = true
    case .closeness where names[root(of: callee)] == "math": rename(callee, "math.isclose")
    case .gathering where node.kind == .attribute && isOfTensorFlow(callee):
      rename(callee, "tf.gather")
      tree.isDynamic = true
    case .choice:
      guard isOfJAX(callee) else { return nil }
      rename(callee, "lax.\(names[meant])")
      tree.isDynamic = true
    case .gelu: nameExactly(callee, names[meant], from: base)
    case .gradient: nameFunction(from: base)
    case .other, .range, .maker, .bar, .place, .closeness, .gathering, .parameter, .variable,
      .marking:
      break
    }
    return nil
  }

  /// Leaves out modules inside of modules, whose functions no other module has: `torch.utils.data.DataLoader`.
  private mutating func shorten(_ callee: Int32) {
    guard tree.nodes[Int(callee)].kind == .attribute, case let name = root(of: callee), name >= 0,
      ["torch", "tf", "tensorflow", "keras"].contains(names[name])
    else { return }
    var owner = tree.nodes[Int(callee)].first
    while case let node = tree.nodes[Int(owner)], node.kind == .attribute,
      Self.innerModules.contains(names[node.second])
    {
      tree.nodes[Int(owner)] = .init(kind: .truth, token: node.token, first: 1)
      owner = node.first
      tree.isDynamic = true
    }
    tree.nodes[Int(callee)].first = owner
  }

  private static let innerModules: Set<String> = ["utils", "data", "distributions", "losses"]

  /// Makes what was called say nothing, as nothing calls it any more.
  private mutating func leaveOut(_ callee: Int32) {
    var index = callee
    while index >= 0 {
      let node = tree.nodes[Int(index)]
      tree.nodes[Int(index)] = .init(kind: .truth, token: node.token, first: 1)
      index = node.kind == .attribute ? node.first : -1
    }
  }

  /// Gives the function that a call differentiates a name, if it has none: `jax.grad(lambda x: x**3)`.
  ///
  /// Inside of other functions and of brackets it may read names that are theirs, and keeps its place.
  private mutating func nameFunction(from base: Int) {
    guard function == nil, bodies.isEmpty, base < pending.count, frames.allSatisfy(\.isOfOperator)
    else { return }
    let value = tree.nodes[Int(pending[base].value)]
    guard value.kind == .lambda else { return }
    var word = "lambda"
    while tree.functions.contains(where: { $0.name >= 0 && names[$0.name] == word }) { word += "'" }
    let name = names.number(of: word)
    define(value.first, name, value.token)
    pending[base].value = add(.init(kind: .name, token: value.token, first: name))
  }

  /// Makes a function that was written as `lambda` one of the program, under a name.
  mutating func define(_ number: Int32, _ name: Int32, _ token: Int32) {
    tree.functions[Int(number)].name = name
    tree.functions[Int(number)].isInner = false
    add(SyntaxTree.Statement(kind: .define, token: token, function: number))
  }

  /// Names GELU as it is computed: `approximate="tanh"` in PyTorch, and what JAX does unless it is told
  /// otherwise.
  ///
  /// What chose the form is taken from the arguments.
  private mutating func nameExactly(_ callee: Int32, _ meant: String, from base: Int) {
    var isByTanh = isOfJAX(callee)
    if let place = pending[base...].firstIndex(where: {
      $0.keyword >= 0 && names[$0.keyword] == "approximate"
    }) {
      let value = tree.nodes[Int(pending[place].value)]
      switch (value.kind, text(tokens[Int(value.token)])) {
      case (.string, "'tanh'"), (.string, "\"tanh\""), (.truth, "True"): isByTanh = true
      case (.string, "'none'"), (.string, "\"none\""), (.truth, "False"): isByTanh = false
      default: return
      }
      pending.remove(at: place)
    }
    if isByTanh { rename(callee, meant == "gelu" ? "gelu_tanh" : "GELUTanh") }
  }

  private mutating func rename(_ callee: Int32, _ name: String) {
    let number = names.number(of: name)
    if tree.nodes[Int(callee)].kind == .name {
      tree.nodes[Int(callee)].first = number
    } else {
      tree.nodes[Int(callee)].second = number
    }
  }

  private func isOfJAX(_ callee: Int32) -> Bool {
    ["jax", "flax"].contains(origins[root(of: callee)])
  }

  private func isOfTensorFlow(_ callee: Int32) -> Bool {
    let name = root(of: callee)
    return name >= 0 && ["tf", "tensorflow"].contains(origins[name] ?? names[name])
  }

  /// Whether a callee is one of `torch.optim` or `tf.optimizers`.
  private func isOfOptimizers(_ callee: Int32) -> Bool {
    let node = tree.nodes[Int(callee)]
    guard node.kind == .attribute else { return false }
    let owner = tree.nodes[Int(node.first)]
    guard owner.kind == .name || owner.kind == .attribute else { return false }
    return ["optim", "optimizers"].contains(names[owner.kind == .name ? owner.first : owner.second])
  }

  /// Whether a callee is a method of an operator of NumPy: `np.add.at`.
  private func isOfOperator(_ callee: Int32) -> Bool {
    let node = tree.nodes[Int(callee)]
    guard node.kind == .attribute else { return false }
    let owner = tree.nodes[Int(node.first)]
    guard owner.kind == .attribute, ["add", "subtract"].contains(names[owner.second])
    else { return false }
    let name = root(of: callee)
    return name >= 0 && ["np", "numpy"].contains(origins[name] ?? names[name])
  }

  /// What a function that draws random numbers is called in the tables, where it is one of Python's own module
  /// `random` or of those of JAX and TensorFlow; `nil` for any other.
  private mutating func randomWord(_ callee: Int32) -> String? {
    let node = tree.nodes[Int(callee)]
    guard node.kind == .attribute else {
      let word = node.kind == .name ? names[tree.importedNames[node.first] ?? node.first] : ""
      return origins[node.first] == "random" && !isKnown(node.first)
        ? known(random: "random", word) : nil
    }
    let owner = tree.nodes[Int(node.first)]
    let word = names[node.second]
    if owner.kind == .attribute, names[owner.second] == "random" {
      if isOfTensorFlow(callee) { return "tf.random" }
      return isOfJAX(callee) ? known(random: "jax.random", word) ?? "jax.random" : nil
    }
    guard owner.kind == .name, !isKnown(owner.first) else { return nil }
    let module = names[tree.importedNames[owner.first] ?? owner.first]
    switch origins[owner.first] ?? module {
    case "jax" where module == "random": return known(random: "jax.random", word) ?? "jax.random"
    case "random": return known(random: "random", word)
    default: return nil
    }
  }

  /// The word for a function of a module of random numbers; `nil` if the tables have none.
  private func known(random module: String, _ word: String) -> String? {
    ArrayWord.named("\(module).\(word)") == nil ? nil : "\(module).\(word)"
  }

  /// The name that an attribute begins with: `jax` of `jax.nn.gelu`.
  private func root(of index: Int32) -> Int32 {
    var node = tree.nodes[Int(index)]
    while node.kind == .attribute { node = tree.nodes[Int(node.first)] }
    return node.kind == .name ? node.first : -1
  }
}

/// What a word says of a call of what it names, whatever that belongs to: most say nothing.
enum CalledWord: UInt8, Sendable {
  case other
  /// Compiles a function, which is then the same.
  case compiling
  /// Maps a function over the leaves of a tree.
  case mapping
  /// Takes functions as values.
  case dynamic
  case range
  /// Makes what trains, shows or opens something.
  case maker
  /// Shows how far a loop is: `tqdm(items)`, `trange(n)`.
  case bar, rangeOfBar
  /// Changes entries in their place: `np.add.at`.
  case place
  case closeness, gathering, choice, gelu
  /// Differentiates.
  case gradient
  /// Makes a parameter, or makes one of a number: `nn.Parameter`, `tf.Variable`, `x.requires_grad_`.
  case parameter, variable, marking

  /// The words that say something.
  static let all: [String: CalledWord] = {
    var all: [String: CalledWord] = [
      "jit": .compiling, "checkpoint": .compiling, "remat": .compiling, "map": .mapping,
      "tree_map": .mapping, "vmap": .dynamic, "scan": .dynamic, "fori_loop": .dynamic,
      "range": .range, "tqdm": .bar, "trange": .rangeOfBar, "at": .place, "isclose": .closeness,
      "Parameter": .parameter, "Variable": .variable, "requires_grad_": .marking,
      "gather": .gathering, "cond": .choice, "select": .choice, "gelu": .gelu, "GELU": .gelu,
    ]
    for word in Word.ofDerivatives.keys { all[word] = .dynamic }
    for word in LeftOut.makers { all[word] = .maker }
    for word in Program.gradientWords { all[word] = .gradient }
    return all
  }()
}

extension Parser.Frame {
  /// Whether it waits for no more than an operand.
  fileprivate var isOfOperator: Bool {
    switch self {
    case .prefix, .binary, .root: true
    default: false
    }
  }
}
