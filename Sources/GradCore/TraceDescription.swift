/// A trace as another tool tells it: what it leaves out is worked out, and what is wrong is refused.
///
/// Whoever has the numbers of a computation, from whatever library, can have it drawn:
///
/// ```swift
/// let trace = try Trace(
///   TraceDescription(
///     nodes: [
///       .input("x", 3), .input("w", 2),
///       .operation("u", "multiply"),
///       .operation("J", "softsign", value: 6 / 7.0, expression: "u / (1 + |u|)"),
///     ],
///     edges: [
///       .init(from: "x", to: "u"), .init(from: "w", to: "u"),
///       .init(from: "u", to: "J", partial: 1 / 49.0),
///     ]))
/// ```
///
/// An operator of the table needs neither values nor partials; any other operator has a name, a formula to
/// print, a value, and the partials by its operands.
public struct TraceDescription: Sendable, Equatable {
  /// The nodes, each after those that it is computed from.
  public var nodes: [Node]
  /// The edges, in any order.
  public var edges: [Edge]
  /// The id of the node to differentiate; `nil` for the last node.
  public var output: String?
  /// What counts as a node of its figure; `nil` for what its nodes suggest.
  ///
  /// Where it is given, inputs that belong to a call are its parameters, which go with it when it is closed.
  public var detail: Detail?

  /// A description from its parts.
  public init(nodes: [Node], edges: [Edge], output: String? = nil) {
    (self.nodes, self.edges, self.output) = (nodes, edges, output)
  }

  /// A value that the computation passes through.
  public struct Node: Sendable, Equatable {
    /// Unique in the trace.
    public var id: String
    /// How a figure calls the node; `nil` if it has no name.
    public var name: String?
    /// What made the node; `nil` for an operation where an operation is named or edges lead into it, else
    /// an input.
    public var kind: Trace.Node.Kind?
    /// The name of the operator: one of the table, or any other.
    public var operation: String?
    /// The right-hand side, as it is to be printed; `nil` for the operator with its operands.
    public var expression: String?
    /// The forward value; `nil` for what an operator of the table computes.
    public var value: Double?
    /// ∂output/∂node; `nil` for what the partials make it.
    public var derivative: Double?
    /// The forward value of an array.
    public var array: NumberArray?
    /// The type of the numbers in the tool that tells them, `bfloat16`; `nil` for Float64.
    public var type: String?
    /// ∂output/∂node by an array; `nil` for what the maps make it.
    public var arrayDerivative: NumberArray?
    /// Where the node is written.
    public var place: Labels.Place?
    /// The calls of functions in which the node was computed, outermost first: `["f#1"]`.
    public var calls: [String] = []
    /// Whether the node is data: nobody asks for the derivative.
    public var isData = false

    /// A node that is known by its id alone.
    public init(_ id: String) { (self.id, name) = (id, id) }

    /// An input.
    public static func input(_ id: String, _ value: Double) -> Node {
      var node = Node(id)
      (node.kind, node.value) = (.input, value)
      return node
    }

    /// An input that is an array.
    public static func input(_ id: String, _ value: NumberArray) -> Node {
      var node = Node(id)
      (node.kind, node.array) = (.input, value)
      return node
    }

    /// A number of the program's own, without a name.
    public static func constant(_ id: String, _ value: Double) -> Node {
      var node = Node(id)
      (node.kind, node.value, node.name) = (.constant, value, nil)
      return node
    }

    /// An operation, by the name of its operator.
    ///
    /// - Parameters:
    ///   - id: What is unique about it, and its name.
    ///   - operation: An operator of the table, or another.
    ///   - value: The forward value; an operator of the table needs none.
    ///   - expression: What is printed; by default the operator with its operands.
    /// - Returns: The node.
    public static func operation(
      _ id: String, _ operation: String, value: Double? = nil, expression: String? = nil
    ) -> Node {
      var node = Node(id)
      (node.kind, node.operation) = (.operation, operation)
      (node.value, node.expression) = (value, expression)
      return node
    }
  }

  /// One use of a node as an operand.
  public struct Edge: Sendable, Equatable {
    /// The id of the operand.
    public var source: String
    /// The id of the node computed from it.
    public var target: String
    /// Which operand it is, from 0; `nil` for the next of the target's edges.
    public var operand: Int?
    /// ∂target/∂source; `nil` for what an operator of the table has, and for a constant's.
    public var partial: Double?
    /// The partial times the target's derivative; `nil` for what it is.
    public var contribution: Double?
    /// What the edge does, where one of its ends is an array.
    public var map: Map?
    /// The partial at each entry of the target of an elementwise map, or of the source of a sum.
    public var arrayPartial: NumberArray?
    /// What the edge adds to the derivative of an array; `nil` for what its map makes it.
    public var arrayContribution: NumberArray?

    /// An edge from its parts.
    public init(
      from source: String, to target: String, operand: Int? = nil, partial: Double? = nil,
      contribution: Double? = nil
    ) {
      (self.source, self.target, self.operand) = (source, target, operand)
      (self.partial, self.contribution) = (partial, contribution)
    }
  }
}

extension TraceDescription {
  /// All that a trace holds, but for the decisions of its program.
  public init(_ trace: Trace) {
    nodes = trace.nodes.indices.map { index in
      let node = trace.nodes[index]
      var description = Node(node.id)
      (description.name, description.kind) = (node.name, node.kind)
      if node.kind == .operation { description.operation = node.operation }
      (description.expression, description.value) = (node.expression, node.value)
      (description.derivative, description.place) = (node.derivative, node.place)
      if let array = node.array {
        (description.value, description.derivative) = (nil, nil)
        (description.array, description.arrayDerivative) = (array, node.arrayDerivative)
        description.type = array.type
      }
      description.calls = trace.callPath(of: index).map { trace.calls[$0].id }
      description.isData = node.isData && node.kind != .constant
      return description
    }
    edges = trace.edges.map { edge in
      var description = Edge(
        from: trace.nodes[edge.source].id, to: trace.nodes[edge.target].id, operand: edge.operand,
        partial: edge.partial, contribution: edge.contribution)
      if edge.part != nil { description.take(edge, of: trace) }
      return description
    }
    output = trace.nodes[trace.output].id
    detail = trace.wantedDetail
  }
}
