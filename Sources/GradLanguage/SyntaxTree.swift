/// A program's syntax as flat arrays: no node owns another, so neither reading nor releasing a tree
/// nests, however deep the program does.
///
/// Operands stand before their operator, so the nodes of an expression are one stretch of ``nodes``
/// that ends with its root.
struct SyntaxTree: Sendable {
  var nodes: [Node] = []
  /// What calls and tuples hold.
  var arguments: [Argument] = []
  /// The expressions that statements compute.
  var values: [Expression] = []
  /// The names that statements give values to.
  var targets: [Target] = []
  /// The statements of the program itself.
  var statements: [Statement] = []
  var functions: [Function] = []
  /// Names whose statements could not be read; nothing more is said about them.
  var poisoned: Set<Int32> = []
  /// The blocks of `with tf.GradientTape() as tape:`, by their first word, and the tape's name, -1 for none.
  var tapes: [(token: Int32, name: Int32)] = []
  /// Names of what is no number and left out: an optimizer, a tape, a text.
  var unread: Set<Int32> = []
  /// Modules that the program imports, by the name it uses.
  var modules: Set<Int32> = []
  /// Functions that the program imports under another name.
  var importedNames: [Int32: Int32] = [:]
  /// Which of its derivatives a call is taken for: `torch.autograd.grad(J, w)[0]`.
  var elements: [Int32: Int] = [:]
  /// Whether a statement with a block was refused, so that nothing is said about its `else`.
  var hasRefusedBlock = false

  /// The statements of indented blocks, which statements refer to by number.
  var blocks: [[Statement]] = []
  var classes: [Class] = []
  var comprehensions: [Comprehension] = []
  var interpolations: [Interpolation] = []
  var attempts: [Attempt] = []
  var cases: [Case] = []
  /// Names that are given values inside of expressions and patterns, and those of errors.
  var captured: Set<Int32> = []
  /// Classes that define arithmetic: calls of them are their first argument.
  var engines: Set<Int32> = []
  /// Whether the program has more in it than numbers, their formulas and functions of them, so that what
  /// its names hold is known only when it runs.
  var isDynamic = false

  enum Kind: UInt8, Sendable {
    case number, name, string, truth, none
    /// A text with what is put into it, number `first`.
    case interpolated
    /// `name := second`, where `first` is the number of the name.
    case walrus
    case plus, negate, not
    case add, subtract, multiply, divide, power
    case floorDivide, modulo, matrixMultiply
    /// `x & y`, `x | y`, of masks and of whole numbers.
    case bitAnd, bitOr, bitXor, shiftLeft, shiftRight
    case less, lessEqual, greater, greaterEqual, equal, notEqual
    /// `x in y`, `x not in y`, `x is y`, `x is not y`.
    case contained, notContained, identical, notIdentical
    case and, or
    /// `first if second else third`.
    case conditional
    /// The callee `first` at the arguments from `second` to before `third`.
    case call
    /// The name number `second` of `first`.
    case attribute
    /// The arguments from `second` to before `third`.
    case tuple, list
    /// The same, keys and values by turns.
    case dictionary
    /// Of `first` the elements that the arguments from `second` to before `third` name.
    case `subscript`
    /// `first:second:third`, each -1 where it is left out.
    case slice
    /// `...`, all the axes in between.
    case ellipsis
    /// Function number `first`, which has no name.
    case lambda
    /// Comprehension number `first`.
    case comprehension
    /// `*first`, where its elements stand one by one.
    case starred

    /// Whether it asks for objects rather than for numbers: `is`, `in`.
    var isOfObjects: Bool {
      self == .contained || self == .notContained || self == .identical || self == .notIdentical
    }

    var isComparison: Bool {
      rawValue >= Kind.less.rawValue && rawValue <= Kind.notIdentical.rawValue
    }
  }

  struct Node: Sendable {
    var kind: Kind
    /// Whether a comparison goes on from the one that is its first operand: `0 < x < 1`.
    var isChained = false
    /// The word to point at.
    var token: Int32
    var first: Int32 = -1
    var second: Int32 = -1
    var third: Int32 = -1
  }

  struct Argument: Sendable {
    /// The name it is given by; -1 for none.
    var keyword: Int32 = -1
    var token: Int32
    var value: Int32
  }

