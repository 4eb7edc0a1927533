/// What the machine moves: values, what names stand for, calls and tasks.
extension Recorder {
  /// What a name, an operand or an element is; a trivial type, as every step of the program moves some.
  enum Operand {
    case node(UInt32)
    /// A number that is on no tape; a truth is 1 or 0, and as an entry of an array it makes a mask.
    case number(Double, NumberType = .unsaid)
    case none
    /// What is no number, an index in ``heap``.
    case object(Int32)
  }

  /// What a name stands for at present.
  enum Binding {
    case value(Operand)
    case function(Int)
    /// The derivative of a function, as node `index` of the syntax writes it.
    case derivative(Int32)
  }

  /// The program, or a call of one of its functions.
  struct Frame {
    /// An index in ``calls``, or -1.
    var call: Int32
    var function: Int
    var locals: [Int32: Operand] = [:]
    /// In a program that is dynamic, the names of the function and of what is around it.
    var scope: Scope?
    /// The tasks, operands and loops there were when it began.
    var taskCount = 0
    var operandCount = 0
    var loopCount = 0
    var detached = 0
    /// The nodes there were when it began.
    var nodeCount = 0
    /// Whether it is the block of a class.
    var isClass = false
    /// Of a method the class that it belongs to, and what it was called on.
    var owner: ClassObject?
    var receiver = Operand.none
    /// What a generator has given so far.
    var yielded: ListObject?
  }

  enum Task {
    case statement(SyntaxTree.Statement)
    /// Computes the node's expression and leaves it with the operands.
    case expression(Int32)
    /// Applies the node to the operands it left.
    case apply(Int32)
    case call(Int32)
    case choose(Int32)
    case shortCut(Int32)
    case bind(SyntaxTree.Statement, firstNode: Int)
    case beginNumeric
    case endNumeric
    case leave
    /// Leaves the value of the last operand without its derivative.
    case hold(Int32)
    /// Differentiates the last operands, as call `index` of the syntax wants.
    case differentiate(Int32, Differentiation)
    /// Takes the derivatives of the last operand by `arguments`.
    case derive(Int32, Differentiation, arguments: [Operand])
    /// What programs have that are more than formulas.
    case step(Step)
  }
}

extension Recorder.Operand {
  /// Whether something holds.
  static func truth(_ holds: Bool) -> Self { .number(holds ? 1 : 0, .truth) }

  var isNone: Bool { if case .none = self { true } else { false } }

  /// Whether it is a list or a tuple.
  func isList(in heap: [Object]) -> Bool {
    if case .object(let number) = self { heap[Int(number)] is ListObject } else { false }
  }
}
