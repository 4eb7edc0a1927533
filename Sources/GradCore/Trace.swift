/// A computation with its numbers: the value and the derivative of every node, the partial and the
/// contribution of every edge.
///
/// Nodes come in program order, so every edge runs from an earlier node to a later one.
public struct Trace: Sendable, Equatable {
  /// The nodes, in program order.
  public var nodes: [Node]
  /// The edges, by target and operand.
  public var edges: [Edge]
  /// The calls of functions that the program defines.
  public var calls: [Call]
  /// The node that was differentiated, an index in ``nodes``.
  public var output: Int
  /// The conditions that chose what was recorded, of a trace of operations.
  public var decisions: [Decision] = []
  /// The nodes whose numbers the program read as plain ones, for a mask or an index.
  ///
  /// What was recorded after holds for these numbers alone. Known of programs with arrays.
  package var reads: Set<Int> = []
  /// What counts as a node where nobody says it, of a trace that a recording has told; `nil` for what its
  /// nodes suggest.
  ///
  /// Where it is given, inputs that belong to a call are its parameters: they go with it when it is closed.
  public var wantedDetail: Detail?
  /// How many nodes there were when the program named its output; `nil` if it did not.
  ///
  /// What follows `J.backward()` is part of the trace, but no figure shows it.
  public var end: Int?
  /// Of the loop whose first pass alone was recorded, how many passes it has, 0 where that is not known;
  /// `nil` where all that runs was recorded.
  ///
  /// A loop that trains changes its parameters by derivatives, so that only its first pass has the numbers
  /// that the program writes.
  public var passes: Int?
  /// Which of the nodes are derivatives, of a trace that ``differentiated(by:order:)-([String],_)`` made.
  public var backward: Backward?

  /// A value that the computation passes through.
  public struct Node: Sendable, Equatable {
    /// Unique in the trace: `u`, `c@2`, `f#1.y`, `t1`, `k1`.
    public var id: String
    /// The name that the program gave; `nil` if none.
    public var name: String?
    /// The operator that made the node, or `Opcode.input` or `Opcode.constant`.
    public var opcode: Opcode
    /// The right-hand side, as a program would write it: `b * c`.
    public var expression: String
    /// The condition that chose between the operands, as a program would write it; `nil` for an
    /// operator without one.
    public var condition: String? {
      get { if case .condition(let text) = words { text } else { nil } }
      set { words = newValue.map(Words.condition) ?? .none }
    }
    /// What only some nodes have.
    private var words: Words
    private enum Words: Sendable, Equatable {
      case none
      case condition(String)
      /// The name of an operator that is not in the table.
      case operation(String)
    }
    /// The forward value; NaN for an array, which has an ``array``.
    public var value: Double
    /// ∂output/∂node; 0 for an array, which has an ``arrayDerivative``.
    public var derivative: Double
    /// What it has besides that is an array, or was made of arrays.
    var part: ArrayPart?
    /// Where the node is written; `nil` for one recorded from Swift.
    public var place: Labels.Place?
    /// The innermost call the node was recorded in, an index in ``Trace/calls``.
    public var call: Int? {
      get { callIndex < 0 ? nil : Int(callIndex) }
      set { callIndex = Int32(newValue ?? -1) }
    }
    /// The call whose scope the name belongs to, an index in ``Trace/calls``; `nil` for the program:
    /// in `J = f(x)` the node may be made in `f`, but `J` is a name of the program.
    public var scope: Int? {
      get { scopeIndex < 0 ? nil : Int(scopeIndex) }
      set { scopeIndex = Int32(newValue ?? -1) }
    }
    // A program may have a million nodes, so that every byte of one counts.
    private var callIndex: Int32
    private var scopeIndex: Int32
    /// Whether no edge leads on towards the output; the derivative is then 0.
    public var isUnused = false
    /// Whether nobody asks for the derivative, which is right all the same.
    ///
    /// The node is data, or computed from data and constants alone: ``Trace/marking(parameters:)``.
    public var isData = false

