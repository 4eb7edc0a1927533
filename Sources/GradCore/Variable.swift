/// A handle of one node on a ``Tape``: what Swift code computes with.
///
/// Arithmetic on variables records it. A handle holds no reference and is not `Sendable`: it is
/// good for as long as its recording, and used later, or beside a handle of another tape, it is a
/// precondition failure.
@frozen public struct Variable {
  @usableFromInline let storage: UnsafeMutablePointer<TapeStorage>
  /// The node's number: its place in recording order.
  public let index: UInt32
  @usableFromInline let generation: UInt32

  @inlinable init(
    _ storage: UnsafeMutablePointer<TapeStorage>, _ index: UInt32, _ generation: UInt32
  ) {
    self.storage = storage
    self.index = index
    self.generation = generation
  }

  /// The forward value of a number; an array has an ``array``.
  ///
  /// - Precondition: The variable is a number.
  @inlinable public var value: Double {
    let tape = checked
    if tape.pointee.arrays != nil { precondition(!tape.isArray(self), "an array is no number") }
    return tape.pointee.values[Int(index)]
  }

  /// Gives the node a name, and returns it: `let u = (b * c).named("u")`.
  @discardableResult public func named(_ name: String) -> Variable {
    checked.pointee.labels.names[index] = name
    return self
  }

  /// The tape's header, once it is certain that the handle still belongs to it.
  @inlinable var checked: UnsafeMutablePointer<TapeStorage> {
    @inline(__always) get {
      precondition(
        storage.pointee.generation == generation, "a variable was used after its recording ended")
      return storage
    }
  }
}

@available(*, unavailable) extension Variable: Sendable {}

extension Variable {
  /// A literal number on the same tape.
  @inlinable public func constant(_ value: Double) -> Variable {
    checked.append(.constant, value)
  }

  /// Records a one-operand operator at this variable.
  @inlinable @inline(__always)
  public func applying<Row: UnaryOperator>(_ row: Row.Type) -> Variable {
    let tape = checked
    if tape.pointee.arrays != nil, tape.isArray(self) {
      return Variable.elementwise(Row.self, [self])
    }
    let x = tape.pointee.values[Int(index)]
    let z = Row.value(x)
    let dx = Row.partial(x, z)
    let edge = tape.reserve(edges: 1)
    tape.connect(edge, self, dx)
    return tape.appendReserved(Row.opcode, z, edgeEnd: edge &+ 1)
  }

  /// Records a two-operand operator at this variable and `other`.
  @inlinable @inline(__always)
  public func applying<Row: BinaryOperator>(_ row: Row.Type, _ other: Variable) -> Variable {
    let tape = together(other)
    if tape.pointee.arrays != nil, tape.isArray(self) || tape.isArray(other) {
      return Variable.elementwise(Row.self, [self, other])
    }
    let (x, y) = (tape.pointee.values[Int(index)], tape.pointee.values[Int(other.index)])
    let z = Row.value(x, y)
    let (dx, dy) = Row.partials(x, y, z)
    let edge = tape.reserve(edges: 2)
    tape.connect(edge, self, dx)
    tape.connect(edge &+ 1, other, dy)
    return tape.appendReserved(Row.opcode, z, edgeEnd: edge &+ 2)
  }

  /// Records a three-operand operator at this variable and two others.
  @inlinable
  public func applying<Row: TernaryOperator>(
    _ row: Row.Type, _ second: Variable, _ third: Variable
  ) -> Variable {
    let tape = together(second)
    _ = together(third)
    if tape.pointee.arrays != nil, tape.isArray(self) || tape.isArray(second) || tape.isArray(third)
    {
      return Variable.elementwise(Row.self, [self, second, third])
    }
    let values = tape.pointee.values
    let (x, y, w) = (values[Int(index)], values[Int(second.index)], values[Int(third.index)])
    let z = Row.value(x, y, w)
    let (dx, dy, dw) = Row.partials(x, y, w, z)
    let edge = tape.reserve(edges: 3)
    tape.connect(edge, self, dx)
    tape.connect(edge &+ 1, second, dy)
    tape.connect(edge &+ 2, third, dw)
    return tape.appendReserved(Row.opcode, z, edgeEnd: edge &+ 3)
  }

  /// Records an operator of any number of operands, at least one.
  @inlinable
  public static func applying<Row: VariadicOperator>(
    _ row: Row.Type, to operands: [Variable]
  ) -> Variable {
    precondition(!operands.isEmpty, "an operator needs an operand")
    let tape = operands[0].checked
    if tape.pointee.arrays != nil, operands.contains(where: { tape.isArray($0) }) {
      return Variable.elementwise(Row.self, folding: operands)
    }
    let values = operands.map { operand in
      operands[0].together(operand).pointee.values[Int(operand.index)]
    }
    let z = Row.value(values)
    var edge = tape.reserve(edges: operands.count)
    for (operand, partial) in zip(operands, Row.partials(values, z)) {
      tape.connect(edge, operand, partial)
      edge += 1
    }
    return tape.appendReserved(Row.opcode, z, edgeEnd: edge)
  }

  /// The header that this variable and `other` share.
  @inlinable @inline(__always)
  func together(_ other: Variable) -> UnsafeMutablePointer<TapeStorage> {
    precondition(
      storage == other.storage && generation == other.generation,
      "variables of two recordings were combined")
    return checked
  }
}

extension UnsafeMutablePointer<TapeStorage> {
  /// Whether a variable is an array; for tapes that have some.
  @inlinable func isArray(_ variable: Variable) -> Bool {
    pointee.arrays?.isArray(variable.index) ?? false
  }

  // Counts stay below capacities, so that sums of them need no check for overflow.

  /// Makes sure that a node with `edges` edges fits, and returns the number of its first edge.
  @inlinable @inline(__always) func reserve(edges: Int) -> Int {
    let edge = pointee.edgeCount
    if pointee.nodeCount == pointee.nodeCapacity || edge &+ edges > pointee.edgeCapacity {
      pointee.grow(edges: edges)
    }
    return edge
  }

  /// Writes an edge, for which there is room, of the node that will be appended next.
  @inlinable @inline(__always) func connect(_ edge: Int, _ source: Variable, _ partial: Double) {
    pointee.sources[edge] = source.index
    pointee.partials[edge] = partial
  }

  /// Adds a node for which there is room, and whose edges end before `edgeEnd`.
  @inlinable @inline(__always)
  func appendReserved(_ opcode: Opcode, _ value: Double, edgeEnd: Int) -> Variable {
    let node = pointee.nodeCount
    pointee.opcodes[node] = opcode
    pointee.values[node] = value
    pointee.edgeEnds[node] = UInt32(truncatingIfNeeded: edgeEnd)
    pointee.edgeCount = edgeEnd
    pointee.nodeCount = node &+ 1
    return Variable(self, UInt32(truncatingIfNeeded: node), pointee.generation)
  }

  /// Adds a node without edges.
  @inlinable @inline(__always) func append(_ opcode: Opcode, _ value: Double) -> Variable {
    appendReserved(opcode, value, edgeEnd: reserve(edges: 0))
  }
}