  /// The nodes from `begin` to `root`.
  struct Expression: Sendable {
    var begin: Int32
    var root: Int32
  }

  struct Target: Sendable {
    /// The name; -1 where something else is given a value.
    var name: Int32
    var token: Int32
    /// What is given a value, a node: an attribute, an element, a list of targets; -1 for a name.
    var node: Int32 = -1
  }

  /// A text with values in it.
  struct Interpolation: Sendable {
    enum Piece: Sendable {
      case text(String)
      /// The value of a node, as `repr` has it or not, in a format that may hold values itself.
      indirect case value(Int32, isRepresented: Bool, format: [Piece])

      fileprivate var values: [Int32] {
        switch self {
        case .text: []
        case .value(let node, _, let format): [node] + format.flatMap(\.values)
        }
      }
    }
    var pieces: [Piece]

    /// The nodes that are put in.
    var values: [Int32] {
      pieces.flatMap(\.values)
    }
  }

  /// The handlers of a `try`, and the block that is run at last; -1 for none.
  struct Attempt: Sendable {
    var handlers: [Handler] = []
    var finally: Int32 = -1
  }

  /// `except types as name:`; any error where there are no types.
  struct Handler: Sendable {
    var types: [Int32] = []
    var name: Int32 = -1
    var block: Int32 = -1
  }

  /// `[element for targets in items if condition …]`, and what is written alike.
  struct Comprehension: Sendable {
    enum Kind: UInt8, Sendable { case list, dictionary, set, generator }
    struct Clause: Sendable {
      /// A name, or a tuple of names.
      var target: Int32
      var items: Int32
      var conditions: [Int32] = []
    }
    var kind: Kind
    /// What is collected; the value, where it is a dictionary.
    var element: Int32
    var key: Int32 = -1
    var clauses: [Clause] = []
  }

  struct Class: Sendable {
    var name: Int32
    var token: Int32
    var bases: [Expression] = []
    /// The number of its block.
    var body: Int32 = -1
    /// The names that its block declares with a type, in order.
    var fields: [Int32] = []
    /// Whether objects are made of its fields: `@dataclass`.
    var isOfFields = false
  }

  struct Statement: Sendable {
    enum Kind: UInt8, Sendable {
      /// Gives the values to the targets, once for each group of as many targets as values.
      case assign
      /// Computes its one value for the reader alone.
      case expression
      /// Makes function number `function` known.
      case define
      /// Gives the node that its value names the text at `token` for a name.
      case label
      /// Gives the targets values that are made of derivatives and not known here.
      case forget
      /// Differentiates its first value, which is then the output: `J.backward()`; a second one is the
      /// weight it is given.
      case differentiate
      /// Computes its one value, which is shown or thrown away, for the derivatives in it.
      case look
      /// Says that its one value is a parameter, or with ``Option/off`` that it is data.
      case mark
      /// Forgets the derivatives that were found: `optimizer.zero_grad()`.
      case clear
      /// Gives its one target the text at `token`.
      case text
      /// Runs its block while its value holds, then block `otherwise`.
      case `while`
      /// Runs its block for each item of its value, given to its targets, then block `otherwise`.
      case `for`
      /// Runs its block if its value holds, else block `otherwise`.
      case `if`
      case `break`, `continue`
      /// Ends the function with its value, or with none.
      case `return`
      /// Adds its value to those that the call of a generator gives.
      case yield
      /// Makes class number `function` known.
      case `class`
      /// Ends the program, or a `try` around it, with an error of its own.
      case raise
      /// Runs its block, with what number `function` of ``SyntaxTree/attempts`` does about errors.
      case attempt
      /// Runs its block between the two methods of its value, a manager.
      case manage
      /// Takes elements out of what they belong to.
      case delete
      /// Runs the first of the statements of its block whose pattern its value has.
      case match
      /// Case number `function`, whose value is its guard.
      case `case`
      /// Runs its block, and keeps the values alone of what is computed in it.
      case detached

      /// Whether it computes anything.
      var isComputed: Bool { self == .assign || self == .expression }
    }

