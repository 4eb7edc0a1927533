import GradCore

/// What the names of a program mean where the program gives them no meaning of its own.
///
/// The functions are those of the operator table; this only adds the words that stand for no
/// operation at all: constants, modules, and functions that are their argument.
struct Vocabulary: Sendable {
  /// What each name is of ``meanings``, by the name's number: of many names few have one.
  private let places: [Int32]
  /// That of no name comes first.
  private let meanings: [Meaning]

  private struct Meaning {
    var row: (any Operator.Type)?
    var constant: Double?
    var word: Word?
  }

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

  private static let known = WordFilter(
    Array(OperatorRow.unsortedNames) + constants.keys + wordsByName.keys)

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
    var places = [Int32](repeating: 0, count: names.names.count)
    var meanings = [Meaning()]
    for place in places.indices {
      let number = Int32(place)
      let imported = tree.importedNames[number]
      let name = Int(imported ?? number)
      // Of many names most are the program's own, which one look tells.
      let known = names.mayBe(Self.known, name) ? names.form(Int32(name)) : nil
      let isModule = imported == nil && tree.modules.contains(number)
      let isEngine = tree.engines.contains(number)
      if known == nil, !isModule, !isEngine { continue }
      let meaning = Meaning(
        row: known.flatMap(OperatorRow.named), constant: known.flatMap { Self.constants[$0] },
        word: isModule ? .module : isEngine ? .argument : known.flatMap { Self.wordsByName[$0] })
      if meaning.row == nil, meaning.constant == nil, meaning.word == nil { continue }
      places[place] = Int32(meanings.count)
      meanings.append(meaning)
    }
    (self.places, self.meanings) = (places, meanings)
  }

  private func meaning(of number: Int32) -> Meaning { meanings[Int(places[Int(number)])] }

  /// The operator of the name `number`.
  func row(of number: Int32) -> (any Operator.Type)? { meaning(of: number).row }

  /// The number that the name `number` stands for.
  func constant(of number: Int32) -> Double? { meaning(of: number).constant }

  /// What the name `number` stands for that is no operation.
  func word(of number: Int32) -> Word? { meaning(of: number).word }

  /// Whether the name `number` is one of a function.
  func isFunction(_ number: Int32) -> Bool {
    let meaning = meaning(of: number)
    return meaning.row != nil || meaning.word?.isFunction ?? false
  }
}
