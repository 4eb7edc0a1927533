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

  enum Kind: UInt8, Sendable {
    case number, name, string, truth
    case plus, negate, not
    case add, subtract, multiply, divide, power
    case less, lessEqual, greater, greaterEqual, equal, notEqual
    case and, or
    /// `first if second else third`.
    case conditional
    /// The callee `first` at the arguments from `second` to before `third`.
    case call
    /// The name number `second` of `first`.
    case attribute
    /// The arguments from `second` to before `third`.
    case tuple

    var isComparison: Bool { rawValue >= Kind.less.rawValue && rawValue <= Kind.notEqual.rawValue }
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
    var name: Int32
    var token: Int32
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
      /// A mark that is taken away.
      case off
    }
    var kind: Kind
    var option = Option.none
    var token: Int32
    var values: Range<Int32> = 0..<0
    var targets: Range<Int32> = 0..<0
    var function: Int32 = -1
  }

  struct Parameter: Sendable {
    var name: Int32
    var token: Int32
    var fallback: Expression?
  }

  struct Function: Sendable {
    var name: Int32
    var token: Int32
    var parameters: [Parameter] = []
    var body: [Statement] = []
    var result: Expression?
    /// Whether something in it could not be read; nothing more is said about it.
    var isBroken = false
    /// Whether it is written as mathematics does: `f(x) = …`.
    var isFormula = false
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
    case .number, .name, .string, .truth: return []
    case .plus, .negate, .not, .attribute: return [node.first]
    case .conditional: return [node.first, node.second, node.third]
    case .call: return [node.first] + arguments[Int(node.second)..<Int(node.third)].map(\.value)
    case .tuple: return arguments[Int(node.second)..<Int(node.third)].map(\.value)
    default: return [node.first, node.second]
    }
  }
}
