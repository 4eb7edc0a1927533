import GradBase

/// What a tape keeps besides, from its first array on.
///
/// The slot of an array among a tape's values says nothing; its entries stand in one heap, where a view
/// shares those of what it is a view of. A tape of numbers alone has none of this.
@usableFromInline final class ArrayStorage {
  /// The heap.
  private(set) var entries: Entries
  private var count = 0
  private var capacity = 1024
  /// Where the entries of each node stand; `nil` for numbers, as all nodes past the end are.
  var views: [View?] = []
  /// By node, up to the last array, whether it depends on an input.
  ///
  /// Nobody asks for the derivatives of other arrays, which may be large.
  var isActive: [Bool] = []
  /// What made a node that no row of the operator table made.
  var operations: [UInt32: ArrayOperation] = [:]
  /// By edge, the number of its map in ``maps`` and one more; 0 is a number by a number, as all edges
  /// past the end are.
  var mapOf: [UInt32] = []
  var maps: [LinearMap] = []

  init() { entries = Self.resized(nil, capacity) }

  deinit { entries.deallocate() }

  private static func resized(_ buffer: Entries?, _ count: Int) -> Entries {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 8)
    guard !overflow, let memory = realloc(buffer, bytes) else {
      preconditionFailure("no memory for arrays of \(count) entries")
    }
    return memory.assumingMemoryBound(to: Double.self)
  }

  /// Room for `n` more entries, which are not set; the place of the first.
  func room(_ n: Int) -> Int {
    if count + n > capacity {
      // Doubling up to a mebibyte; beyond that it would move and waste large arrays.
      capacity = max(count + n, min(2 * capacity, capacity + 131_072))
      entries = Self.resized(entries, capacity)
    }
    count += n
    return count - n
  }

  /// Whether node `node` is an array.
  @usableFromInline func isArray(_ node: UInt32) -> Bool {
    Int(node) < views.count && views[Int(node)] != nil
  }

  func view(_ node: Int) -> View? { node < views.count ? views[node] : nil }

  /// The map of edge `edge`; `nil` for a number by a number.
  func map(_ edge: Int) -> LinearMap? {
    edge < mapOf.count && mapOf[edge] > 0 ? maps[Int(mapOf[edge]) - 1] : nil
  }
}

extension UnsafeMutablePointer<TapeStorage> {
  /// Appends a node that is an array, or that has an edge from one.
  ///
  /// - Parameters:
  ///   - opcode: The operator, or `Opcode.arrays` beside an operation.
  ///   - operation: What made it, where no row of the table did.
  ///   - shape: Its shape.
  ///   - operands: What it is computed from.
  ///   - maps: The map of each operand.
  ///   - view: Where its entries stand, for a view; else there is room for them, not yet set.
  /// - Returns: The node.
  func append(
    _ opcode: Opcode, _ operation: ArrayOperation?, _ shape: [Int], _ operands: [Variable],
    _ maps: [LinearMap], view: View? = nil
  ) -> Variable {
    let arrays: ArrayStorage
    if let known = pointee.arrays {
      arrays = known
    } else {
      arrays = ArrayStorage()
      pointee.arrays = arrays
    }
    let edge = reserve(edges: operands.count)
    if edge > arrays.mapOf.count {
      arrays.mapOf += repeatElement(0, count: edge - arrays.mapOf.count)
    }
    for (k, operand) in operands.enumerated() {
      connect(edge + k, operand, .nan)
      arrays.maps.append(maps[k])
      arrays.mapOf.append(UInt32(arrays.maps.count))
    }
    let node = pointee.nodeCount
    while arrays.isActive.count < node {
      // A number between arrays.
      arrays.isActive.append(pointee.opcodes[arrays.isActive.count] != .constant)
    }
    arrays.isActive.append(opcode == .input || operands.contains { isActive(Int($0.index)) })
    if node > arrays.views.count {
      arrays.views += repeatElement(nil, count: node - arrays.views.count)
    }
    if let operation { arrays.operations[UInt32(node)] = operation }
    if shape.isEmpty {
      arrays.views.append(nil)
    } else if let view {
      arrays.views.append(view)
    } else {
      var view = View(shape)
      view.offset = arrays.room(view.count)
      arrays.views.append(view)
    }
    return appendReserved(opcode, shape.isEmpty ? 0 : .nan, edgeEnd: edge + operands.count)
  }

  /// Whether the derivative by a node is worked out: it is a number, or an array that depends on an input.
  func hasDerivative(_ node: Int) -> Bool {
    pointee.arrays?.view(node) == nil || isActive(node)
  }

