/// A recorded computation: the value of every node and the partial of every edge.
///
/// Nodes are numbered in the order they were recorded, so every edge runs from a lower number to a
/// higher one, and one walk from the last node to the first meets every use of a value before the
/// value itself. That is all that reverse-mode differentiation needs.
///
/// A tape can record again and again; it keeps its buffers.
public final class Tape {
  let storage: UnsafeMutablePointer<TapeStorage>
  /// For each node whether something is computed from it, as far as edges have been looked at.
  private var uses = (nodes: [Bool](), edges: 0)

  /// An empty tape with room for `capacity` nodes; it grows as needed.
  public init(capacity: Int = 0) {
    storage = TapeStoragePool.take(capacity: capacity)
  }

  deinit { TapeStoragePool.giveBack(storage) }

  /// The number of nodes.
  public var nodeCount: Int { storage.pointee.nodeCount }

  /// The number of edges.
  public var edgeCount: Int { storage.pointee.edgeCount }

  /// Names, places and calls of the nodes.
  package var labels: Labels {
    _read { yield storage.pointee.labels }
    _modify { yield &storage.pointee.labels }
  }

  /// Notes that the program goes on with the numbers of a node as plain ones.
  package func noteRead(_ node: UInt32) {
    if storage.pointee.arrays != nil, storage.pointee.opcodes[Int(node)] != .constant {
      labels.reads.insert(node)
    }
  }

  /// Forgets the recording and every handle of it, and keeps the buffers.
  public func reset() {
    storage.pointee.nodeCount = 0
    storage.pointee.edgeCount = 0
    storage.pointee.generation &+= 1
    storage.pointee.labels = Labels()
    storage.pointee.arrays = nil
    uses = ([], 0)
  }

  /// Records an input.
  public func input(_ value: Double, _ name: String? = nil) -> Variable {
    let variable = storage.append(.input, value)
    if let name { variable.named(name) }
    return variable
  }

  /// Gives an input that is a number another value; what was computed from it stays.
  package func give(_ value: Double, to node: Int) {
    precondition(opcode(node) == .input, "an input is given a value")
    storage.pointee.values[node] = value
  }

  /// Whether anything is computed from a node.
  ///
  /// Each edge is looked at once, however often this is asked.
  package func isUsed(_ node: Int) -> Bool {
    uses.nodes += repeatElement(false, count: nodeCount - uses.nodes.count)
    for edge in uses.edges..<edgeCount { uses.nodes[Int(storage.pointee.sources[edge])] = true }
    uses.edges = edgeCount
    return uses.nodes[node]
  }

  /// Records a literal number.
  public func constant(_ value: Double) -> Variable { storage.append(.constant, value) }

  /// The node of number `index`, in recording order from 0.
  public func node(_ index: Int) -> Variable {
    precondition(index >= 0 && index < nodeCount, "the tape has no node \(index)")
    return Variable(storage, UInt32(index), storage.pointee.generation)
  }

  /// The operator of node `index`.
  public func opcode(_ index: Int) -> Opcode {
    precondition(index >= 0 && index < nodeCount, "the tape has no node \(index)")
    return storage.pointee.opcodes[index]
  }

  /// The numbers of the edges into node `index`, in the order of its operands.
  public func edges(into index: Int) -> Range<Int> {
    precondition(index >= 0 && index < nodeCount, "the tape has no node \(index)")
    let ends = storage.pointee.edgeEnds
    return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  /// The node that edge `edge` comes from, and the partial on it.
  public func edge(_ edge: Int) -> (source: Int, partial: Double) {
    precondition(edge >= 0 && edge < edgeCount, "the tape has no edge \(edge)")
    return (Int(storage.pointee.sources[edge]), storage.pointee.partials[edge])
  }
}