    /// What is different about a statement.
    enum Option: UInt8, Sendable {
      case none
      /// An assignment whose one value gives each target its own number.
      case spread
      /// An assignment whose target becomes a leaf: `w.data = …`.
      case update
      /// A pass backward whose derivatives are nodes, so that they can be differentiated again.
      case keepsGraph
      /// A mark that is taken away.
      case off
      /// An assignment whose one value holds one item for each target.
      case unpack
      /// An assignment with an operator, which changes a list in its place.
      case augmented
      /// A loop that differentiates and changes what it differentiates by: only its first pass is known.
      case firstPass
    }
    var kind: Kind
    var option = Option.none
    var token: Int32
    var values: Range<Int32> = 0..<0
    var targets: Range<Int32> = 0..<0
    /// The function or class that is defined.
    var function: Int32 = -1
    /// Blocks, by their numbers; -1 for none.
    var block: Int32 = -1
    var otherwise: Int32 = -1
  }

  struct Parameter: Sendable {
    var name: Int32
    var token: Int32
    var fallback: Expression?
  }

  struct Function: Sendable {
    /// How a method is reached from its class or an object.
    enum Binding: UInt8, Sendable {
      case plain
      /// `@property`: it is called where it is read.
      case property
      /// `@classmethod`: its first argument is the class.
      case ofClass
      /// `@staticmethod`: it has no receiver.
      case alone
      /// `@x.setter`: it is called where the property is given a value.
      case setter
    }
    var name: Int32
    var token: Int32
    var parameters: [Parameter] = []
    var body: [Statement] = []
    var result: Expression?
    /// Whether something in it could not be read; nothing more is said about it.
    var isBroken = false
    /// Whether it is written as mathematics does: `f(x) = …`.
    var isFormula = false
    /// Whether it is part of another function or of a class, or has no name.
    var isInner = false
    /// The parameter that takes what is given beyond the others, `*args`.
    var rest: Int32 = -1
    /// The parameter that takes what is given by other names, `**options`.
    var options: Int32 = -1
    var binding = Binding.plain
    /// Whether no derivative passes through its result: `@torch.no_grad()`.
    var isDetached = false
    /// Whether it returns a function for the way back besides its value: `@tf.custom_gradient`.
    var returnsDerivative = false
    /// Whether it gives values one by one: `yield`.
    var isGenerator = false
    /// Names of the program or of the function around it that it assigns: `global x`.
    var outerNames: Set<Int32> = []
    /// Where its decorators stand that are functions of the program.
    var wrappers: [Int] = []
    /// How many of its parameters may be given by place; `nil` for all.
    var positional: Int?
  }
}

extension SyntaxTree {
  /// Whether a statement reads one of `names`, for which it has to be searched.
  func reads(_ statement: Statement, _ names: Set<Int32>) -> Bool {
    !names.isEmpty
      && values(of: statement).contains { value in
        nodes[Int(value.begin)...Int(value.root)].contains {
          $0.kind == .name && names.contains($0.first)
        }
      }
  }

  /// The expressions that a statement computes.
  func values(of statement: Statement) -> ArraySlice<Expression> {
    values[Int(statement.values.lowerBound)..<Int(statement.values.upperBound)]
  }

  /// The names that a statement gives values to.
  func targets(of statement: Statement) -> ArraySlice<Target> {
    targets[Int(statement.targets.lowerBound)..<Int(statement.targets.upperBound)]
  }

  /// The nodes directly below node `index`, in the order they are written.
  func children(of index: Int32) -> [Int32] {
    let node = nodes[Int(index)]
    switch node.kind {
    case .number, .name, .string, .truth, .none, .ellipsis: return []
    case .interpolated: return interpolations[Int(node.first)].values
    case .walrus: return [node.second]
    case .plus, .negate, .not, .attribute, .starred: return [node.first]
    case .conditional: return [node.first, node.second, node.third]
    case .call: return [node.first] + arguments[Int(node.second)..<Int(node.third)].map(\.value)
    case .tuple, .list, .dictionary:
      return arguments[Int(node.second)..<Int(node.third)].map(\.value)
    case .subscript:
      return [node.first] + arguments[Int(node.second)..<Int(node.third)].map(\.value)
    case .slice: return [node.first, node.second, node.third].filter { $0 >= 0 }
    case .lambda: return functions[Int(node.first)].result.map { [$0.root] } ?? []
    case .comprehension:
      let comprehension = comprehensions[Int(node.first)]
      return [comprehension.key, comprehension.element].filter { $0 >= 0 }
        + comprehension.clauses.flatMap { [$0.items] + $0.conditions }
    default: return [node.first, node.second]
    }
  }
}