  /// Whether a node depends on an input.
  func isActive(_ node: Int) -> Bool {
    if pointee.opcodes[node] == .constant { return false }
    guard let arrays = pointee.arrays, node < arrays.isActive.count else { return true }
    return arrays.isActive[node]
  }

  /// The shape of a node and its entries in memory, which move when the next array is recorded.
  func array(_ node: Int) -> (shape: [Int], entries: Strided) {
    if let arrays = pointee.arrays, let view = arrays.view(node) {
      return (view.shape, Strided(arrays.entries, view))
    }
    return ([], Strided(pointee.values + node, View([])))
  }
}

extension Tape {
  /// The number of node `index`, or the one entry of an array of one; NaN for other arrays.
  package func number(_ index: Int) -> Double {
    let (shape, entries) = storage.array(index)
    return shape.allSatisfy { $0 == 1 } ? entries.base[0] : .nan
  }

  /// Whether every entry of node `index` is finite.
  package func isFinite(_ index: Int) -> Bool {
    guard storage.pointee.arrays?.view(index) != nil else {
      return storage.pointee.values[index].isFinite
    }
    return node(index).array.entries.allSatisfy(\.isFinite)
  }

  /// Whether node `index` shares the entries of its operand.
  package func isView(_ index: Int) -> Bool {
    guard let arrays = storage.pointee.arrays, let view = arrays.view(index),
      let edge = edges(into: index).first, edges(into: index).count == 1,
      let source = arrays.view(self.edge(edge).source)
    else { return false }
    return view.offset >= source.offset && view.offset < source.offset + source.count
  }

  /// Between which places in memory the entries of node `index` stand; `nil` for a number.
  package func memory(of index: Int) -> Range<Int>? {
    guard let view = storage.pointee.arrays?.view(index) else { return nil }
    var (first, last) = (view.offset, view.offset)
    for (count, stride) in zip(view.shape, view.strides) {
      if stride < 0 { first += (count - 1) * stride } else { last += (count - 1) * stride }
    }
    return first..<last + 1
  }

  /// Gives an input the entries of an array of its shape; what was computed from it stays.
  package func give(_ array: NumberArray, to node: Int) {
    precondition(array.shape == self.node(node).shape, "an input is given an array of its shape")
    guard let arrays = storage.pointee.arrays, let view = arrays.view(node) else {
      return give(array.entries[0], to: node)
    }
    for (place, entry) in array.entries.enumerated() { arrays.entries[view.offset + place] = entry }
  }

  /// Makes the derivative by an array be worked out, although it depends on no input: the program names it.
  package func activate(_ index: Int) {
    guard let arrays = storage.pointee.arrays, index < arrays.isActive.count else { return }
    arrays.isActive[index] = true
  }
}

extension Variable {
  /// How many entries each axis has; `[]` for a number.
  public var shape: [Int] { checked.pointee.arrays?.view(Int(index))?.shape ?? [] }

  /// Whether it is an array rather than a number.
  public var isArray: Bool { checked.pointee.arrays?.isArray(index) ?? false }

  /// The forward value, number or array.
  public var array: NumberArray {
    let (shape, entries) = checked.array(Int(index))
    let view = View(shape)
    return NumberArray(
      shape,
      [Double](unsafeUninitializedCapacity: view.count) { buffer, count in
        count = view.count
        guard let base = buffer.baseAddress else { return }
        copy(shape, from: entries, to: Strided(base, view))
      })
  }

  /// Records an operator of the table at arrays, which are broadcast to one shape.
  @usableFromInline @inline(never)
  static func elementwise(_ row: any Operator.Type, _ operands: [Variable]) -> Variable {
    let tape = operands[0].checked
    for operand in operands { _ = operands[0].together(operand) }
    let shape: [Int]
    do throws(ShapeFault) { shape = try broadcastShape(operands.map(\.shape)) } catch {
      preconditionFailure(error.message)
    }
    let result = tape.append(
      row.opcode, nil, shape, operands, operands.map { _ in .elementwise })
    let (_, z) = tape.array(Int(result.index))
    let entries = operands.map { operand in
      let (own, entries) = tape.array(Int(operand.index))
      var view = View(own)
      view.strides = entries.strides
      return Strided(entries.base, view.broadcast(to: shape))
    }
    fill(row, z.base, entries, shape)
    return result
  }

  /// Records an operator of any number of operands, which is that of two again and again: a walk has
  /// room for a few arrays alone.
  @usableFromInline
  static func elementwise(_ row: any Operator.Type, folding operands: [Variable]) -> Variable {
    var result = operands[0]
    if operands.count <= 4 { return elementwise(row, operands) }
    for operand in operands.dropFirst() { result = elementwise(row, [result, operand]) }
    return result
  }
}
