import GradCore

/// What the names of a program mean where the program gives them no meaning of its own.
///
/// The functions are those of the operator table; this only adds the words that stand for no
/// operation at all: constants, modules, and functions that are their argument.
struct Vocabulary: Sendable {
  /// The operator of each name, by the name's number.
  let rows: [(any Operator.Type)?]
  let constants: [Double?]
  let words: [Word?]

  enum Word: Sendable {
    case module, submodule
    /// A function that is its argument.
    case argument
    /// A function that is the value of its argument, through which no derivative goes.
    case value
    /// A function that is the one as a function, the other as a method: `float(x)`, `x.float()`.
    case valueOrArgument
    /// A function that differentiates.
    case gradient

    /// Whether it is a function of a number.
    var isFunction: Bool { self == .argument || self == .value || self == .valueOrArgument }
  }

  static let constants: [String: Double] = [
    "pi": .pi, "e": 2.718281828459045, "tau": 2 * .pi, "inf": .infinity, "nan": .nan,
    "Inf": .infinity, "NaN": .nan,
  ]

  private static let wordsByName: [String: Word] = {
    var words: [String: Word] = [:]
    for name in [
      "math", "np", "numpy", "torch", "jnp", "jax", "tf", "F", "nn", "scipy", "anp", "autograd",
      "random",
    ] { words[name] = .module }
    for name in [
      "functional", "special", "lax", "activations", "keras", "linalg", "random", "init",
      "Transformer", "tree", "tree_util", "stats", "func",
    ] { words[name] = .submodule }
    for name in [
      "array", "asarray", "as_tensor", "Value", "double", "float64", "clone", "requires_grad_",
      "Var", "Scalar", "Node", "Const", "SimpleTensor", "copy", "deepcopy",
    ] { words[name] = .argument }
    for name in ["tensor", "Tensor", "Variable", "Parameter", "constant", "item", "tolist"] {
      words[name] = .value
    }
    words["float"] = .valueOrArgument
    for name in Program.gradientWords { words[name] = .gradient }
    return words
  }()

  private static let known = WordFilter(OperatorRow.names + constants.keys + wordsByName.keys)

  /// What a name stands for that is neither an operator's nor a constant's.
  static func word(_ name: String) -> Word? { wordsByName[name] }

  /// The names of modules and what is in them that has functions.
  static let modules = wordsByName.filter {
    switch $0.value {
    case .module, .submodule: true
    default: false
    }
  }.keys.sorted()

  /// The names of functions that differentiate.
  static let gradients = Program.gradientWords.sorted()

  /// The names of functions that stand for no operation.
  static let wrappers = wordsByName.filter { $0.value.isFunction }.keys.sorted()

  init(_ names: NameTable, _ tree: SyntaxTree) {
    // Of many names most are the program's own, which one look tells for all three.
    let meant = names.names.indices.map { number -> String? in
      let name = Int(tree.importedNames[Int32(number)] ?? Int32(number))
      return names.mayBe(Self.known, name) ? names.forms[name] : nil
    }
    rows = meant.map { $0.flatMap(OperatorRow.named) }
    constants = meant.map { $0.flatMap { Self.constants[$0] } }
    words = names.names.indices.map { number in
      tree.modules.contains(Int32(number)) && tree.importedNames[Int32(number)] == nil
        ? .module
        : tree.engines.contains(Int32(number))
          ? .argument : meant[number].flatMap { Self.wordsByName[$0] }
    }
  }

  /// Whether the name `number` is one of a function.
  func isFunction(_ number: Int32) -> Bool {
    rows[Int(number)] != nil || words[Int(number)]?.isFunction ?? false
  }
}
