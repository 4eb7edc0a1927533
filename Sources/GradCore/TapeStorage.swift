import GradBase
import Synchronization

/// The arrays of a tape: one entry a node or an edge, in recording order.
///
/// A structure of arrays in buffers that are kept when the tape is reset. Handles point at this
/// header, not at the ``Tape`` object, so that recording neither counts references nor checks
/// exclusive access. Headers are therefore never given back to the system, only reused under a new
/// generation; a handle of an earlier generation is recognised and refused.
@frozen @usableFromInline struct TapeStorage {
  @usableFromInline var nodeCount = 0
  @usableFromInline var edgeCount = 0
  @usableFromInline var nodeCapacity = 0
  @usableFromInline var edgeCapacity = 0
  /// The operator of each node.
  @usableFromInline var opcodes: UnsafeMutablePointer<Opcode>
  /// The value of each node.
  @usableFromInline var values: UnsafeMutablePointer<Double>
  /// One past the last edge into each node; its first is where the node before it ended.
  @usableFromInline var edgeEnds: UnsafeMutablePointer<UInt32>
  /// The node that each edge comes from.
  @usableFromInline var sources: UnsafeMutablePointer<UInt32>
  /// ∂target/∂source on each edge.
  @usableFromInline var partials: UnsafeMutablePointer<Double>
  /// Which recording the header serves.
  @usableFromInline var generation: UInt32 = 0
  /// What arrays need besides; `nil` until the first.
  @usableFromInline var arrays: ArrayStorage?
  /// What is known of the nodes besides numbers.
  @usableFromInline var labels: Labels

  init(capacity: Int) {
    labels = Labels()
    nodeCapacity = max(16, capacity)
    edgeCapacity = 2 * nodeCapacity
    opcodes = resized(nil, to: nodeCapacity)
    values = resized(nil, to: nodeCapacity)
    edgeEnds = resized(nil, to: nodeCapacity)
    sources = resized(nil, to: edgeCapacity)
    partials = resized(nil, to: edgeCapacity)
  }

  /// Makes room for one more node with `edges` edges.
  @usableFromInline @inline(never) mutating func grow(edges: Int) {
    precondition(nodeCount < Int(UInt32.max) - 1, "a tape holds at most 4,294,967,294 nodes")
    if nodeCount == nodeCapacity {
      nodeCapacity *= 2
      opcodes = resized(opcodes, to: nodeCapacity)
      values = resized(values, to: nodeCapacity)
      edgeEnds = resized(edgeEnds, to: nodeCapacity)
    }
    if edgeCount + edges > edgeCapacity {
      edgeCapacity = max(2 * edgeCapacity, edgeCount + edges)
      precondition(edgeCapacity <= Int(UInt32.max), "a tape holds at most 4,294,967,295 edges")
      sources = resized(sources, to: edgeCapacity)
      partials = resized(partials, to: edgeCapacity)
    }
  }

  /// Gives the buffers back; the header stays.
  func free() {
    for buffer in [
      UnsafeMutableRawPointer(opcodes), .init(values), .init(edgeEnds), .init(sources),
      .init(partials),
    ] { buffer.deallocate() }
  }
}

/// `realloc`, because it moves large buffers without touching their pages.
private func resized<T>(
  _ buffer: UnsafeMutablePointer<T>?, to count: Int
) -> UnsafeMutablePointer<T> {
  guard let bytes = realloc(buffer, count * MemoryLayout<T>.stride) else {
    preconditionFailure("no memory for a tape of \(count) entries")
  }
  return bytes.assumingMemoryBound(to: T.self)
}

/// The headers that no tape uses at present, as addresses.
enum TapeStoragePool {
  private static let free = Mutex<[UInt]>([])

  static func take(capacity: Int) -> UnsafeMutablePointer<TapeStorage> {
    if let address = free.withLock({ $0.popLast() }),
      let header = UnsafeMutablePointer<TapeStorage>(bitPattern: address)
    {
      let generation = header.pointee.generation
      header.initialize(to: TapeStorage(capacity: capacity))
      header.pointee.generation = generation
      return header
    }
    let header = UnsafeMutablePointer<TapeStorage>.allocate(capacity: 1)
    header.initialize(to: TapeStorage(capacity: capacity))
    return header
  }

  static func giveBack(_ header: UnsafeMutablePointer<TapeStorage>) {
    header.pointee.generation &+= 1
    header.pointee.labels = Labels()
    header.pointee.arrays = nil
    header.pointee.free()
    free.withLock { $0.append(UInt(bitPattern: header)) }
  }
}
