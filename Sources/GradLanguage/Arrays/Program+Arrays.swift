import GradCore

extension Program {
  /// Whether a program calls a function that only arrays have.
  static func callsArrays(
    _ tree: SyntaxTree, _ names: NameTable, _ vocabulary: Vocabulary
  ) -> Bool {
    let defined = Set(tree.functions.map(\.name))
    return tree.nodes.contains { node in
      guard node.kind == .call else { return false }
      let callee = tree.nodes[Int(node.first)]
      let name: Int32
      switch callee.kind {
      case .name where !defined.contains(callee.first): name = callee.first
      case .attribute: name = callee.second
      default: return false
      }
      let meant = tree.importedNames[name] ?? name
      return !vocabulary.isFunction(name) && ArrayWord.named(names[meant]) != nil
    }
  }

  /// The name that a function was imported by, of what the program calls it.
  func meant(_ name: Int32) -> String { names[tree.importedNames[name] ?? name] }

  /// Whether the program names PyTorch.
  var usesTorch: Bool {
    ["torch", "nn"].contains { name in names.existing(name) != nil }
  }

  /// Whether the program computes with NumPy alone, whose numbers have no derivatives: `float(x)` takes
  /// none from them.
  var usesNumPyAlone: Bool {
    let others = [
      "torch", "nn", "tf", "tensorflow", "keras", "jax", "jnp", "autograd", "anp", "Value",
      "Tensor",
    ]
    return source.isPython && tree.engines.isEmpty
      && ["np", "numpy"].contains { names.existing($0) != nil }
      && others.allSatisfy { names.existing($0) == nil }
  }

  /// Names that the program uses as Python's lists: it appends to them, or sorts them.
  var listNames: Set<Int32> {
    let methods: Set<String> = [
      "append", "extend", "pop", "insert", "remove", "sort", "reverse", "index", "clear",
    ]
    var result: Set<Int32> = []
    for node in tree.nodes where node.kind == .attribute && methods.contains(names[node.second]) {
      let owner = tree.nodes[Int(node.first)]
      if owner.kind == .name { result.insert(owner.first) }
    }
    for statement in tree.everyStatement where statement.kind == .delete {
      for value in tree.values(of: statement) {
        let owner = tree.nodes[Int(tree.nodes[Int(value.root)].first)]
        if owner.kind == .name { result.insert(owner.first) }
      }
    }
    return result
  }
}

extension SyntaxTree {
  /// The statements of the program, of its functions and of all blocks.
  var everyStatement: [Statement] {
    statements + functions.flatMap(\.body) + blocks.joined()
  }
}

extension Source {
  /// Whether the text is Python's own, rather than of this language.
  var isPython: Bool { name.hasSuffix(".py") || name.hasSuffix(".ipynb") }
}