    init(
      id: String, name: String?, opcode: Opcode, expression: String, condition: String?,
      value: Double, derivative: Double, place: Labels.Place?, call: Int?, scope: Int?
    ) {
      (self.id, self.name, self.opcode) = (id, name, opcode)
      (self.expression, self.place) = (expression, place)
      words = condition.map(Words.condition) ?? .none
      (self.value, self.derivative) = (value, derivative)
      (callIndex, scopeIndex) = (Int32(call ?? -1), Int32(scope ?? -1))
    }

    /// The name of the operator that made the node: `"multiply"`, `"input"`.
    @inline(__always) public var operation: String {
      if case .operation(let name) = words { return name }
      if let operation = part?.operation { return operation.name }
      return OperatorRow.operations[Int(opcode.rawValue)]
    }

    /// Makes the node one of an operator that is not in the table.
    mutating func setForeign(_ operation: String) {
      opcode = .foreign
      words = .operation(operation)
    }
  }

  /// One use of a node as an operand.
  public struct Edge: Sendable, Equatable {
    /// The operand, an index in ``Trace/nodes``.
    public var source: Int
    /// The node computed from it, an index in ``Trace/nodes``.
    public var target: Int
    /// Which operand of the target it is, from 0.
    public var operand: Int
    /// ∂target/∂source, the other operands held fixed; NaN where one of them is an array.
    public var partial: Double
    /// The partial times the target's derivative: what the edge adds to the source's derivative; NaN where
    /// the source is an array.
    public var contribution: Double
    /// What it has besides that comes from an array or goes to one.
    var part: ArrayEdgePart?
  }

  /// One call of a function that the program defines.
  public struct Call: Sendable, Equatable {
    /// `f#1`.
    public var id: String
    /// The function's name.
    public var function: String
    /// The call it happened in, an index in ``Trace/calls``.
    public var parent: Int?
    /// The nodes passed as arguments, indices in ``Trace/nodes``.
    public var arguments: [Int]
    /// The node returned, an index in ``Trace/nodes``; the last one where there are several.
    public var result: Int
    /// The nodes returned besides, as a module of PyTorch returns several; in order.
    public var others: [Int] = []
    /// How the program takes each node out of what is returned, `[0]`, where it is known that this is several
    /// values.
    public var parts: [Int: String] = [:]

    /// Whether a node is one of those returned.
    func returns(_ node: Int) -> Bool { result == node || others.contains(node) }
  }
}

extension Trace.Node {
  /// What made a node, in one word.
  public enum Kind: String, Sendable {
    case input, constant, operation

    init(_ opcode: Opcode) {
      self =
        switch opcode {
        case .input: .input
        case .constant: .constant
        default: .operation
        }
    }
  }

  /// What made the node.
  public var kind: Kind { Kind(opcode) }

  /// The row of the operator that made the node; `nil` for inputs and constants, and for operators that
  /// are not in the table.
  public var row: OperatorRow? { opcode.type?.row }
}

extension Trace {
  /// The edges into node `index`, in the order of its operands.
  public func edges(into index: Int) -> ArraySlice<Edge> {
    var (begin, high) = (0, edges.count)
    while begin < high {
      let middle = (begin + high) / 2
      if edges[middle].target >= index { high = middle } else { begin = middle + 1 }
    }
    var end = begin
    while end < edges.count, edges[end].target == index { end += 1 }
    return edges[begin..<end]
  }

  /// The last node of the name or the id `name`; `nil` if there is none.
  public func index(of name: String) -> Int? {
    let exact =
      nodes.lastIndex { $0.id == name } ?? nodes.lastIndex { $0.name == name && $0.call == nil }
    let form = NameForm.of(name)
    return exact ?? nodes.lastIndex { NameForm.of($0.id) == form }
      ?? nodes.lastIndex { $0.call == nil && $0.name.map { NameForm.of($0) == form } == true }
  }

  /// The last node of the name or the id `name`; `nil` if there is none.
  public subscript(name: String) -> Node? { index(of: name).map { nodes[$0] } }
}
